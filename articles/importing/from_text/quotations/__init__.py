"""Quotations and their speakers in six languages. `quotes.Quotations` reads a text line by line."""
