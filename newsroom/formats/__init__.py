"""Dates and numbers of each language, where Django's own formats are not those of our readers."""
