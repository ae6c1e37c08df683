from django.db import models

from .article import Article


class NothingToDump(models.Manager):
    """The default manager, so that `dumpdata` leaves derived rows out: elsewhere they have other keys."""

    def get_queryset(self):
        return super().get_queryset().none()


class SearchEntry(models.Model):
    """That a listed article can be found. Its words are in a column (PostgreSQL) or table (SQLite) of the
    database's own kind, see `articles.search`; only `articles.search.entries` writes either."""

    article = models.OneToOneField(Article, models.CASCADE, primary_key=True, related_name="+")
    listed_at = models.DateTimeField()
    facets = models.TextField()  # as `search.vector.facets` spells them
    analyser = models.PositiveSmallIntegerField()  # the number of the rules that the words were cut by

    dumped = NothingToDump()
    objects = models.Manager()

    def __str__(self):
        return f"{self.article_id}: {self.facets}"


class SearchWord(models.Model):
    """The articles of one volume of the concordance that have a word; the empty word has all of the volume's.

    A volume holds ids that lie next to each other, `search.compiling.VOLUME` of them.
    """

    pk = models.CompositePrimaryKey("word", "volume")
    word = models.BinaryField()  # UTF-8: both databases compare bytes alike
    volume = models.PositiveIntegerField()
    articles = models.BinaryField()  # a roaring bitmap in its portable format

    dumped = NothingToDump()
    objects = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["volume"], name="searchword_volume")]

    def __str__(self):
        return f"{bytes(self.word).decode()} in {self.volume}"


class SearchVolume(models.Model):
    """That a volume is there, and which edition of it: a random number, another one whenever it is compiled."""

    number = models.PositiveIntegerField(primary_key=True)
    edition = models.BigIntegerField()

    dumped = NothingToDump()
    objects = models.Manager()

    def __str__(self):
        return str(self.number)


class SearchChange(models.Model):
    """That an article's entry was written (again): what its volume says of it counts no more."""

    article = models.BigIntegerField()

    dumped = NothingToDump()
    objects = models.Manager()

    def __str__(self):
        return str(self.article)
