"""The rows of the search index, and a manager that keeps derived rows out of `dumpdata`."""

from functools import reduce
from operator import or_

from django.db import models

from .article import Article


class NotDumpedManager(models.Manager):
    """As default manager it has no rows, so that `dumpdata` leaves the model out; use `objects` for the rows."""

    def get_queryset(self):
        return super().get_queryset().none()


class SearchEntry(models.Model):
    """One listed article in the search index. Written by `articles.search.indexing` only.

    Its words are in a column (PostgreSQL) or a table (SQLite) for full-text search: see `articles.search`.
    """

    article = models.OneToOneField(Article, models.CASCADE, primary_key=True, related_name="+")
    listed_at = models.DateTimeField()
    published_on = models.DateField()
    facets = models.TextField()  # codes for filtering, as `search.document.facet_terms` writes them
    analyser = models.PositiveSmallIntegerField()  # version of the analyser that produced the words

    dumped = NotDumpedManager()
    objects = models.Manager()

    def __str__(self):
        return f"{self.article_id}: {self.facets}"


class HeadlineWords(models.Manager):
    MOST = 10_000  # keys that are read

    def beginning(self, beginnings):
        """The keys that begin with one of these bytes."""
        ranges = (models.Q(key__gte=first, key__lt=first + b"\xff") for first in beginnings)
        keys = self.filter(reduce(or_, ranges)).values_list("key", flat=True)
        return [bytes(key) for key in keys[: self.MOST]]


class HeadlineWord(models.Model):
    """A word of a headline, forwards or backwards, for misspelt searches: `articles.search.languages.spelling`.

    Bytes, which every database orders alike. Written by `articles.search.indexing` only.
    """

    key = models.BinaryField(max_length=200, unique=True)

    dumped = NotDumpedManager()
    objects = HeadlineWords()

    def __str__(self):
        return bytes(self.key).decode(errors="replace")
