"""The page cache: whole public pages in the memory of the process, answered before Django wakes up.

`middleware` is the flow, `keys` says which page a request asks for, `pages` what may be kept and how
it is answered, `shelf` keeps the pages within their bytes.
"""

from .middleware import PageCache

__all__ = ["PageCache"]
