"""The desk: the panels of the admin's first page, the calendar, changes of many articles, and mails about late ones."""
