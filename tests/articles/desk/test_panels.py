"""The desk: what waits, what comes, what went out, what is missing; and a next step where there is nothing."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.desk.panels import desk
from articles.models import ImportRun, Move
from contacts.models import Phone
from tests.cast import make_article, make_contact, make_office, make_user

pytestmark = pytest.mark.django_db


def test_each_panel_holds_its_own(edna):
    soon = timezone.now() + timedelta(hours=3)
    waiting = make_article(state="in_review")
    scheduled = make_article(publish_at=soon)
    live = make_article()
    mine = make_article(state="draft", created_by=edna)
    make_article(state="draft")
    panels = desk(edna)
    assert list(panels["waiting"]) == [waiting]
    assert list(panels["scheduled"]) == [scheduled]
    assert list(panels["published"]) == [live]
    assert list(panels["mine"]) == [mine]


def test_whoever_waits_longest_comes_first(edna):
    later, earlier = make_article(state="in_review"), make_article(state="in_review")
    for article, days in ((later, 1), (earlier, 3)):
        step = Move.objects.create(article=article, name="submit", from_state="draft", to_state="in_review")
        Move.objects.filter(pk=step.pk).update(at=timezone.now() - timedelta(days=days))
    assert list(desk(edna)["waiting"]) == [earlier, later]


def test_missing_languages_are_named(edna):
    source = make_article()
    make_article(translation_of=source, language="fr")
    assert [(row, row.missing) for row in desk(edna)["untranslated"]] == [(source, ["es", "ar", "ru", "zh"])]


def test_telephones_that_cannot_be_tapped_are_listed_for_administrators(client):
    aziz = make_user("aziz", "approver")
    client.force_login(aziz)
    Phone.objects.create(contact=make_contact(), display="ask for extension 44")
    Phone.objects.create(contact=make_contact(), display="+41 22 717 93 89")
    assert [phone.display for phone in desk(aziz)["phones"]] == ["ask for extension 44"]
    assert "ask for extension 44" in client.get("/admin/").content.decode()


def test_an_empty_desk_says_what_to_do_next(client, edna):
    html = client.get("/admin/").content.decode()
    assert html.count('class="empty"') == 7
    assert "Start one with “Write an article”." in html


def test_times_are_the_offices_and_utc(client, edna):
    at = timezone.datetime(2100, 7, 1, 12, 0, tzinfo=timezone.get_fixed_timezone(0))
    make_article(publish_at=at, office=make_office())
    assert "14:00 (Zurich) · 12:00 UTC" in client.get("/admin/").content.decode()


def test_the_desk_costs_the_same_for_few_and_for_many(client, edna):
    def fill(number):
        for index in range(number):
            for changes in ({}, {"state": "in_review"}, {"state": "draft", "created_by": edna}):
                make_article(office=make_office(f"office-{index}", "Office"), **changes)
            ImportRun.objects.create(source=f"{index}.json", sha256="a" * 64)

    client.force_login(make_user("aziz", "approver"))
    fill(2)
    client.get("/admin/")
    with CaptureQueriesContext(connection) as few:
        client.get("/admin/")
    fill(6)
    with CaptureQueriesContext(connection) as many:
        client.get("/admin/")
    assert len(many) == len(few)


def test_an_import_run_is_shown_and_cannot_be_changed(client, edna):
    run = ImportRun.objects.create(source="seeds.json", sha256="a" * 64, counts={"articles.article": {"created": 2}})
    page = client.get(f"/admin/articles/importrun/{run.pk}/change/")
    assert ">Articles</th>" in page.content.decode()
    assert client.post(f"/admin/articles/importrun/{run.pk}/change/", {"source": "x"}).status_code == 403


def test_what_is_published_today_on_the_offices_clock_says_so(client, edna):
    with time_machine.travel("2026-07-01 20:30:00+00:00", tick=False):
        at = timezone.now() + timedelta(hours=3)  # still the first in London, the second in Geneva
        make_article(publish_at=at, office=make_office(timezone="Europe/Zurich"))
        assert "<strong>Today</strong>" not in client.get("/admin/").content.decode()
        make_article(publish_at=at - timedelta(hours=2))
        assert client.get("/admin/").content.decode().count("<strong>Today</strong>") == 1


def test_a_panel_that_is_cut_says_how_many_there_are(client, edna):
    for _number in range(9):
        make_article(state="in_review")
    html = client.get("/admin/").content.decode()
    assert 'Waiting for review <span class="count">9</span>' in html
    assert "Show all (9)" in html


def test_missing_translations_are_counted(client, edna):
    for _number in range(10):
        make_article()
    assert len(desk(edna)["untranslated"]) == 8
    assert 'Missing translations <span class="count">10</span>' in client.get("/admin/").content.decode()


@pytest.mark.parametrize(
    ("role", "trust", "writes", "adds"),
    [
        ("writer", "to-review", True, True),
        ("writer", "trusted", True, True),
        ("translator", "to-review", False, False),
        ("editor", "to-review", True, True),
    ],
)
def test_the_desk_offers_what_the_person_may_do(client, role, trust, writes, adds):
    client.force_login(make_user("walt", role, trust=trust))
    html = client.get("/admin/").content.decode()
    for is_offered, address in ((writes, "/admin/articles/article/add/"), (adds, "/admin/articles/image/add/")):
        assert (f'class="action{" primary" if "article/" in address else ""}" href="{address}"' in html) == is_offered
        assert client.get(address).status_code == (200 if is_offered else 403)
    assert ("Start one with “Write an article”." in html) == writes


def test_who_is_refused_at_the_desk_finds_the_way_back_to_it(client):
    client.force_login(make_user("tara", "translator"))
    refused = client.get("/admin/articles/image/add/")
    assert refused.status_code == 403
    assert '<a class="button" href="/admin/">Desk</a>' in refused.content.decode()


def test_who_is_refused_elsewhere_is_not_sent_to_the_desk(rf):
    from newsroom.views import forbidden

    refused = forbidden(rf.get("/en/news/"), None)
    assert refused.status_code == 403
    assert "/admin/" not in refused.content.decode()
