"""Journalists: whom the press office writes to, what they ask and what they publish."""
