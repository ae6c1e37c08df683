"""The journal of the public lists: whoever changes what lists show records it here, in the same transaction.

Each process keeps an index of the lists in memory and reads this journal before it answers (`articles.listing`).
"""

from datetime import timedelta

from django.db import models
from django.utils import timezone

from .search import NotDumpedManager

KEPT = timedelta(days=2)  # a process that has not read the journal for so long builds its index anew
TIDIED_EVERY = 100  # entries
MOST = 500  # articles of one change that are recorded one by one


class ListChange(models.Model):
    """One entry: an article changed, or (`article` empty) so many did that an index is better built anew.

    PostgreSQL adds a column `xid`, the transaction that wrote the entry: see `articles.listing.in_memory`.
    """

    article = models.BigIntegerField(null=True)  # not a foreign key: a deleted article is a change, too
    names = models.BooleanField(default=False)  # instead, names of places, offices or topics may have changed
    at = models.DateTimeField(auto_now_add=True)

    dumped = NotDumpedManager()
    objects = models.Manager()

    def __str__(self):
        return "names" if self.names else f"article {self.article or '*'}"


def note(articles):
    """Record that lists may show these articles (ids) otherwise now."""
    articles = set(articles)
    if len(articles) > MOST:
        return note_everything()
    _write([ListChange(article=article) for article in sorted(articles)])


def note_everything():
    """Record that any article may have changed."""
    _write([ListChange()])


def note_names():
    """Record that names of places, offices or topics may have changed."""
    _write([ListChange(names=True)])


def _write(changes):
    for change in ListChange.objects.bulk_create(changes):
        if change.pk % TIDIED_EVERY == 0:
            ListChange.objects.filter(at__lt=timezone.now() - KEPT).delete()
