"""Revisions (the content at each save), editions (the published ones, chained by SHA-256) and the optimistic lock.

An edition's SHA-256 covers its content, contact lines, change note and the digest of the edition before, so that
anybody with the list can see that no edition was altered or removed.
"""

import hashlib
import json

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from ..models import Article, RelatedLink, Revision

FIELDS = (
    "language", "slug", "kind", "headline", "summary", "body", "notes_to_editors", "dateline_place", "publish_at",
    "press_from", "state", "reference",
)  # fmt: skip
NO_TEXT = {"publish_at", "press_from", "state", "reference"}
LISTS = {
    "regions": ("region_rows", "region__code"),
    "countries": ("country_rows", "country__iso3"),
    "topics": ("topic_rows", "topic__code"),
    "contacts": ("contact_rows", "contact__code"),
    "gallery": ("image_rows", "image__sha256"),
    "attachments": ("attachment_rows", "attachment__sha256"),
}


class Stale(Exception):
    """Somebody else saved the article after it was read. The text is shown to the editor."""

    def __init__(self):
        super().__init__(_("Somebody else changed this article since you opened it. Nothing was saved."))


def claim_version(article):
    """Raise the article's version number, or raise `Stale` if somebody else has. Call it first in the transaction.

    The rows above it are locked first (`lock_parents`).
    """
    lock_parents(article)
    if not Article.objects.filter(pk=article.pk, version=article.version).update(version=F("version") + 1):
        raise Stale
    article.version += 1
    ensure_first_revision(article)


def lock_parents(article):
    """Lock the source of a translation and the live row of a working copy. Call it before the row itself is locked.

    Locks are always taken in this order, so that two writers cannot deadlock.
    """
    for row in filter(None, (article.translation_of_id, article.revises_id)):
        Article.objects.select_for_update(no_key=True).order_by().filter(pk=row).values_list("pk").first()


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
    return values


def related_links(articles):
    """{article's id: [[address, title], …]} of those articles (ids) that have related links."""
    found = {}
    for row, *link in RelatedLink.objects.filter(article__in=articles).values_list("article", "url", "title"):
        found.setdefault(row, []).append(link)
    return found


def record(article, by=None):
    """Store the present content as a revision, unless the last revision has the same. Returns the revision."""
    present = content(article)
    last = article.revisions.first()
    if last is not None and last.content == present:
        return last
    return Revision.objects.create(article=article, by=by, content=present)


def ensure_first_revision(article):
    """Before the first change of an imported article, which has no revision yet: store its present content as one."""
    if article.revisions.exists():
        return
    stored = Article.objects.get(pk=article.pk)
    if stored.revises_id and same_text(content(stored), content(stored.revises)):
        return  # a copy that was begun just now: the live row has this content
    readable = Article.objects.readable().filter(pk=stored.pk).exists()
    kept = publish_edition(stored, stored.updated_by) if readable else record(stored, stored.updated_by)
    Revision.objects.filter(pk=kept.pk).update(created_at=stored.updated_at)


def same_text(one, other):
    """Whether two revisions' contents have the same text and facets, whatever their state and dates.

    A name that only one of them has is ignored: older revisions lack names that were added later.
    """
    return all(one[name] == other[name] for name in (one.keys() & other.keys()) - NO_TEXT)


def authors_since_last_edition(article):
    """The users who changed text or facets since the last edition. Changing a date or a state does not count."""
    live = article.revises or article
    last = live.revisions.exclude(edition=None).order_by("-edition").first()
    since = article.revisions.select_related("by").order_by("id")
    if last is not None and article == live:
        since = since.filter(pk__gt=last.pk)
    people, before = set(), last and last.content
    for revision in since:
        if before is None or not same_text(revision.content, before):
            people.add(revision.by)
        before = revision.content
    return people - {None}


@transaction.atomic
def publish_edition(article, by=None):
    """Store the present content as the article's next edition, chained to the one before. Returns it."""
    last = article.revisions.exclude(edition=None).order_by("-edition").first()
    edition = Revision(
        article=article,
        by=by,
        content=content(article),
        contact_lines=contact_lines(article),
        edition=last.edition + 1 if last else 1,
        change_kind=article.change_kind if last else "",
        change_note=article.change_note if last else "",
        previous_sha256=last.sha256 if last else "",
    )
    edition.sha256 = digest(edition)
    edition.save()
    return edition


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
