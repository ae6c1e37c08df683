from django.db import models

from .search import NotDumpedManager


class ListChange(models.Model):
    """A note that lists changed: an article did, or (empty) so much that it is better read all anew.

    PostgreSQL adds a column `xid`, the transaction that wrote it: see `articles.list_changes`.
    """

    article = models.BigIntegerField(null=True)  # not a foreign key: a deleted article is a change, too
    names = models.BooleanField(default=False)  # instead, names of places and topics may have changed
    at = models.DateTimeField(auto_now_add=True)

    dumped = NotDumpedManager()
    objects = models.Manager()

    def __str__(self):
        return "names" if self.names else f"article {self.article or '*'}"
