"""Reference numbers such as `2026-00042`: one for a story in all its languages, given at first publication."""

import re

from django.db import transaction

from ..models import Article, ReferenceCounter
from ..publication_day import OfficeZones

PATTERN = re.compile(r"(\d{4})-(\d{5,})")


@transaction.atomic
def allocate(year, count=1):
    """Return the next `count` reference numbers of a year as a list. Locks the year's counter until the commit."""
    ReferenceCounter.objects.get_or_create(year=year)
    counter = ReferenceCounter.objects.select_for_update().get(year=year)
    first, counter.last = counter.last + 1, counter.last + count
    counter.save(update_fields=["last"])
    return [f"{year}-{number:05}" for number in range(first, first + count)]


def assign(article):
    """Set the article's reference number: that of another language version, else a new one. The caller saves.

    The year is that of the day of publication.

    The source's row is locked until the commit, so that two language versions never get two numbers.
    """
    if article.reference:
        return
    Article.objects.select_for_update(no_key=True).order_by().filter(pk=article.source.pk).values_list("pk").first()
    story = Article.objects.filter(pk=article.source.pk) | Article.objects.filter(translation_of=article.source.pk)
    known = story.exclude(reference="").values_list("reference", flat=True).first()
    if not known:
        known = allocate(OfficeZones().day(article.publish_at, article.office_id).year)[0]
    article.reference = known
