"""Checks of what an article must have before it is approved: a date, a topic, a region, a contact who answers."""

from django.utils.translation import gettext as _

from contacts.models import Contact

from .finding import BLOCK, Finding


def date(draft):
    if draft.article.publish_at is None:
        yield Finding("publish_at", _("Give the date and time of publication."), BLOCK)


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
