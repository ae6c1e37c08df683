"""Search in the database that you have: one analyser for texts and questions, two databases.

`analysis` cuts and folds text, with the rules of each language in `languages`; `document` makes of an article what the
index keeps, `indexing` writes it and `repair` compares it with the articles. `query` reads what a reader typed, `names`
knows countries, offices and persons; `find` answers it, `collecting` the newest months first and for all filters of a
page at once; `suggestions` helps who found nothing; `highlighting` marks the words in texts. `postgres` and `sqlite`
are all that differs between the databases.
"""
