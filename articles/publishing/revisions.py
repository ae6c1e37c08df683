"""Revisions (the content at each save) and editions (the published ones, chained by SHA-256).

An edition's SHA-256 covers its content, contact lines, change note and the digest of the edition before, so that
anybody with the list can see that no edition was altered or removed.
"""

import hashlib
import json
from datetime import datetime

from django.core.validators import URLValidator
from django.db import transaction

from ..models import Article, Boilerplate, Correction, Quote, RelatedLink, Revision

FIELDS = (
    "language", "slug", "kind", "headline", "summary", "body", "notes_to_editors", "dateline_place", "publish_at",
    "press_from", "state", "reference", "boilerplate_title", "boilerplate",
)  # fmt: skip
NO_TEXT = {"publish_at", "press_from", "state", "reference", "redirect_to", "boilerplate_title", "boilerplate"}
LISTS = {
    "regions": ("region_rows", "region__code"),
    "countries": ("country_rows", "country__iso3"),
    "topics": ("topic_rows", "topic__code"),
    "contacts": ("contact_rows", "contact__code"),
    "gallery": ("image_rows", "image__sha256"),
    "recordings": ("recording_rows", "recording__sha256"),
    "attachments": ("attachment_rows", "attachment__sha256"),
}


_listeners = []


def on_new_text(listener):
    """Register a function that is called with an article whenever its text may have become another one."""
    _listeners.append(listener)


def tell_of_new_text(article):
    """Call it after a revision was stored, in its transaction."""
    for listener in _listeners:
        listener(article)


def content(article):
    """The article's text and facets as {name: JSON value}; related rows by their natural keys."""
    values = {name: getattr(article, name) for name in FIELDS}
    for name in ("publish_at", "press_from"):
        values[name] = values[name].isoformat() if values[name] else None
    values["dateline_country"] = article.dateline_country.iso3 if article.dateline_country_id else None
    values["office"] = article.office.code if article.office_id else None
    values["lead_image"] = article.lead_image.sha256 if article.lead_image_id else None
    values["redirect_to"] = [article.redirect_to.language, article.redirect_to.slug] if article.redirect_to_id else None
    for name, (rows, key) in LISTS.items():
        values[name] = list(getattr(article, rows).order_by("order", "id").values_list(key, flat=True))
    values["related_links"] = related_links([article.pk]).get(article.pk, [])
    values["quotes"] = quotes([article.pk]).get(article.pk, [])
    return values


def tidy_content(stored):
    """A revision's content with values as `content` gives them: an imported history is stored as it came, in any JSON.

    What is of another kind is left empty. For all who show a stored revision, compare it or restore it.
    """
    return {name: _tidy_value(name, value) for name, value in stored.items()}


def _tidy_value(name, value):
    if name in LISTS:
        return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
    if name in ("related_links", "quotes"):
        rows = [row for row in value if _is_row(row)] if isinstance(value, list) else []
        return [row for row in rows if _is_web_address(row[0])] if name == "related_links" else rows
    if name in ("publish_at", "press_from"):
        return value if isinstance(value, str) and parsed_moment(value) else None
    if name == "redirect_to":
        return value if isinstance(value, list) and all(isinstance(one, str) for one in value) else None
    if isinstance(value, str):
        return value
    return "" if name in FIELDS else None


def _is_row(row):
    """Texts; the last may be missing: the day on which a quote was approved."""
    is_row = isinstance(row, list) and len(row) > 1 and all(isinstance(one, str) for one in row[:-1])
    return is_row and (row[-1] is None or isinstance(row[-1], str))


def _is_web_address(text):
    """Whether a link may lead there: never for `javascript:`."""
    return text.partition("://")[0].lower() in URLValidator.schemes


