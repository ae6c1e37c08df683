"""Translations beside their sources: what has changed since, what is missing, where figures and dates differ."""
