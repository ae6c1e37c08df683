"""The queryset of Article. Public pages, feeds and the API choose by its methods: `live().in_language("fr")`."""

from functools import reduce
from operator import or_

from django.db import models

from contacts import clock
from contacts.models.links import keys_listed_under

from . import publication_day
from .facets import FACETS, date_codes
from .fields import normal_slug

LARGE = ("body", "notes_to_editors", "boilerplate", "began_as")


def _days(since, before):
    """Published on these days; the moments are named, too, because they are in the indexes for lists."""
    condition = models.Q()
    if since:
        condition &= models.Q(published_on__gte=since, listed_at__gte=publication_day.earliest(since))
    if before:
        condition &= models.Q(published_on__lt=before, listed_at__lt=publication_day.latest(before))
    return condition


def was_public():
    """Condition: readers may have seen the row, see `Article.was_public`."""
    return models.Q(revises=None, state__in=("approved", "withdrawn", "gone"), publish_at__lte=clock.now())


def large_of(relation):
    """The columns of long texts of the article that a relation leads to, for `defer`."""
    return [f"{relation}__{name}" for name in LARGE]


class ArticleQuerySet(models.QuerySet):
    def get_by_natural_key(self, language, slug, copy=None):
        return self.get(language=language, slug=normal_slug(slug), revises__isnull=copy is None)

    def live(self, at=None):
        """The only word for "public": approved, due, not a working copy."""
        return self.filter(listed_at__lte=at or clock.now())

    def withdrawn(self, at=None):
        """Withdrawn after publication: readable under a banner at its address, in no list."""
        return self.filter(state="withdrawn", revises=None, publish_at__lte=at or clock.now())

    def readable(self, at=None):
        """What an article's own page shows: live, or withdrawn under its banner."""
        return self.live(at) | self.withdrawn(at)

    def at_address(self, language, slug):
        # Copies are not readable anyway; saying so lets the database use the index of addresses.
        return self.filter(language=language, slug=slug, revises=None)

    def limited(self):
        """Those that only named people may see, because they are not public yet."""
        return self.filter(restricted=True).exclude(was_public())

    def gone(self):
        return self.filter(state="gone", revises=None)

    def without_texts(self):
        """Without the columns of long texts, for lists: they are read when somebody asks for them."""
        return self.defer(*LARGE)

    def newest_first(self):
        return self.order_by("-listed_at", "-id")

    def in_language(self, language):
        return self.filter(language=language)

    def in_region(self, region):
        """Articles in this region, its subregions, or what leads to it; "global" has no subregions."""
        return self._joined("region", keys_listed_under(region, nested=True))

    def in_country(self, country):
        return self._joined("country", [country])

    def about(self, topic):
        """Articles with this topic, its subtopics, or what was merged into them."""
        return self._joined("topic", keys_listed_under(topic, nested=True))

    def from_office(self, office):
        """Articles of this office and of closed ones whose work it continues."""
        return self.filter(office__in=keys_listed_under(office))

    def of_kind(self, kind):
        return self.filter(kind=kind)

    def _joined(self, relation, targets):
        """Articles that a row of `<relation>_rows` joins to one of the targets (rows or ids)."""
        row = self.model._meta.get_field(f"{relation}_rows").related_model
        rows = row.objects.filter(article=models.OuterRef("pk"), **{f"{relation}__in": targets})
        return self.filter(models.Exists(rows))

    def matching(self, criteria):
        """The articles that `Criteria` choose, public or not. Takes a query for each facet of another table."""
        articles = self
        for facet, codes in criteria.codes_by_facet(language=True):
            articles = articles._of_facet(facet, codes)
        return articles.filter(_days(criteria.since, criteria.before))

    def _of_facet(self, facet, codes):
        if facet.period:
            return self.filter(reduce(or_, (_days(*facet.period(code)) for code in codes)))
        if facet.column:
            return self.filter(**{f"{facet.column}__in": codes})
        targets = facet.target(self.model).objects.filter(**{f"{facet.key}__in": map(facet.value, codes)})
        # Keys and not codes: so the database can walk its indexes of a key and the date.
        keys = list(targets.values_list("pk", flat=True))
        return self._joined(facet.relation, keys) if facet.many else self.filter(**{f"{facet.relation}__in": keys})

    def facet_codes(self):
        """{article: (listed_at, day of publication, {(facet's name, code), …})} of these articles."""
        own = [facet for facet in FACETS.values() if not (facet.many or facet.period)]
        paths = (facet.column or f"{facet.relation}__{facet.key}" for facet in own)
        found = {}
        for pk, listed_at, day, *values in self.order_by().values_list("pk", "listed_at", "published_on", *paths):
            codes = {(facet.name, facet.code(value)) for facet, value in zip(own, values, strict=True) if value}
            day = day or listed_at.date()  # `loaddata` computes none: `search_index` does it after
            found[pk] = listed_at, day, codes | date_codes(day)
        for facet in FACETS.values():
            if facet.many:
                rows = facet.source(self.model).objects.filter(article__in=list(found)).order_by()
                for pk, value in rows.values_list("article", f"{facet.relation}__{facet.key}"):
                    found[pk][2].add((facet.name, facet.code(value)))
        return found

    def containing(self, words):
        """Every word occurs as it is typed in headline, standfirst or body, public or not; reads every row."""
        articles = self
        for word in words.split():
            fields = (models.Q(**{f"{name}__icontains": word}) for name in ("headline", "summary", "body"))
            articles = articles.filter(reduce(or_, fields))
        return articles

    def versions_of(self, article):
        """The language versions of the same story, in the order of their languages' codes."""
        return self.versions_of_source(article.translation_of_id or article.pk)

    def versions_of_source(self, source):
        return self.filter(models.Q(pk=source) | models.Q(translation_of=source)).order_by("language")

    def with_due_edition(self, at=None):
        """Annotate `edition_is_due`: an approved working copy waits to be merged into the row."""
        copies = self.model.objects.filter(revises=models.OuterRef("pk"), state="approved")
        return self.annotate(edition_is_due=models.Exists(copies.filter(publish_at__lte=at or clock.now())))
