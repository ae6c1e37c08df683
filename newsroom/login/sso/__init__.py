"""Single sign-on by OpenID Connect: the organisation's identity provider (`provider`), and whose account it opens."""
