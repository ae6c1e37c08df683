"""E-mail alerts for readers: any list can be subscribed to, at once, daily or weekly, without an account or a cookie.

`signing_up` and `views` are the readers' side; `noticing` writes down what became public or changed, `addressing` for
whom, `sending` sends it: the last three are jobs of the worker. `letters` writes the mails.
"""
