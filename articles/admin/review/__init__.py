"""Reviewing in the admin: history, remarks, who acts next, deleted articles, the mails that one gets."""
