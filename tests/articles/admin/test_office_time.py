"""Times are typed in the zone of the issuing office; what nobody changed stays, to the microsecond."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.admin.local_time import LocalTimeField, Typed, possible_moments
from articles.models import Article
from contacts.models import Membership
from tests.cast import make_article, make_office, make_ready_article, make_user
from tests.forms import errors, filled

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

ZONES = [
    "UTC",
    "Europe/Zurich",
    "America/Lima",
    "Asia/Kathmandu",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Pacific/Apia",
]


def at(article):
    return f"/admin/articles/article/{article.pk}/change/"


def save(client, article, **changes):
    answer = client.post(at(article), filled(client.get(at(article)), **changes))
    article.refresh_from_db()
    return answer


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


def test_what_is_typed_is_the_offices_time(client, edna):
    article = make_ready_article(publish_at=None)
    save(client, article, publish_at="2026-07-01T14:00", press_from="2026-06-30T18:30")
    assert (article.publish_at, article.press_from) == (utc(2026, 7, 1, 12), utc(2026, 6, 30, 16, 30))
    page = client.get(at(article)).content.decode()
    assert 'value="2026-07-01T14:00"' in page
    assert "Date and time in Zurich" in page
    assert "14:00 (Zurich) · 12:00 UTC" in page


def test_without_an_office_it_is_the_headquarters_time_or_utc(client, edna):
    article = make_article(state="draft", publish_at=None)
    save(client, article, publish_at="2026-07-01T14:00")
    assert article.publish_at == utc(2026, 7, 1, 14)
    make_office("hq", "Headquarters", kind="headquarters", timezone="Africa/Nairobi")
    save(client, article, publish_at="2026-07-01T14:00")
    assert article.publish_at == utc(2026, 7, 1, 11)


def test_ones_own_time_stands_beside_it(client):
    user = make_user("tara", "editor", office=make_office("lima", "Lima Office", timezone="America/Lima"))
    Membership.objects.create(user=user, role="editor")
    client.force_login(user)
    article = make_ready_article(publish_at=utc(2026, 7, 1, 3))
    page = client.get(at(article)).content.decode()
    assert "05:00 (Zurich) · 03:00 UTC · 30 Jun 2026 22:00 (Lima)" in page


@pytest.mark.parametrize(
    "moment", [utc(2026, 10, 25, 0, 30), utc(2026, 10, 25, 1, 30, 7, 123), utc(2026, 7, 1, 12, 0, 5, 9)]
)
def test_a_form_saved_unchanged_keeps_every_microsecond_and_the_second_of_two_equal_hours(client, edna, moment):
    article = make_ready_article(publish_at=moment, press_from=moment - timedelta(microseconds=3))
    before = Article.objects.filter(pk=article.pk).values().get()
    assert save(client, article).status_code == 302
    assert Article.objects.filter(pk=article.pk).values().get() == before


def test_with_another_office_the_typed_time_is_that_offices(client, edna):
    lima = make_office("lima", "Lima Office", timezone="America/Lima")
    article = make_ready_article(publish_at=utc(2026, 7, 1, 12), press_from=utc(2026, 7, 1, 10))
    save(client, article, office=lima.pk)
    assert (article.publish_at, article.press_from) == (utc(2026, 7, 1, 19), utc(2026, 7, 1, 17))
    assert article.office == lima
    save(client, article, office=make_office().pk, publish_at="2026-07-01T15:00")
    assert (article.publish_at, article.press_from) == (utc(2026, 7, 1, 13), utc(2026, 7, 1, 10))


def test_a_time_that_the_clocks_leave_out_is_refused(client, edna):
    article = make_ready_article(publish_at=None)
    answer = save(client, article, publish_at="2026-03-29T02:30")
    assert errors(answer)["publish_at"] == [
        "There is no 02:30 on this day in Zurich, because the clocks are put forward."
    ]
    assert article.publish_at is None


def test_of_a_time_that_comes_twice_the_form_asks_which(client, edna):
    article = make_ready_article(publish_at=None)
    answer = save(client, article, publish_at="2026-10-25T02:30")
    assert "comes twice on this day in Zurich" in errors(answer)["publish_at"][0]
    client.post(at(article), filled(answer, publish_at_which="1"))
    article.refresh_from_db()
    assert article.publish_at == utc(2026, 10, 25, 1, 30)
    save(client, article, publish_at_which="0")
    assert article.publish_at == utc(2026, 10, 25, 0, 30)


def test_odd_times_are_refused_or_read(client, edna):
    article = make_ready_article(publish_at=None)
    form = client.get(at(article))
    for odd in ("x", "2026-13-01T10:00", "0001-01-01T00:00", "9999-12-31T23:59", "|1", "2026-01-01T10:00|7"):
        answer = client.post(at(article), filled(form, tampered={"publish_at": odd}))
        assert answer.status_code in (200, 302), odd
        if answer.status_code == 200:
            assert errors(answer)["publish_at"], odd
        else:
            form = client.get(at(article))


def test_a_time_with_its_zone_is_that_moment():
    assert LocalTimeField(zone="Europe/Zurich").clean("2026-07-01T14:00Z") == utc(2026, 7, 1, 14)


@given(
    moment=st.datetimes(datetime(1990, 1, 1), datetime(2040, 1, 1)).map(lambda one: one.replace(tzinfo=UTC)),
    zone=st.sampled_from(ZONES),
)
def test_what_the_field_shows_it_reads_again(moment, zone):
    field = LocalTimeField(zone=zone)
    moment = moment.replace(microsecond=0)
    assert field.clean(field.prepare_value(moment)) == moment
    assert not field.has_changed(moment, field.prepare_value(moment))


@given(local=st.datetimes(datetime(1990, 1, 1), datetime(2040, 1, 1)), zone=st.sampled_from(ZONES))
def test_there_are_as_many_moments_as_clocks_show_it(local, zone):
    moments = possible_moments(local, zone)
    assert len(moments) <= 2
    assert all(moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0) == local for moment in moments)
    for number, moment in enumerate(moments):
        assert Typed(local, str(number)).moment(zone) == moment
