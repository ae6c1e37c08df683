"""Pinned articles and banners: shown on their page, marked, until their time; the newest story is never hidden by them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, Banner, Pin
from articles.pages import front_pages
from tests.cast import make_article, make_office, make_region, make_user
from tests.forms import errors, filled

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def story(hours, **changes):
    return make_article(publish_at=timezone.now() - hours * HOUR, **changes)


@pytest.fixture
def stories():
    """The newest first."""
    return [story(hours, regions=[make_region()]) for hours in range(1, 13)]


def page(client, address="/en/"):
    return client.get(address).content.decode()


def test_without_pins_the_newest_leads(client, stories):
    front = front_pages.home("en")
    assert front["lead"] == [stories[0].pk]
    assert "Chosen by the editors" not in page(client)


def test_a_pinned_lead_is_marked_and_the_newest_stays_first_of_the_others(client, stories):
    Pin.objects.create(article=stories[-1], is_lead=True)
    front = front_pages.home("en")
    assert (front["pinned"].lead, front["lead"]) == ([stories[-1].pk], [])
    assert front["latest"][0] == stories[0].pk
    html = page(client)
    assert html.index("Chosen by the editors") < html.index(stories[-1].headline) < html.index(stories[0].headline)


def test_pins_stand_in_their_order_and_only_once(client, stories):
    for order, article in enumerate([stories[11], stories[1]]):
        Pin.objects.create(article=article, order=order)
    front = front_pages.home("en")
    assert front["pinned"].others == [stories[11].pk, stories[1].pk]
    assert front["lead"] == [stories[0].pk]
    assert stories[1].pk not in front["latest"]


@pytest.mark.parametrize("leads", [[], [True], [False], [True, False, False], [False, False]])
def test_the_rows_of_the_latest_are_full_whatever_is_pinned(stories, leads):
    for article, is_lead in zip(stories, leads, strict=False):
        Pin.objects.create(article=article, is_lead=is_lead)
    front = front_pages.home("en")
    assert len(front["latest"]) == 8
    assert front["latest"] == [story.pk for story in stories if story.pk in front["latest"]]


def test_a_pin_is_of_one_page_and_one_language(client, stories):
    Pin.objects.create(article=stories[5], place="europe", is_lead=True)
    assert front_pages.home("en")["pinned"].lead == []
    assert "Chosen by the editors" in page(client, "/en/regions/europe/")
    assert "Chosen by the editors" not in page(client, "/fr/regions/europe/")


@pytest.mark.parametrize("state", ["draft", "in_review", "withdrawn", "gone", "scheduled"])
def test_what_is_not_public_is_not_shown_although_it_is_pinned(client, stories, state):
    later = {"state": "approved", "publish_at": timezone.now() + HOUR}
    changes = later if state == "scheduled" else {"state": state, "withdrawal_note": "Wrong."}
    secret = make_article(headline="SECRET", **changes)
    Pin.objects.create(article=secret, is_lead=True)
    assert "SECRET" not in page(client)
    assert front_pages.home("en")["lead"] == [stories[0].pk]


def test_pins_and_banners_end_by_the_clock_through_the_page_cache(cached, clock):
    article = story(3, headline="Pinned story")
    story(1)
    Pin.objects.create(article=article, is_lead=True, until=timezone.now() + timedelta(seconds=40))
    banner = Banner.objects.create(
        code="floods", until=timezone.now() + timedelta(seconds=20), link="https://example.org/x"
    )
    banner.translations.create(language="en", text="Rivers rise.")
    first = cached.get("/en/").content.decode()
    assert "Rivers rise." in first
    assert 'href="https://example.org/x"' in first
    assert "Chosen by the editors" in first
    clock.shift(21)
    assert "Rivers rise." not in cached.get("/en/").content.decode()
    clock.shift(20)
    assert "Chosen by the editors" not in cached.get("/en/").content.decode()


def test_a_banner_says_which_language_it_is_in(client):
    banner = Banner.objects.create(code="floods")
    banner.translations.create(language="en", text="Rivers rise.")
    assert '<span lang="en" dir="ltr">Rivers rise.</span>' in page(client, "/ar/")


def test_an_approver_pins_and_the_page_follows(client, stories):
    client.force_login(make_user("aziz", "approver"))
    form = client.get("/admin/articles/pin/add/")
    assert client.post("/admin/articles/pin/add/", filled(form, article=stories[3].pk, is_lead=True)).status_code == 302
    pin = Pin.objects.get()
    assert timedelta(days=2) < pin.until - timezone.now() < timedelta(days=4)
    assert front_pages.home("en")["pinned"].lead == [stories[3].pk]
    again = client.post("/admin/articles/pin/add/", filled(form, article=stories[3].pk))
    assert errors(again)["__all__"] == ["This article is pinned there already."]


def test_a_working_copy_and_an_unknown_page_are_refused(client, stories):
    client.force_login(make_user("aziz", "approver"))
    copy = make_article(revises=stories[0], slug=stories[0].slug, state="draft")
    form = client.get("/admin/articles/pin/add/")
    assert errors(client.post("/admin/articles/pin/add/", filled(form, article=copy.pk)))["article"]
    odd = filled(form, article=stories[0].pk, tampered={"place": "atlantis"})
    assert errors(client.post("/admin/articles/pin/add/", odd))["place"]


def test_a_pin_is_called_by_its_headline_and_page(client, stories):
    client.force_login(make_user("aziz", "approver"))
    make_region("europe", "Europe")
    home, europe = Pin.objects.create(article=stories[0]), Pin.objects.create(article=stories[1], place="europe")
    assert [str(home), str(europe)] == [f"{stories[0].headline} (front page)", f"{stories[1].headline} (Europe)"]
    listed = client.get("/admin/articles/pin/").content.decode()
    assert '<td class="field-place_name">Europe</td>' in listed
    make_office("hq", kind="headquarters", timezone="Africa/Nairobi")
    assert client.get("/admin/articles/pin/").content.decode().count("(Nairobi)") == 2
    Pin.objects.filter(pk=europe.pk).update(place="atlantis")
    assert str(Pin.objects.get(pk=europe.pk)) == f"{stories[1].headline} (atlantis)"


def test_only_who_approves_everywhere_changes_the_front_page(client, stories):
    for role, office in (("editor", None), ("approver", make_office())):
        client.force_login(make_user(role, role, office=office))
        for name in ("pin", "banner"):
            assert client.get(f"/admin/articles/{name}/").status_code == 200
            assert client.post(f"/admin/articles/{name}/add/", {}).status_code == 403


def test_the_front_page_costs_the_same_for_few_pins_and_for_many(client):
    rows = [story(hours, regions=[make_region()]) for hours in range(1, 30)]
    Pin.objects.create(article=rows[0])
    page(client)
    with CaptureQueriesContext(connection) as few:
        page(client)
    for row in rows[1:20]:
        Pin.objects.create(article=row)
    with CaptureQueriesContext(connection) as many:
        page(client)
    assert len(many) == len(few)
    assert Article.objects.count() == 29
