"""Verifies the editions of all articles: numbers, SHA-256, the chain, the public text and the corrections."""

from itertools import groupby
from operator import attrgetter

from ...models import Article, Correction, Revision
from ..revisions import digest

TEXTS = ("headline", "summary", "body", "notes_to_editors", "slug")
AT_ONCE = 500


def count():
    """How many editions there are."""
    return Revision.objects.filter(edition__isnull=False).count()


def verify():
    """Yield (number of verified editions, [(article, edition or None, what is wrong)]) portion by portion."""
    editions = Revision.objects.filter(edition__isnull=False).order_by("article_id", "edition")
    portion = []
    for article, found in groupby(editions.iterator(chunk_size=AT_ONCE), attrgetter("article_id")):
        portion.append((article, list(found)))
        if sum(len(one) for _, one in portion) >= AT_ONCE:
            yield _judged(portion)
            portion = []
    if portion:
        yield _judged(portion)


def _judged(portion):
    ids = [article for article, _ in portion]
    articles = Article.objects.in_bulk(ids)
    readable = set(Article.objects.readable().filter(pk__in=ids).order_by().values_list("pk", flat=True))
    corrections = {}
    for row, edition in Correction.objects.filter(article__in=ids).order_by().values_list("article", "edition"):
        corrections.setdefault(row, set()).add(edition)
    faults = []
    for pk, editions in portion:
        article = articles[pk]
        faults += [(article, number, why) for number, why in chain_faults(editions)]
        faults += [(article, number, why) for number, why in _correction_faults(editions, corrections.get(pk, set()))]
        if pk in readable and (names := _changed(article, editions[-1])):
            faults.append((article, None, f"{', '.join(names)}: the public text is not that of its last edition"))
    return sum(len(editions) for _, editions in portion), faults


def chain_faults(editions):
    """[(number, what is wrong)] of the editions of one article, in order."""
    faults, before, expected = [], "", 1
    for edition in editions:
        if edition.edition != expected:
            faults.append((expected, "is missing"))
        elif edition.previous_sha256 != before:
            faults.append((edition.edition, "does not name the SHA-256 of the edition before"))
        if edition.sha256 != digest(edition):
            faults.append((edition.edition, "was altered: its SHA-256 is that of another content"))
        before, expected = edition.sha256, edition.edition + 1
    return faults


def _correction_faults(editions, there):
    wanted = {one.edition for one in editions if one.change_kind == Article.Change.CORRECTION}
    missing = [(number, "is a correction, but what was corrected is missing") for number in sorted(wanted - there)]
    return missing + [(number, "has a correction, but is none") for number in sorted(there - wanted)]


def _changed(article, last):
    return [name for name in TEXTS if name in last.content and last.content[name] != getattr(article, name)]
