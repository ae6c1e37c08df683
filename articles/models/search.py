from django.db import models

from .article import Article


class NotDumpedManager(models.Manager):
    """The default manager, so that `dumpdata` leaves derived rows out: elsewhere they have other keys."""

    def get_queryset(self):
        return super().get_queryset().none()


class SearchEntry(models.Model):
    """That a listed article can be found. Its words are in a column (PostgreSQL) or table (SQLite) of the
    database's own kind, see `articles.search`; only `articles.search.indexing` writes either."""

    article = models.OneToOneField(Article, models.CASCADE, primary_key=True, related_name="+")
    listed_at = models.DateTimeField()
    facets = models.TextField()  # as `search.vector.facets` spells them
    analyser = models.PositiveSmallIntegerField()  # the number of the rules that the words were cut by

    dumped = NotDumpedManager()
    objects = models.Manager()

    def __str__(self):
        return f"{self.article_id}: {self.facets}"
