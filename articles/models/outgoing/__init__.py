"""The models of webhooks and of queued mails to people outside."""
