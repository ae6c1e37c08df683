"""The admin of e-mail alerts and webhooks."""
