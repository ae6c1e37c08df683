"""Moving in from another system, for `manage.py convert`: exports of WordPress, feeds, Wagtail's API, HTML pages.

Nothing here touches the database. The fixture is imported, planned and undone like any other; what has no place in
it is listed (`losses`). A reader for each kind of source (`readers/`) yields `stories.Story`s; `records` turns them
into records of the fixture, and `run` writes them.
"""
