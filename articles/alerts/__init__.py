"""E-mail alerts for readers: any list can be subscribed to, at once, daily or weekly, without an account or a cookie.

`subscriptions` and `views` are the readers' side. Jobs of the worker do the rest: `announcements` writes down what
became public or changed, `deliveries` for whom, `sending` sends it; `contents` decides what a mail says, `mails`
writes it.
"""
