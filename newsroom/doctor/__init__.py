"""What is wrong with this site and what to do about it, for operators: `manage.py doctor`, and alarms by mail.

Each check is a function without arguments that yields `Finding`s; `run.CHECKS` has them all. Its texts are English, as
those of all commands and of the log.
"""
