"""Reads the head of a release: its label, headline, dateline, date and place."""
