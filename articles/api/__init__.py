"""The public API, `/api/v1/`: what the public pages show, as JSON, for the systems of others. It is read-only.

`base` is what all answers share, `paging` the pages of lists, `problems` the errors; `load` reads articles in a
constant number of queries, `serializers` and `directory` say which fields there are; `schema` and `docs` document it.
"""
