"""Mails to people outside, as text and as HTML, in the language and direction of their reader."""

from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from contacts.languages import direction, organisation_name

from . import links

LONGEST_SUBJECT = 150  # characters


def message(to, language, subject, template, context, message_id, headers=None):
    """The EmailMultiAlternatives of a template without its ending; call it with the language active.

    message_id: what comes before the @. It follows from what is sent, so that a second copy can be known.
    """
    newsroom = organisation_name()
    context = context | {
        "newsroom": newsroom,
        "language": language,
        "direction": direction(language),
        "home_address": links.address(language, "home"),
    }
    mail = EmailMultiAlternatives(
        one_line(subject),
        render_to_string(f"{template}.txt", context),
        sender(newsroom),
        to=[to],
        headers={
            "Message-ID": f"<{message_id}@{domain()}>",
            "Auto-Submitted": "auto-generated",
            "Precedence": "list",
            "Content-Language": language,
            **(headers or {}),
        },
    )
    mail.attach_alternative(render_to_string(f"{template}.html", context), "text/html")
    return mail


def list_headers(name, end_address):
    """The headers of a list (RFC 2919) that one click leaves (RFC 8058)."""
    return {
        "List-Id": f"{_ascii(organisation_name())} <{name}.{domain()}>".strip(),
        "List-Unsubscribe": f"<{end_address}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def one_line(text):
    """In one line: a header must not have a line break, whatever stands in a headline."""
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_SUBJECT else f"{text[: LONGEST_SUBJECT - 1]}…"


def sender(newsroom):
    """The configured sender, by the name of the newsroom unless it has one."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((name or one_line(newsroom), address))


def domain():
    found = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return found if found.isascii() and found else "localhost"


def _ascii(text):
    """The name in a List-Id: left out if it is not in ASCII."""
    return f'"{text}"' if text.isascii() and '"' not in text and "\\" not in text else ""
