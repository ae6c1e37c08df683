"""The calendar: what falls into a week or a month, in which time zone, and moving it, by whom, and what is refused."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from articles.desk import scheduling
from articles.models import Article
from articles.publishing import limiting
from articles.publishing.workflow import move
from tests.cast import chain_is_whole, make_article, make_office, make_ready_article, make_user

pytestmark = pytest.mark.django_db
CALENDAR = "/admin/articles/article/calendar/"


@pytest.fixture(autouse=True)
def _november():
    with time_machine.travel(datetime(2026, 11, 10, 12, tzinfo=UTC), tick=False):
        yield


def utc(*parts):
    return datetime(2026, *parts, tzinfo=UTC)


def shown(client, query="?on=2026-11-10"):
    """{day: [(headline, field)]}"""
    days = client.get(CALENDAR + query).context["days"]
    return {
        f"{day:%m-%d}": [(entry.article.headline, entry.field) for entry in entries] for day, entries, *_more in days if entries
    }  # fmt: skip


def send(client, article, at, field="publish_at", version=None, **more):
    sent = {"field": field, "at": at, "version": version or article.version, **more}
    response = client.post(f"/admin/articles/article/{article.pk}/schedule/", sent, follow=True)
    article.refresh_from_db()
    return [str(message) for message in response.context["messages"]]


def test_publications_and_embargoes_stand_on_the_days_of_their_offices(client, edna):
    apia = make_office("apia", "Apia Office", timezone="Pacific/Apia")
    make_article(state="draft", headline="A", publish_at=utc(11, 10, 9))
    make_article(state="in_review", headline="B", publish_at=utc(11, 14, 20), press_from=utc(11, 12, 12), office=apia)
    make_article(state="gone", headline="C", publish_at=utc(11, 11))
    assert shown(client) == {
        "11-10": [("A", "publish_at")], "11-13": [("B", "press_from")], "11-15": [("B", "publish_at")],
    }  # fmt: skip
    assert list(shown(client, "?view=week&on=2026-11-10")) == ["11-10", "11-13", "11-15"]
    assert shown(client, "?on=2026-12-20") == {}
    assert list(shown(client, "?on=2026-11-10&office=apia")) == ["11-13", "11-15"]
    assert shown(client, "?on=2026-11-10&language=fr") == {}


def test_times_can_be_ones_own(client):
    make_article(state="draft", headline="A", publish_at=utc(11, 10, 2))
    client.force_login(make_user("tara", "editor", office=make_office("lima", "Lima", timezone="America/Lima")))
    Article.objects.update(office=make_office("lima"))
    Article.objects.update(office=None)
    client.force_login(make_user("chief", "editor"))
    assert list(shown(client)) == ["11-10"]
    both = make_user("both", "editor")
    both.memberships.create(role="writer", office=make_office("lima"))
    client.force_login(both)
    assert list(shown(client, "?on=2026-11-10&times=own")) == ["11-09"]


def test_what_one_may_not_see_is_not_there(client):
    make_article(state="draft", headline="SECRET", publish_at=utc(11, 10, 9), office=make_office("lima", "Lima"))
    client.force_login(make_user("walt", "writer", office=make_office("geneva")))
    assert shown(client) == {}


@pytest.mark.parametrize(
    "odd", ["?on=x", "?on=0001-01-01", "?on=9999-12-31", "?view=year", "?office=none", "?language=xx"]
)
def test_odd_addresses_show_a_calendar(client, edna, odd):
    assert client.get(CALENDAR + odd).status_code == 200


def test_a_draft_is_moved_in_its_offices_time(client, edna):
    article = make_ready_article(publish_at=utc(11, 12, 9))
    told = send(client, article, "2026-11-13T10:00", back=f"{CALENDAR}?view=week")
    assert article.publish_at == utc(11, 13, 9)
    assert "10:00 (Zurich)" in told[0]
    last = article.moves.first()
    assert (last.name, last.by, last.reason) == ("reschedule", edna, "2026-11-12 10:00 → 2026-11-13 10:00 (Zurich)")


def test_who_approves_moves_what_is_scheduled_and_it_stays_approved(client, settings):
    settings.FOUR_EYES = True
    walt, aziz = make_user("walt", "writer"), make_user("aziz", "approver")
    article = make_ready_article(publish_at=utc(11, 12, 9))
    move(article, "submit", walt)
    move(article, "approve", aziz)
    client.force_login(walt)
    assert send(client, article, "2026-11-13T10:00") == ["This is not possible now, or not allowed to you."]
    client.force_login(aziz)
    send(client, article, "2026-11-13T10:00")
    assert (article.state, article.publish_at, article.first_published_at) == (
        "approved",
        utc(11, 13, 9),
        utc(11, 13, 9),
    )
    editions = article.revisions.exclude(edition=None)
    assert [(row.edition, row.content["publish_at"]) for row in editions] == [(1, "2026-11-13T09:00:00+00:00")]
    assert chain_is_whole(article)


@pytest.mark.parametrize(
    ("at", "field", "told"),
    [
        ("2026-11-09T10:00", "publish_at", "Choose a time to come."),
        ("2026-11-11T10:00", "publish_at", "The embargo cannot start after publication."),
        ("2026-11-19T10:00", "press_from", "The embargo cannot start after publication."),
        ("nonsense", "publish_at", "Enter a valid date/time."),
        ("3026-11-14T10:00", "publish_at", "Enter a valid date/time."),
        ("", "publish_at", "This field is required."),
        ("2027-03-28T02:30", "publish_at", "There is no 02:30 on this day in Zurich"),
        ("2026-11-13T10:00", "created_at", "This is not possible now"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(client, edna, at, field, told):
    article = make_ready_article(publish_at=utc(11, 14, 9), press_from=utc(11, 12, 9))
    before = Article.objects.filter(pk=article.pk).values().get()
    assert told in send(client, article, at, field)[0]
    assert Article.objects.filter(pk=article.pk).values().get() == before


def test_what_is_public_cannot_be_moved_nor_what_somebody_else_changed(client):
    client.force_login(make_user("aziz", "approver"))
    live = make_ready_article(state="approved", publish_at=utc(11, 9))
    assert "not possible" in send(client, live, "2026-11-13T10:00")[0]
    draft = make_ready_article(publish_at=utc(11, 12))
    assert "Somebody else changed" in send(client, draft, "2026-11-13T10:00", version=7)[0]
    sent = {"field": "publish_at", "at": "2026-11-13T10:00"}
    refused = client.post(f"/admin/articles/article/{draft.pk}/schedule/", sent, follow=True)
    assert "Somebody else changed" in str(*refused.context["messages"])
    draft.refresh_from_db()
    assert draft.publish_at == utc(11, 12)


def test_the_way_back_leads_nowhere_else(client, edna):
    article = make_ready_article(publish_at=utc(11, 12, 9))
    address = f"/admin/articles/article/{article.pk}/schedule/"
    for back in ("https://evil.example/", "//evil.example", f"https://evil.example{CALENDAR}?", "\\evil"):
        assert client.post(address, {"back": back}).url == CALENDAR


def test_it_costs_the_same_for_few_and_for_many(client, edna):
    def fill(number):
        for index in range(number):
            office = make_office(f"office-{index}", "Office")
            make_article(state="draft", office=office, publish_at=utc(11, 12), press_from=utc(11, 11))
            copied = make_article(publish_at=utc(11, 1), office=office)
            make_article(revises=copied, slug=copied.slug, state="draft", publish_at=utc(11, 12), office=office)
            limiting.limit(make_article(state="draft", publish_at=utc(11, 13)), [edna])

    fill(2)
    client.get(CALENDAR)
    with CaptureQueriesContext(connection) as few:
        client.get(CALENDAR)
    fill(8)
    with CaptureQueriesContext(connection) as many:
        client.get(CALENDAR)
    assert len(many) == len(few)


@given(
    day=st.dates(datetime(1901, 1, 1).date(), datetime(2199, 12, 31).date()), view=st.sampled_from(["week", "month"])
)
def test_weeks_begin_on_monday_and_steps_lead_on(day, view):
    first, last = scheduling.days_shown(day, view)
    assert (first.weekday(), last.weekday()) == (0, 6)
    assert first <= day <= last
    after = scheduling.step(day, view, True)
    assert after > day
    assert scheduling.step(after, view, False) <= after - timedelta(days=7)
