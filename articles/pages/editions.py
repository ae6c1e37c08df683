"""The changes of an article for its readers: corrections and notes, earlier editions, and the page of corrections."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Paginator
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import mark_safe

from contacts.languages import direction

from ..html import TooComplex, clean
from ..models import Article, Correction, Revision
from ..prepared_queries import PreparedQuery
from ..publication_day import OfficeZones, local_time
from ..publishing.revisions import tidy_content
from ..querysets import large_of
from ..review import content_changes
from ..review.word_diff import Limit
from .texts.pictures import FIGURE
from .texts.tables import in_regions
from .texts.text_html import with_isolated_numbers

CHANGE = Article.Change
PER_PAGE = 20
TEXTS = ("headline", "summary", "body", "notes_to_editors", "dateline_place")
HTML = ("body", "notes_to_editors")
LONGEST_COMPARED = 100_000  # characters of HTML
MOST_PAIRS = 200_000  # of words, see `Limit`
IMAGE = re.compile(r"<img\b[^<>]*>")

EDITIONS = PreparedQuery(
    Revision,
    lambda moment, articles: (
        Revision.objects.filter(article__in=articles, edition__gt=0)
        .order_by("-edition")
        .defer("content", "contact_lines")
    ),
)


@dataclass(frozen=True)
class ChangeNote:
    """One change that readers see; `wrong` is empty unless it is a correction."""

    kind: str
    day: date
    at: datetime
    note: str
    wrong: str = ""

    @property
    def is_correction(self):
        return self.kind == CHANGE.CORRECTION


def editions(article):
    """The editions of an article, the newest first, without their texts; those of its public row for a working copy."""
    return EDITIONS.objects([article.revises_id or article.pk])


def changes(article, found, zone):
    """[ChangeNote], the newest first. `found`: the article's editions; `zone`: the office's, for the days."""
    corrections = {}
    if any(edition.change_kind == CHANGE.CORRECTION for edition in found):
        rows = Correction.objects.filter(article=article.revises_id or article.pk)
        corrections = {correction.edition: correction for correction in rows}
    notes = []
    if article.revises_id or not found:  # a preview of the next edition, or an import without a history
        at = timezone.now() if article.revises_id else article.updated_at
        notes.append(_change_note(article.change_kind, at, article.change_note, article.was_wrong, zone))
    for edition in found:
        known = corrections.get(edition.edition)
        at, note, wrong = (known.at, known.now, known.wrong) if known else (edition.created_at, edition.change_note, "")
        notes.append(_change_note(edition.change_kind, at, note, wrong, zone))
    return [one for one in notes if one.kind in (CHANGE.MAJOR, CHANGE.CORRECTION) and (one.note or one.wrong)]


def _change_note(kind, at, note, wrong, zone):
    is_correction = kind == CHANGE.CORRECTION
    return ChangeNote(kind, local_time(at, zone).date(), at, note, wrong if is_correction else "")


def rows(article, found, zone):
    """[(edition, its day, what kind of change it was, the note for readers)] for the list of an article's editions."""
    names = dict(CHANGE.choices)
    return [
        (
            edition,
            day_of(edition, article, zone),
            names.get(edition.change_kind, ""),
            edition.change_note if edition.change_kind in (CHANGE.MAJOR, CHANGE.CORRECTION) else "",
        )
        for edition in found
    ]


def day_of(edition, article, zone):
    """The day of an edition for readers; of the first, which was stored at its approval, the day of publication."""
    return article.day if edition.edition == 1 else local_time(edition.created_at, zone).date()


def text(edition, direction):
    """{name: text} of an edition for its page, without pictures: nobody knows whether they may still be shown.

    What came by an import was stored letter by letter, because the SHA-256 covers it: it is cleaned here.
    """
    texts = stored(edition)
    return texts | {name: with_isolated_numbers(shown(texts[name]), direction) for name in HTML}


def differences(before, edition):
    """The Changes of the texts from one edition to the next, word by word; None if they are too long for that.

    Of long texts that have little in common whole passages are marked: a reader does not wait for a second.
    """
    texts = [stored(one) for one in (before, edition)]
    if max(len(one[name]) for one in texts for name in TEXTS) > LONGEST_COMPARED:
        return None
    return content_changes.changes(
        *(one | {name: _without_pictures(one[name]) for name in HTML} for one in texts), Limit(MOST_PAIRS)
    )


def stored(edition):
    """{name: text} of an edition as it was stored, HTML and pictures included."""
    content = tidy_content(Revision.objects.values_list("content", flat=True).get(pk=edition.pk))
    return {name: content.get(name, "") for name in TEXTS}


def shown(found):
    """HTML of an edition, cleaned and without pictures."""
    return in_regions(mark_safe(_without_pictures(found)))


def _without_pictures(found):
    try:
        html = clean(found)
    except TooComplex:
        return escape(found)
    html = FIGURE.sub(lambda figure: "" if "<img" in figure[0] else figure[0], html)
    return IMAGE.sub("", html)


def corrections(language, number):
    """A page of all corrections that readers can look up, with their days; None if there is no such page."""
    found = Correction.objects.readable(language)
    start = (number - 1) * PER_PAGE
    shown = list(found.select_related("article").defer(*large_of("article"))[start : start + PER_PAGE + 1])
    if not shown and number > 1:
        return None
    zones = OfficeZones()
    for correction in shown:
        correction.day = local_time(correction.at, zones.name(correction.article.office_id)).date()
        correction.direction = direction(correction.article.language)
    paginator = Paginator(range(start + len(shown)), PER_PAGE)
    page = paginator.page(number)
    page.object_list = shown[:PER_PAGE]
    return page


def languages_with_corrections():
    """The languages in which there is a correction to read."""
    # No join: the database could begin it with all articles.
    readable = Article.objects.readable().order_by().filter(pk=OuterRef("article")).values("language")
    found = Correction.objects.order_by().annotate(language=Subquery(readable[:1]))
    return set(found.values_list("language", flat=True).distinct()) - {None}
