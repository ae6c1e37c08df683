"""The log-in: passwords and their limits, second factors, invitations, sessions, single sign-on."""
