"""Checks of what an article must have before it is approved: a date, a topic, a region, a contact who answers.

And, in a new edition, what readers must be told of the change.
"""

from django.utils.translation import gettext as _

from contacts.models import Contact

from ..models import Article
from .finding import BLOCK, Finding


def date(draft):
    """A working copy may be published at once, without a date: see `requirements.for_approval`."""
    if draft.article.publish_at is None and not draft.article.revises_id:
        yield Finding("publish_at", _("Give the date and time of publication."), BLOCK)


def for_readers(kind, was_wrong, note):
    """{field: sentence} for what a change of this kind must say to readers."""
    missing = {}
    if kind == Article.Change.CORRECTION and not (was_wrong or "").strip():
        missing["was_wrong"] = _("Say what was wrong: readers are told of a correction.")
    if kind == Article.Change.CORRECTION and not (note or "").strip():
        missing["change_note"] = _("Say what the article says now: readers are told of a correction.")
    if kind == Article.Change.MAJOR and not (note or "").strip():
        missing["change_note"] = _("Say what has changed: readers are told of a major change.")
    return missing


def told_readers(draft):
    article = draft.article
    if article.revises_id:
        for field, sentence in for_readers(article.change_kind, article.was_wrong, article.change_note).items():
            yield Finding(field, sentence, BLOCK)


def topic(draft):
    if not draft.chosen("topics"):
        yield Finding("topics", _("Choose at least one topic."), BLOCK)


def region(draft):
    if not draft.chosen("regions"):
        yield Finding("regions", _("Choose at least one region."), BLOCK)


def press_contact(draft):
    contacts = Contact.objects.filter(pk__in=draft.chosen("contacts"))
    if not any(map(is_reachable, contacts)):
        yield Finding("contacts", _("Choose a press contact who can be reached by e-mail or telephone today."), BLOCK)


def is_reachable(contact):
    """Whether the contact, or the successor that readers see instead, has an e-mail address or a telephone."""
    contact = contact.for_public()
    return contact is not None and bool(contact.email or contact.phones.exists())


def standfirst(draft):
    if not draft.article.summary.strip():
        yield Finding("summary", _("Write a standfirst: one or two sentences that say what it is about."))
