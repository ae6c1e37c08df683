"""Reference numbers: `2026-00042`, given once, at first publication, the same in every language."""

import re

from django.db import transaction

from ..models import Article, ReferenceCounter

PATTERN = re.compile(r"(\d{4})-(\d{5,})")


@transaction.atomic
def allocate(year, count=1):
    """The next `count` reference numbers of a year. The counter's row is locked until the commit."""
    ReferenceCounter.objects.get_or_create(year=year)
    counter = ReferenceCounter.objects.select_for_update().get(year=year)
    first, counter.last = counter.last + 1, counter.last + count
    counter.save(update_fields=["last"])
    return [f"{year}-{number:05}" for number in range(first, first + count)]


@transaction.atomic
def keep(references):
    """Raise the counters past references that came from elsewhere, so that none is given twice."""
    highest = {}
    for reference in references:
        if match := PATTERN.fullmatch(reference):
            year, number = int(match[1]), int(match[2])
            highest[year] = max(highest.get(year, 0), number)
    for year, number in highest.items():
        ReferenceCounter.objects.get_or_create(year=year)
        ReferenceCounter.objects.filter(year=year, last__lt=number).update(last=number)


def assign(article):
    """Give an article its story's reference number, or the story a new one. The caller saves.

    The source's row is locked until the commit: two language versions never get two numbers.
    """
    if article.reference:
        return
    Article.objects.select_for_update(no_key=True).order_by().filter(pk=article.source.pk).values_list("pk").first()
    story = Article.objects.filter(pk=article.source.pk) | Article.objects.filter(translation_of=article.source.pk)
    known = story.exclude(reference="").values_list("reference", flat=True).first()
    article.reference = known or allocate(article.publish_at.year)[0]
