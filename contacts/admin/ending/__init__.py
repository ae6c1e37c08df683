"""Contacts, offices, topics and places that end or are deleted: what uses them, and what could replace them."""
