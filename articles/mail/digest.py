"""The mail of one or several notices to a person of the desk, in their language, as text and as HTML."""

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import ngettext, override

from contacts.cldr.formats import labelled
from contacts.languages import direction, organisation_name

from . import links, messages


def message(recipient, notices):
    """The EmailMultiAlternatives for these notices. Its Message-ID follows from them: a second copy can be known."""
    with override(recipient.language):
        context = {
            "newsroom": organisation_name(),
            "language": recipient.language,
            "direction": direction(recipient.language),
            "notices": [(notice, _address_of(notice)) for notice in notices],
            "settings_address": _address("mail_settings"),
        }
        mail = EmailMultiAlternatives(
            _subject(notices, context["newsroom"]),
            render_to_string("admin/mail/digest.txt", context),
            to=[recipient.user.email],
            headers={
                "Message-ID": f"<newsroom.{recipient.pk}.{notices[0].pk}.{notices[-1].pk}@{messages.domain()}>",
                "Auto-Submitted": "auto-generated",
                "Content-Language": recipient.language,
            },
        )
        mail.attach_alternative(render_to_string("admin/mail/digest.html", context), "text/html")
    return mail


def _subject(notices, newsroom):
    """In one line: a header must not have a line break, whatever stands in a headline."""
    if len(notices) == 1:
        subject = labelled(notices[0].get_kind_display(), notices[0].title)
    else:
        number = len(notices)
        subject = ngettext("%(name)s: %(number)d message", "%(name)s: %(number)d messages", number) % {
            "name": newsroom,
            "number": number,
        }
    return messages.one_line(subject)


def _address_of(notice):
    if notice.enquiry_id:
        return _address("articles_enquiry_change", notice.enquiry_id)
    if notice.contact_id:
        return _address("contacts_contact_end", notice.contact_id)
    return _address("articles_article_change", notice.article_id)


def _address(name, *arguments):
    return links.absolute(reverse(f"admin:{name}", args=arguments))
