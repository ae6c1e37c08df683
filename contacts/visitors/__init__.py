"""Visitors without an account: the IP address of a client, how often it may use a form, and public forms."""
