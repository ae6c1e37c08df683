"""Panels of an article's form: its checks, links to own articles, and the date of the next review."""
