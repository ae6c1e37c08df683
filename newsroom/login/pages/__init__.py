"""The pages of the log-in and of the own account. Each view takes the request and the admin site."""
