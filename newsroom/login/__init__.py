"""Logging in: how many wrong passwords are allowed, and what was typed when a session ended."""
