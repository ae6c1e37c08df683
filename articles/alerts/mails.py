"""The mails of alerts, as text and as HTML, in the language and direction of the subscription."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from contacts.languages import organisation_name

from ..mail import links
from ..mail.messages import list_headers, message
from ..models import Announcement
from .filters import described

Kind = Announcement.Kind


def of_items(subscriber, subscriptions, items, deliveries):
    """The mail with these Items. subscriptions: those for whose filters it is sent, all of one language.

    Its Message-ID follows from the deliveries (ids): a second copy can be known.
    """
    language = subscriptions[0].language
    end = _end_address(subscriber, language, sorted(one.pk for one in subscriptions))
    with override(language):
        context = {
            "items": items,
            "is_one": len(items) == 1,
            "filters": [described(one.filter, language) for one in subscriptions],
            "end_address": end,
        }
        headers = list_headers(f"alerts.{language.lower()}", end)
        name = f"{min(deliveries)}.{max(deliveries)}"
        return _mail(subscriber, language, _subject(items), "items", name, context, headers)


def about_subscription(subscription):
    """The mail that asks to confirm a subscription or, if it is confirmed, leads to the page to manage it."""
    language, subscriber = subscription.language, subscription.subscriber
    is_new = subscription.confirmed_at is None
    with override(language):
        context = {"filter": described(subscription.filter, language), "subscription": subscription}
        if is_new:
            token = links.token(links.CONFIRM, subscriber.key, subscription.pk)
            context["confirm_address"] = links.address(language, "alerts-confirm", token)
            subject = _("Confirm your subscription: %(newsroom)s")
        else:
            subject = _("Your subscription: %(newsroom)s")
        name = f"{'confirm' if is_new else 'known'}.{subscription.pk}.{int(subscription.mail_wanted_at.timestamp())}"
        subject %= {"newsroom": organisation_name()}
        # By this link, which only this mail has, a mail that comes back says whose it was.
        headers = {"List-Unsubscribe": f"<{_end_address(subscriber, language, [subscription.pk])}>"}
        return _mail(subscriber, language, subject, "confirm" if is_new else "known", name, context, headers)


def _end_address(subscriber, language, ids):
    return links.address(language, "alerts-end", links.token(links.END, subscriber.key, *ids))


def _mail(subscriber, language, subject, template, name, context, headers=None):
    context["manage_address"] = links.address(language, "alerts-manage", links.token(links.MANAGE, subscriber.key))
    template, name = f"articles/alerts/mail/{template}", f"alerts.{subscriber.pk}.{name}"
    return message(subscriber.email, language, subject, template, context, name, headers)


def _subject(items):
    if len(items) == 1:
        [item] = items
        return item.title if item.kind == Kind.PUBLISHED else f"{item.label}: {item.title}"
    number = len(items)
    return ngettext("%(name)s: %(number)d item", "%(name)s: %(number)d items", number) % {
        "name": organisation_name(),
        "number": number,
    }
