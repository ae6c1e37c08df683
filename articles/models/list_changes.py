"""The journal of changes that the lists in each process's memory must follow."""

from django.db import models

from .search import NotDumpedManager


class ListChange(models.Model):
    """A note that lists changed: one article did or, if empty, so many that the lists must be read again.

    PostgreSQL has one more column, `xid`, the transaction that wrote it: see `articles.list_changes`.
    """

    article = models.BigIntegerField(null=True)  # not a foreign key: the article may have been deleted
    names = models.BooleanField(default=False)  # instead of an article: names of places or topics may have changed
    at = models.DateTimeField(auto_now_add=True)

    dumped = NotDumpedManager()
    objects = models.Manager()

    def __str__(self):
        return "names" if self.names else f"article {self.article or '*'}"
