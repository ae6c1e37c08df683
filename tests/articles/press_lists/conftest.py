"""Sendings as the admin plans and confirms them, and what the worker does."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Journalist, PressDelivery, Sending
from articles.press_lists import confirming, mails, planning, sending, versions
from tests.cast import make_ready_article, make_user

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _site(settings):
    settings.NEWSROOM_BASE_URL = "https://news.example.org"


@pytest.fixture
def aziz(db):
    return make_user("aziz", "approver")


def under_embargo(**changes):
    """An approved article that passes open for another hour."""
    now = timezone.now()
    values = {"state": "approved", "press_from": now - HOUR, "publish_at": now + HOUR, "first_published_at": now + HOUR}
    values |= {"headline": "Secret headline", "summary": "Secret summary.", "slug": "secret", "body": "<p>Secret.</p>"}
    return make_ready_article(**(values | changes))


def planned(article, *journalists, kind="public", by=None, note="", lists=()):
    row = Sending.objects.create(article=article, kind=kind, created_by=by)
    row.journalists.set(journalists)
    row.lists.set(lists)
    found = versions.versions(row, by) if by else {}
    row.texts = {
        code: {"subject": mails.default_subject(kind, one.article), "note": note} for code, one in found.items()
    }
    row.save()
    return row


def confirmed(article, *journalists, by, **changes):
    row = planned(article, *journalists, by=by, **changes)
    confirming.confirm(row, by, planning.plan(row, by).fingerprint)
    row.refresh_from_db()
    return row


def work():
    return sending.send_due()


def later():
    """As if gaps, claims and the hours until due had passed."""
    Journalist.objects.update(claimed_until=None, next_at=None, recent=[])
    PressDelivery.objects.waiting().update(due_at=timezone.now())


def left_out():
    return set(PressDelivery.objects.exclude(left_out="").values_list("left_out", flat=True))
