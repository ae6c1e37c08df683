"""How often public pages are opened and files downloaded: counted by day, without cookies and without readers.

`counting` notices requests in memory, `storing` adds them up in the database, `figures` reads them for the admin.
"""
