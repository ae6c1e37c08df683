"""Search: one analyser, two databases.

`words` cuts and folds text, `vector` says what is kept of an article, `question` reads what a reader
typed, `windows` and `finding` ask newest news first, `entries` keeps the index, `rebuild` repairs it,
`marks` shows where the words are. `postgres` and `sqlite` are all that differs between databases.

Large archives have a `concordance`, too, which `compiling` writes now and then: with it a page counts every hit of
any word, where the database's index can only find the newest ones.
"""
