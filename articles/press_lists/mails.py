"""The mails to the press: a public text with its summary or, under embargo, the URL of a pass and no text."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from contacts.cldr.formats import labelled

from ..alerts.stories import Item, Stories, item_of, item_of_taken
from ..mail import links
from ..mail.messages import list_headers, message
from ..models import Announcement, Sending
from ..pages.private.views import in_office_time

Kind = Sending.Kind
TEMPLATE = "articles/press_lists/mail/sending"
EXAMPLE = "example"  # stands for the secret part of URLs in a preview


@dataclass
class Content:
    """What a mail shows: a public article (or that it was taken away), or a pass. `edition`: whose text this is."""

    edition: int
    item: Item | None = None
    pass_address: str = ""
    until: dict | None = None


def of_pass(article, token, edition):
    """The Content of a text under embargo: nothing of the text, not even its headline."""
    with override(article.language):
        address = links.absolute(reverse("press", args=[token]))
        return Content(edition, pass_address=address, until=in_office_time(article.publish_at, article))


def of_delivery(delivery, content):
    journalist = delivery.journalist
    token = links.token(links.PRESS_END, journalist.key, delivery.pk)
    name = f"press.{delivery.sending_id}.{delivery.pk}"
    return _write(journalist, delivery.language, delivery.sending.texts, content, token, name)


def preview(plan, language):
    """The mail in one language as the first journalist of the plan who gets it would see it; None if nobody does."""
    first = next((one for one in plan.recipients if one.language == language), None)
    if first is None:
        return None
    return _write(
        first.journalist, language, plan.sending.texts, _example(plan.sending.kind, first.version), EXAMPLE, EXAMPLE
    )


def _example(kind, version):
    if kind == Kind.EMBARGO:
        return of_pass(version.article, EXAMPLE, version.number)
    stories = Stories()
    if kind in (Kind.WITHDRAWN, Kind.REMOVED):
        return Content(0, item_of_taken(version.article, kind))
    story = stories.live([version.base.pk])[version.base.pk]
    if kind == Kind.CORRECTED:
        return Content(story.edition, item_of(story, kind, [version.number]))
    return Content(story.edition, item_of(story, kind if kind == Kind.RETURNED else "published"))


def default_subject(kind, article):
    """The subject that the form proposes; under embargo it says nothing of the text."""
    with override(article.language):
        if kind == Kind.EMBARGO:
            return _("Under embargo: a text for you to read")
        if kind == Kind.PUBLIC:
            return article.headline
        title = article.reference if kind == Kind.REMOVED else article.headline
        return labelled(Announcement.Kind(kind).label, title)


def _write(journalist, language, texts, content, token, name):
    with override(language):
        own, end = texts.get(language, {}), links.address(language, "press-mails-end", token)
        context = {
            "note": own.get("note", ""),
            "item": content.item,
            "is_one": True,
            "content": content,
            "consent_on": journalist.consent_on,
            "end_address": end,
        }
        headers = list_headers(f"press.{language.lower()}", end)
        return message(journalist.email, language, own.get("subject", ""), TEMPLATE, context, name, headers)
