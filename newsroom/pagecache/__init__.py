"""The page cache: whole public pages in the memory of each process.

`middleware` is the flow; `keys` says which page a request asks for, `pages` what may be kept and how it is
answered, `shelf` keeps pages within their bytes. `door` gives again, before Django, what was given once.
"""
