"""Translations beside their sources: what has changed since, what is missing, what does not agree."""
