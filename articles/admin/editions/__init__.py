"""Editions in the admin: how one is begun, and how an article is withdrawn, removed or put back."""
