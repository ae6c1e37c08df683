"""Contacts, offices, topics and places that end or are deleted: what uses them, and who could take their place."""
