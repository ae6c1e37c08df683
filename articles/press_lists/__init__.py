"""Press lists: to which journalists an article is sent, with their consent, and what became of each mail.

`journalists` and `lists` say who there is, `csv_files` reads and writes them; `planning` says who would get what,
`confirming` writes it down, `sending` sends it as a job of the worker, `figures` counts. Nothing here is public but the
page of the link that ends the mails (`views`).
"""
