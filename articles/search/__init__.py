"""Search: one analyser, two databases.

`words` cuts and folds text, `vector` says what is kept of an article, `question` reads what a reader typed. `finding`
answers a search: it asks for the newest news first (`windows`), for all filters of a page at once (`collecting`).
`entries` keeps the index, `rebuild` repairs it, `marks` shows where the words are. `postgres` and `sqlite` are all that
differs between databases.

A search reads and counts no more than 1,000 hits (`finding.CAP`); above that a page says "more than 1,000".
"""
