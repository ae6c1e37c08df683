"""Reads the counts of readers for the admin: numbers of days for drawings, and what was opened most."""

from datetime import timedelta

from django.db.models import Sum

from .. import permissions
from ..models import Article, Attachment, Image, ReaderCount, Recording

MOST = 20  # rows of a list
Kind = ReaderCount.Kind


class Figures:
    """The counts of the last `days` days until `today` (UTC), of all pages or of one article."""

    def __init__(self, today, days, article=None):
        self.first, self.last, self.article = today - timedelta(days=days - 1), today, article
        self.dates = [self.first + timedelta(days=number) for number in range(days)]
        self.rows = ReaderCount.objects.filter(day__gte=self.first, day__lte=self.last).order_by()
        if article is not None:
            self.rows = self.rows.filter(article=article.pk)
        self.pages = self.rows.filter(kind=Kind.ALL if article is None else Kind.ARTICLE)

    def by_day(self):
        """[number of each day]"""
        found = dict(self.pages.values_list("day").annotate(number=Sum("number")))
        return [found.get(day, 0) for day in self.dates]

    def languages(self):
        return self._sums(self.pages, "language")

    def sites(self):
        return self._sums(self.rows.filter(kind=Kind.SITE), "key")

    def lists(self):
        """[(key, number)] of the other pages: lists, places, the front page."""
        return self._sums(self.rows.filter(kind=Kind.PAGE), "key")

    def articles(self, user):
        """[(article, number)] of those that the user may see, the most read first."""
        found = self._sums(self.rows.filter(kind=Kind.ARTICLE), "article")
        rows = permissions.visible(user, Article.objects.filter(pk__in=[pk for pk, _ in found]))
        rows = rows.without_texts().in_bulk()
        return [(rows[pk], number) for pk, number in found if pk in rows]

    def downloads(self):
        """[(what: "kit", "text" or a row of a file, number)]"""
        return [(_file(key), number) for key, number in self._sums(self.rows.filter(kind=Kind.DOWNLOAD), "key")]

    def _sums(self, rows, name):
        return list(rows.values_list(name).annotate(total=Sum("number")).order_by("-total", name)[:MOST])


def _file(key):
    """The row that a key names; the key itself if it is of no file, None if there is no such row any more."""
    name, _, pk = key.partition(" ")
    model = {"attachment": Attachment, "recording": Recording, "image": Image}.get(name)
    return model.objects.filter(pk=pk).first() if model else key


def last_days(today, days=30):
    """[(day, number of all pages)], for the desk: it reads one row for each day and language."""
    figures = Figures(today, days)
    return list(zip(figures.dates, figures.by_day(), strict=True))


def of_article(article, today, days=30):
    """How often the article was opened in the last days."""
    return sum(Figures(today, days, article).by_day())
