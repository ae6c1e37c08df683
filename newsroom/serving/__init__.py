"""The production server: health checks, logs, error reports, sitemaps and robots.txt."""
