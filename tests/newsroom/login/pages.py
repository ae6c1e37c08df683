"""Helpers of the tests of the log-in: forms of its pages as a browser sends them, and the mails that the worker sends."""

import re

from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend

from newsroom.login import mails
from tests.forms import Page


class _FormAt(Page):
    """Reads the form with that action, whatever its id; `action` "" is a form without one."""

    def __init__(self, action):
        super().__init__(convert_charrefs=True)
        self.action = action

    def handle_starttag(self, tag, attrs):
        if tag == "form":
            attrs = [("id", "this_form" if dict(attrs).get("action", "") == self.action else "other")]
        super().handle_starttag(tag, attrs)


def press(client, page, action, **typed):
    """Fill in the form of the page with that action, and send it. A hidden field keeps what it holds."""
    form = _FormAt(action)
    form.feed(page.content.decode())
    assert form.found, f"no form for {action}"
    for name, value in typed.items():
        if (name, value) not in form.buttons:
            form.change(name, value)
    pressed = {name: value for name, value in typed.items() if (name, value) in form.buttons}
    return client.post(action or page.request["PATH_INFO"], form.sent() | pressed)


def log_in(client, name, password="a long password", **headers):
    page = client.get("/admin/login/")
    return press(client, page, "/admin/login/", username=name, password=password)


def sent():
    """The mails that the worker sends now."""
    mail.outbox.clear()
    mails.send_due()
    return list(mail.outbox)


def link_in(letter):
    """The path of the first link of a mail."""
    return re.search(r"https?://[^/\s]+(/\S+)", letter.body)[1]


def told(response):
    """The messages on the page that the response leads to."""
    return [str(message) for message in response.context["messages"]]


class NoServer(BaseEmailBackend):
    """A mail server that nobody reaches."""

    def send_messages(self, messages):
        raise ConnectionRefusedError
