"""The page cache: whole public pages in the memory of each process, until the site version changes.

`middleware` is the flow; `keys` says which page a request is for; `stored_page` which answers may be stored and how
they are given again; `store` drops pages when there are too many bytes; `wsgi` answers before Django is asked.
"""