def parsed_moment(text):
    """The moment that a revision has as text; None if it is none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def related_links(articles):
    """{article's id: [[address, title], …]} of those articles (ids) that have related links."""
    found = {}
    for row, *link in RelatedLink.objects.filter(article__in=articles).values_list("article", "url", "title"):
        found.setdefault(row, []).append(link)
    return found


def quotes(articles):
    """{article's id: [[speaker, function, words, language, approved by, approved on], …]} of those with quotes."""
    found = {}
    for row, *said, day in Quote.objects.filter(article__in=articles).values_list("article", *Quote.FIELDS):
        found.setdefault(row, []).append([*said, day.isoformat() if day else None])
    return found


def record(article, by=None):
    """Store the present content as a revision, unless the last revision has the same. Returns the revision."""
    present = content(article)
    last = article.revisions.first()
    if last is not None and last.content == present:
        return last
    revision = Revision.objects.create(article=article, by=by, content=present)
    tell_of_new_text(article)
    return revision


def ensure_first_revision(article):
    """Before the first change of an imported article, which has no revision yet: store its present content as one."""
    if article.revisions.exists():
        return
    stored = Article.objects.get(pk=article.pk)
    if stored.revises_id and same_text(content(stored), content(stored.revises)):
        return  # a copy that was begun just now: the live row has this content
    is_public = Article.objects.readable().filter(pk=stored.pk).exists()
    by = stored.updated_by
    kept = publish_edition(stored, by, is_told=True, takes_boilerplate=False) if is_public else record(stored, by)
    Revision.objects.filter(pk=kept.pk).update(created_at=stored.updated_at)
    Correction.objects.filter(article=stored, edition=kept.edition).update(at=stored.updated_at)


def same_text(one, other):
    """Whether two revisions' contents have the same text and facets, whatever their state and dates.

    A name that only one of them has is ignored: older revisions lack names that were added later.
    """
    return all(one[name] == other[name] for name in (one.keys() & other.keys()) - NO_TEXT)


def authors_since_last_edition(article):
    """The users who changed text or facets since the last edition. Changing a date or a state does not count."""
    live = article.revises or article
    last = live.revisions.editions().first()
    since = article.revisions.select_related("by").order_by("id")
    if last is not None and article == live:
        since = since.filter(pk__gt=last.pk)
    people, before = set(), last and last.content
    for revision in since:
        if before is None or not same_text(revision.content, before):
            people.add(revision.by)
        before = revision.content
    return people - {None}


def take_boilerplate(article):
    """Make the present boilerplate for the article's language, office and kind part of the article."""
    found = Boilerplate.objects.text_for(article)
    values = {"boilerplate_title": found.title if found else "", "boilerplate": found.body if found else ""}
    Article.objects.filter(pk=article.pk).exclude(**values).update(**values)
    for name, value in values.items():
        setattr(article, name, value)


@transaction.atomic
def publish_edition(article, by=None, is_told=False, takes_boilerplate=True):
    """Store the present content as the article's next edition, chained to the one before. Returns it.

    With `is_told` its kind of change and its note are those of the article's columns, which stay there afterwards:
    without it, they are an earlier edition's, and this one is a minor change. A correction becomes a `Correction`.
    What an import brings keeps the boilerplate that it came with.
    """
    if takes_boilerplate:
        take_boilerplate(article)
    last = article.revisions.editions().first()
    kind, note = (article.change_kind, article.change_note) if is_told else (Article.Change.MINOR, "")
    edition = Revision(
        article=article,
        by=by,
        content=content(article),
        contact_lines=contact_lines(article),
        edition=last.edition + 1 if last else 1,
        change_kind=kind_of_edition(kind, is_first=last is None),
        change_note=note,
        previous_sha256=last.sha256 if last else "",
    )
    edition.sha256 = digest(edition)
    edition.save()
    if edition.change_kind == Article.Change.CORRECTION:
        Correction.objects.create(
            article=article, edition=edition.edition, wrong=article.was_wrong, now=note, at=edition.created_at, by=by
        )
    tell_of_new_text(article)
    return edition


def kind_of_edition(kind, is_first):
    """The first edition changes nothing, unless an import says that it corrects an earlier text."""
    return "" if is_first and kind == Article.Change.MINOR else kind


def digest(edition):
    """SHA-256, in hex, of an edition's content, contact lines, change note and the digest of the edition before."""
    covered = [
        edition.edition, edition.content, edition.contact_lines, edition.change_kind, edition.change_note,
        edition.previous_sha256,
    ]  # fmt: skip
    text = json.dumps(covered, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def contact_lines(article):
    """The contact block as readers see it: for each contact that answers, its lines."""
    lines = []
    for row in article.contact_rows.select_related("contact__office"):
        if line := contact_line(row.contact):
            lines.append(line)
    return lines


def contact_line(contact):
    """[name, office, e-mail if any, telephones …] of the contact or its successor; None if nobody answers."""
    contact = contact.for_public()
    if contact is None:
        return None
    numbers = [phone.display for phone in contact.phones.all()]
    return [contact.name, contact.office.name, *filter(None, [contact.email]), *numbers]
