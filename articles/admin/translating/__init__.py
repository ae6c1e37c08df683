"""Translations in the admin: the panel about the source, the board of all languages, the glossary."""
