"""The words that every public surface says: `live().in_language("fr").in_region(region).for_cards()`."""

from django.db import models
from django.utils import timezone


class ArticleQuerySet(models.QuerySet):
    def get_by_natural_key(self, language, slug, copy=None):
        return self.get(language=language, slug=slug, revises__isnull=copy is None)

    def live(self, at=None):
        """The only word for "public": approved, due, not a working copy."""
        return self.filter(listed_at__lte=at or timezone.now())

    def withdrawn(self, at=None):
        """Withdrawn after publication: readable under a banner at its address, in no list."""
        return self.filter(state="withdrawn", revises=None, publish_at__lte=at or timezone.now())

    def readable(self, at=None):
        """What an article's own page shows: live, or withdrawn under its banner."""
        return self.live(at) | self.withdrawn(at)

    def gone(self):
        return self.filter(state="gone", revises=None)

    def newest_first(self):
        return self.order_by("-listed_at", "-id")

    def in_language(self, language):
        return self.filter(language=language)

    def _with_row(self, relation, **target):
        row = self.model._meta.get_field(relation).related_model
        return self.filter(models.Exists(row.objects.filter(article=models.OuterRef("pk"), **target)))

    def in_region(self, region):
        """Articles in this region or one of its subregions; "global" means only itself."""
        within = [] if region.kind == region.Kind.GLOBAL else region.children.all()
        return self._with_row("region_rows", region__in=[region, *within])

    def in_country(self, country):
        return self._with_row("country_rows", country=country)

    def about(self, topic):
        """Articles with this topic or one of its subtopics."""
        return self._with_row("topic_rows", topic__in=[topic, *topic.children.all()])

    def from_office(self, office):
        return self.filter(office=office)

    def of_kind(self, kind):
        return self.filter(kind=kind)

    def in_year(self, year):
        """Published in that calendar year, UTC."""
        start = timezone.datetime(year, 1, 1, tzinfo=timezone.get_fixed_timezone(0))
        return self.filter(listed_at__gte=start, listed_at__lt=start.replace(year=year + 1))

    def search(self, words):
        """Every word occurs in headline, standfirst or body."""
        found = self
        for word in words.split()[:8]:
            found = found.filter(
                models.Q(headline__icontains=word) | models.Q(summary__icontains=word) | models.Q(body__icontains=word)
            )
        return found

    def versions_of(self, article):
        """The language versions of the same story, in the order of their languages' codes."""
        source = article.translation_of_id or article.pk
        return self.filter(models.Q(pk=source) | models.Q(translation_of=source)).order_by("language")

    def beside(self, article):
        """Other stories in its language that share a topic."""
        topics = article.topic_rows.values("topic")
        return self._with_row("topic_rows", topic__in=topics).in_language(article.language).exclude(pk=article.pk)

    def for_cards(self):
        """What a card in a list shows, in a constant number of queries."""
        regions = self.model._meta.get_field("region_rows").related_model.objects.select_related("region")
        return (
            self.select_related("lead_image")
            .prefetch_related(
                models.Prefetch("region_rows", regions),
                "region_rows__region__translations",
                "lead_image__translations",
            )
            .defer("body", "notes_to_editors")
        )

    def with_due_edition(self, at=None):
        """Annotate `edition_is_due`: an approved working copy waits to be merged into the row."""
        copies = self.model.objects.filter(revises=models.OuterRef("pk"), state="approved")
        return self.annotate(edition_is_due=models.Exists(copies.filter(publish_at__lte=at or timezone.now())))

    def for_page(self):
        """What the article page shows."""
        return (
            self.with_due_edition()
            .select_related("dateline_country", "lead_image", "office", "translation_of")
            .prefetch_related(
                "region_rows__region__translations",
                "country_rows__country__translations",
                "topic_rows__topic__translations",
                "dateline_country__translations",
                "office__translations",
                "lead_image__translations",
                "image_rows__image__translations",
                "attachment_rows__attachment",
                "related_links",
                "contact_rows__contact",
            )
        )
