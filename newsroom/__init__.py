"""The project: settings, URLs, log-in, page cache, server, and everything else that joins the two apps to a site."""
