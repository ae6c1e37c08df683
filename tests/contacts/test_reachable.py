"""Every contact says whether they can be called at this minute, and pages say so to the minute, from the cache, too."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine

from contacts.models import OfficeClosure, OpeningHours, Phone
from contacts.reachable import now as reachable
from tests.cast import make_article, make_contact, make_office
from tests.newsroom.cached import CountRenders

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
MONDAY_NOON = datetime(2026, 11, 30, 11, 0, tzinfo=UTC)  # twelve o'clock in Zurich
PLACE = "</time>, Geneva, "


def office_with_hours(code="geneva", opens=9, closes=17, **changes):
    office = make_office(code, **changes)
    for day in range(5):
        OpeningHours.objects.create(office=office, weekday=day, opens=time(opens), closes=time(closes))
    return office


def contact_with(*kinds, code="media-unit", name="Media Unit", **changes):
    contact = make_contact(code, name, **changes)
    for number, kind in enumerate(kinds):
        Phone.objects.create(contact=contact, kind=kind, display=f"+41 22 717 93 8{number}")
    return contact


def reach(contact, *moment):
    found = reachable.of_contact(contact, now=datetime(*moment, tzinfo=UTC))
    shown = found and (found.until or found.opens)
    return found and (found.is_now, found.by_duty, f"{shown:%a %H:%M} {found.offset}" if shown else "")


def line(client, path="/en/media-contacts/"):
    """What the first contact of a page says."""
    page = client.get(path).content.decode()
    return " ".join(page.partition('<p class="callable')[2].partition(">")[2].partition("</p>")[0].split())


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ((2026, 11, 30, 7, 59), (False, False, "Mon 09:00 UTC+1")),
        ((2026, 11, 30, 8, 0), (True, False, "Mon 17:00 UTC+1")),
        ((2026, 11, 30, 16, 0), (False, False, "Tue 09:00 UTC+1")),
        ((2026, 3, 27, 16, 0), (False, False, "Mon 09:00 UTC+2")),  # the clocks are put forward in between
        ((2026, 10, 23, 15, 0), (False, False, "Mon 09:00 UTC+1")),
    ],
)
def test_a_contact_is_reached_in_the_hours_of_its_office(moment, expected):
    office_with_hours()
    assert reach(contact_with("landline"), *moment) == expected


def test_a_duty_telephone_is_answered_at_any_hour():
    office_with_hours()
    assert reach(contact_with("landline", "duty"), 2026, 11, 29, 3, 0) == (True, True, "Mon 09:00 UTC+1")
    only_duty = contact_with("duty", code="duty", name="Duty officer")
    assert reach(only_duty, 2026, 11, 30, 11, 0) == (True, True, "")


def test_nothing_is_said_of_whom_nobody_knows_the_hours():
    contact = contact_with("landline")  # an office without hours
    assert reach(contact, 2026, 11, 30, 11, 0) is None
    office_with_hours()
    assert reach(make_contact("mail", "By e-mail only"), 2026, 11, 30, 11, 0) is None


def test_of_a_list_it_says_who_can_be_called_and_who_can_be_next():
    geneva, suva = office_with_hours(), office_with_hours("suva", name="Suva", timezone="Pacific/Fiji")
    contacts = [
        contact_with("landline", code="geneva-desk", office=geneva, languages=["fr"]),
        contact_with("landline", code="geneva-english", office=geneva, languages=["en"]),
        contact_with("landline", code="suva-desk", office=suva, languages=["en"]),
    ]
    noon, night = reachable.of_list(contacts, now=MONDAY_NOON), MONDAY_NOON - timedelta(hours=17)
    assert [contact.code for contact in noon.now] == ["geneva-english", "geneva-desk"]
    later = reachable.of_list(contacts, now=night)
    assert (later.now, later.next.code) == ([], "suva-desk")
    assert reachable.of_list([], now=night) is None


def test_the_contacts_of_an_office_that_closes_for_good_answer_until_that_day(client):
    office = office_with_hours(closed=MONDAY_NOON.date() + timedelta(days=1))
    contact = contact_with("landline", office=office)
    make_article(slug="story", contacts=[contact], publish_at=MONDAY_NOON - timedelta(days=1))
    with time_machine.travel(MONDAY_NOON, tick=False) as clock:
        pages = ["/en/media-contacts/", "/en/offices/geneva/", "/en/news/story/"]
        assert [line(client, path)[:17] for path in pages] == ["Can be called now"] * 3
        clock.shift(timedelta(days=1))
        assert [line(client, path) for path in pages] == [""] * 3


def test_the_list_of_an_article_begins_with_who_can_be_called(client):
    geneva, suva = office_with_hours(), office_with_hours("suva", name="Suva", timezone="Pacific/Fiji")
    desks = [("one", "Geneva desk", geneva), ("two", "Suva desk", suva)]
    contacts = [contact_with("landline", code=code, name=name, office=office) for code, name, office in desks]
    make_article(slug="story", contacts=contacts, publish_at=MONDAY_NOON - timedelta(days=1))
    with time_machine.travel(MONDAY_NOON, tick=False) as clock:
        assert line(client, "/en/news/story/") == "Can be called now: Geneva desk"
        clock.shift(timedelta(hours=7))
        assert line(client, "/en/news/story/").startswith("Nobody can be called now. First again: Suva desk, <time")


def test_pages_say_it_in_words(client):
    office_with_hours()
    contact_with("landline")
    with time_machine.travel(MONDAY_NOON, tick=False) as clock:
        for path in ("/en/media-contacts/", "/en/offices/geneva/"):
            assert line(client, path) == (
                'Can be called now (<time datetime="2026-11-30T17:00:00+01:00">until 17:00' + PLACE
                + '<bdi dir="ltr">UTC+1</bdi>)'
            )  # fmt: skip
        clock.shift(timedelta(hours=6))
        assert line(client) == (
            'Can be called next: <time datetime="2026-12-01T09:00:00+01:00">Tue, 1 Dec, 09:00' + PLACE
            + '<bdi dir="ltr">UTC+1</bdi>'
        )  # fmt: skip


def test_an_office_with_a_telephone_says_so_on_its_own_page(client):
    office = office_with_hours()
    Phone.objects.create(office=office, display="+41 22 717 93 89")
    OfficeClosure.objects.create(office=office, first_day=date(2026, 11, 30), last_day=date(2026, 12, 4))
    with time_machine.travel(MONDAY_NOON, tick=False):
        assert "Mon, 7 Dec, 09:00" in line(client, "/en/offices/geneva/")


def test_an_article_is_right_to_the_minute_and_its_blocks_are_rendered_once_in_between(client):
    office_with_hours()
    make_article(slug="story", contacts=[contact_with("landline")], publish_at=MONDAY_NOON - timedelta(days=1))
    with time_machine.travel(MONDAY_NOON.replace(hour=15, minute=58), tick=False) as clock:
        assert line(client, "/en/news/story/").startswith("Can be called now")
        clock.shift(timedelta(minutes=1))
        assert line(client, "/en/news/story/").startswith("Can be called now")
        clock.shift(timedelta(minutes=1))
        assert line(client, "/en/news/story/").startswith("Can be called next")


def test_cached_pages_change_at_the_minute_too(cached, clock):
    office = office_with_hours(opens=0, closes=1, timezone="UTC")
    contact_with("landline", office=office)
    now = datetime.now(UTC)
    opens = now + timedelta(seconds=20)
    OpeningHours.objects.all().delete()
    OpeningHours.objects.create(
        office=office, weekday=opens.weekday(), opens=opens.time().replace(microsecond=0), closes=time(23, 59, 59)
    )
    from articles.models import list_changes

    list_changes.note_names()
    assert "Can be called next" in cached.get("/en/media-contacts/").content.decode()
    clock.shift(19)
    assert "Can be called next" in cached.get("/en/media-contacts/").content.decode()
    assert CountRenders.seen["/en/media-contacts/"] == 1
    clock.shift(1)
    assert "Can be called now" in cached.get("/en/media-contacts/").content.decode()


def test_the_next_change_is_the_earliest_of_all_offices():
    assert reachable.next_change(MONDAY_NOON) is None
    office_with_hours()
    office_with_hours("suva", name="Suva", timezone="Pacific/Fiji")
    assert reachable.next_change(MONDAY_NOON) == datetime(2026, 11, 30, 16, tzinfo=UTC)
    assert reachable.next_change(MONDAY_NOON + timedelta(hours=6)) == datetime(2026, 11, 30, 21, tzinfo=UTC)


@pytest.mark.parametrize("number", [2, 6])
def test_a_list_of_any_length_takes_the_same_queries(client, django_assert_num_queries, number):
    for one in range(number):
        office = office_with_hours(f"office-{one}", name=f"Office {one}")
        contact_with("landline", code=f"contact-{one}", name=f"Contact {one}", office=office)
    client.get("/en/media-contacts/")  # reads names and hours
    with django_assert_num_queries(12):
        client.get("/en/media-contacts/")
