"""The desk lists recent articles whose readers find nobody to ask."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.desk.panels import unreachable
from articles.models import Article
from tests.cast import make_article, make_contact, make_user

pytestmark = pytest.mark.django_db


def found():
    return [row.headline for row in unreachable(Article.objects.all(), timezone.now())]


def test_only_those_without_anybody_who_can_be_reached_today():
    ended = {"valid_until": timezone.now().date() - timedelta(1)}
    reached = make_contact("reached")
    followed = make_contact("followed", replaced_by=reached, **ended)
    gone, silent = make_contact("gone", **ended), make_contact("silent", email="")
    called = make_contact("called", email="")
    called.phones.create(display="+41 22 717 93 89")
    for name, contacts in {
        "reached": [reached], "followed": [followed], "called": [called], "one of two": [gone, reached],
        "nobody": [], "gone": [gone], "silent": [silent], "both": [gone, silent],
    }.items():  # fmt: skip
        make_article(headline=name, contacts=contacts)
    make_article(headline="draft", state="draft")
    make_article(headline="withdrawn", state="withdrawn", withdrawal_note="Why.")
    make_article(headline="scheduled", publish_at=timezone.now() + timedelta(days=1))
    assert sorted(found()) == ["both", "gone", "nobody", "scheduled", "silent"]


def test_it_costs_the_same_with_few_and_with_many_articles_and_is_on_the_desk(client):
    client.force_login(make_user("aziz", "approver"))
    counted = []
    for number in range(20):
        make_article(headline=f"Alone {number}", contacts=[make_contact(f"c{number}", email="")])
        if number in (9, 19):
            with CaptureQueriesContext(connection) as queries:
                assert len(found()) == number + 1
            counted.append(len(queries))
    assert counted[0] == counted[1]
    shown = client.get("/admin/").content.decode()
    assert "Nobody to ask" in shown
    assert "Alone 19" in shown[shown.index('id="desk-unreachable"') :]
