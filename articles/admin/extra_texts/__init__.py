"""Texts beside an article: its quotes, and the boilerplates."""
