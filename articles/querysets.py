"""The words that every public surface says: `live().in_language("fr").in_region(region).newest_first()`."""

from functools import reduce
from operator import or_

from django.db import models
from django.utils import timezone

from .criteria import Scope, regions_of, topics_of
from .search.find import CAP, find


class ArticleQuerySet(models.QuerySet):
    scope = Scope()  # the words said so far, as the search index knows them
    hits = None  # what `search` found, in order

    def _clone(self):
        clone = super()._clone()
        clone.scope, clone.hits = self.scope, self.hits
        return clone

    def __or__(self, other):
        both = super().__or__(other)
        both.scope = Scope()
        return both

    def _said(self, scope, *conditions, **values):
        if self.hits is not None:
            raise TypeError("Say search() last: it has looked already.")
        articles = self.filter(*conditions, **values)
        articles.scope = scope
        return articles

    def get_by_natural_key(self, language, slug, copy=None):
        return self.get(language=language, slug=slug, revises__isnull=copy is None)

    def live(self, at=None):
        """The only word for "public": approved, due, not a working copy."""
        at = at or timezone.now()
        return self._said(self.scope.live(at), listed_at__lte=at)

    def withdrawn(self, at=None):
        """Withdrawn after publication: readable under a banner at its address, in no list."""
        return self.filter(state="withdrawn", revises=None, publish_at__lte=at or timezone.now())

    def readable(self, at=None):
        """What an article's own page shows: live, or withdrawn under its banner."""
        return self.live(at) | self.withdrawn(at)

    def at_address(self, language, slug):
        # Copies are not readable anyway; saying so lets the database use the index of addresses.
        return self.filter(language=language, slug=slug, revises=None)

    def gone(self):
        return self.filter(state="gone", revises=None)

    def newest_first(self):
        return self.order_by("-listed_at", "-id")

    def in_language(self, language):
        return self._said(self.scope.in_language(language), language=language)

    def _row(self, relation, **target):
        row = self.model._meta.get_field(relation).related_model
        return models.Exists(row.objects.filter(article=models.OuterRef("pk"), **target))

    def in_region(self, region):
        """Articles in this region or one of its subregions; "global" means only itself."""
        return self._said(self.scope.in_region(region), self._row("region_rows", region__in=regions_of(region)))

    def in_country(self, country):
        return self._said(self.scope.in_country(country), self._row("country_rows", country=country))

    def about(self, topic):
        """Articles with this topic, or what it was merged into, or one of its subtopics."""
        return self.about_any(topics_of(topic))

    def about_any(self, topics):
        return self._said(self.scope.about_any(topics), self._row("topic_rows", topic__in=topics))

    def from_office(self, office):
        return self._said(self.scope.from_office(office), office=office)

    def of_kind(self, kind):
        return self._said(self.scope.of_kind(kind), kind=kind)

    def in_year(self, year):
        """Published in that calendar year, UTC."""
        start = timezone.datetime(year, 1, 1, tzinfo=timezone.get_fixed_timezone(0))
        end = start.replace(year=year + 1)
        return self._said(self.scope.in_year(year), listed_at__gte=start, listed_at__lt=end)

    def search(self, words, by="date", at_most=CAP):
        """The newest (or by "relevance" best) articles with every word, no more than `at_most`.

        Like a slice it is said last: it asks the index at once, for what the words before it left.
        `hits` has the ids in order, and whether there is more.
        """
        return self.found(*find(words, [self.scope], by, at_most))

    def containing(self, words):
        """Every word occurs as it is typed in headline, standfirst or body, public or not; reads every row."""
        articles = self
        for word in words.split():
            fields = (models.Q(**{f"{name}__icontains": word}) for name in ("headline", "summary", "body"))
            articles = articles.filter(reduce(or_, fields))
        return articles

    def found(self, hits):
        """What `search.finding` found for the words said so far."""
        articles = self.filter(pk__in=hits.ids)
        articles.hits = hits
        return articles

    def versions_of(self, article):
        """The language versions of the same story, in the order of their languages' codes."""
        return self.versions_of_source(article.translation_of_id or article.pk)

    def versions_of_source(self, source):
        return self.filter(models.Q(pk=source) | models.Q(translation_of=source)).order_by("language")

    def with_due_edition(self, at=None):
        """Annotate `edition_is_due`: an approved working copy waits to be merged into the row."""
        copies = self.model.objects.filter(revises=models.OuterRef("pk"), state="approved")
        return self.annotate(edition_is_due=models.Exists(copies.filter(publish_at__lte=at or timezone.now())))
