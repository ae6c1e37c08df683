"""Personal links to texts that are not public: who may open which text until when, and what they opened.

`review_links` are for people outside without an account, `passes` for journalists under embargo. The pages that they
open are in `articles.pages.private`.
"""
