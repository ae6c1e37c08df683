"""The public site as files for any web server: `addresses` says what belongs to it, `links` what it leads to.

`crawl` asks for each public address as a reader would; `folder` writes what differs, or compares.
"""
