"""A pass that is given while a text is public opens its next edition: under embargo, until it is public, and no other."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from articles.models import Article, Pass
from articles.personal_links import passes
from articles.publishing import limiting, revisions
from articles.publishing.workflow import move
from tests import files
from tests.cast import create_attachment, create_image, make_user

from .test_admin_links import passes_page
from .test_passes import HOUR, give, under_embargo

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def chief():
    return make_user("chief", "approver")


def public(chief, **changes):
    """An article that was published an hour ago."""
    now = timezone.now()
    changes = {"state": "in_review", "press_from": None, "publish_at": now - HOUR, "first_published_at": None} | changes
    article = under_embargo(headline="Public headline", reference="", **changes)
    article = move(article, "approve", chief)
    article.revisions.update(created_at=now - HOUR)
    return article


def next_edition(live, chief, state="approved", begins=-HOUR, **changes):
    copy = move(live, "revise", chief)
    Article.objects.filter(pk=copy.pk).update(headline="Next edition", slug="next-slug", body="<p>Secret text.</p>")
    copy.refresh_from_db()
    now = timezone.now()
    copy.press_from, copy.publish_at = begins and now + begins, now + HOUR
    for name, value in changes.items():
        setattr(copy, name, value)
    copy.save()
    if state != "draft":
        copy = move(copy, "submit", chief)
    return move(copy, "approve", chief) if state == "approved" else copy


def test_it_opens_the_next_edition_until_its_hour_and_leads_to_the_public_page_then(client, chief):
    live = public(chief)
    given, address = give(live)
    assert client.get(address)["Location"] == live.get_absolute_url()
    copy = next_edition(live, chief)
    html = client.get(address).content.decode()
    assert "Next edition" in html
    assert "Secret text." in html
    assert html.count("Jane Doe, Example Times") == 2
    assert client.get(f"{address}en/").content.decode() == html
    assert given.openings.count() == 2
    for seconds, status in ((-1, 200), (0, 302), (1, 302)):
        with time_machine.travel(copy.publish_at + timedelta(seconds=seconds), tick=False):
            assert client.get(address).status_code == status
    with time_machine.travel(copy.publish_at, tick=False):
        shown = client.get(client.get(address)["Location"], follow=True)
        assert "Secret text." in shown.content.decode()


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"begins": HOUR / 2}, "can be read here from"),
        ({"state": "draft"}, "cannot be read here now"),
        ({"state": "in_review"}, "cannot be read here now"),
    ],
)
def test_before_its_hour_and_without_approval_it_says_only_not_yet(client, chief, values, says):
    live = public(chief)
    _given, address = give(live)
    next_edition(live, chief, **values)
    for at in (address, f"{address}en/"):
        html = client.get(at).content.decode()
        assert says in html
        assert f'href="{live.get_absolute_url()}"' in html
        for told in ("Next edition", "Secret text.", "next-slug"):
            assert told not in html


def test_a_new_edition_without_an_embargo_is_no_business_of_a_pass(client, chief):
    live = public(chief)
    _given, address = give(live)
    next_edition(live, chief, begins=None)
    assert client.get(address)["Location"] == live.get_absolute_url()


def test_a_pass_that_was_given_for_an_earlier_publication_opens_no_new_edition(client, chief):
    live = public(chief)
    first, at_first = give(live)
    Pass.objects.filter(pk=first.pk).update(created_at=timezone.now() - 2 * HOUR)
    second, at_second = give(live, email="other@example.org")
    next_edition(live, chief)
    assert client.get(at_first)["Location"] == live.get_absolute_url()
    assert "Next edition" in client.get(at_second).content.decode()
    copy = Article.objects.get(revises=live)
    move(copy, "publish", chief)
    live.refresh_from_db()
    next_edition(live, chief, headline="Third edition")
    assert client.get(at_second)["Location"] == Article.objects.get(pk=live.pk).get_absolute_url()
    assert second in Pass.objects.filter(revoked_at=None)


def test_a_correction_in_place_does_not_shut_the_passes_of_the_edition_to_come(client, chief):
    live = public(chief)
    next_edition(live, chief)
    _given, address = give(live)
    Article.objects.filter(pk=live.pk).update(summary="Corrected.")
    live.refresh_from_db()
    revisions.publish_edition(live, chief)
    assert "Next edition" in client.get(address).content.decode()


@pytest.mark.parametrize("name", ["withdraw", "remove"])
def test_a_withdrawn_text_has_no_next_edition(client, chief, name):
    live = public(chief)
    _given, address = give(live)
    copy = next_edition(live, chief)
    move(live, name, chief, reason="Wrong.")
    answer = client.get(address)
    assert "Secret text." not in answer.content.decode()
    assert answer.status_code == (302 if name == "withdraw" else 404)
    assert not passes.is_under_embargo(Article.objects.get(pk=copy.pk))


def test_an_edition_limited_to_named_people_opens_to_passes_of_these_only(client, chief):
    live, edna = public(chief), make_user("edna", "editor")
    _given, address = give(live)
    copy = next_edition(live, chief)
    limiting.limit(copy, [edna], by=edna)
    assert client.get(address)["Location"] == live.get_absolute_url()
    Pass.objects.update(created_by=edna)
    assert "Next edition" in client.get(address).content.decode()


def test_each_language_opens_its_own_edition(client, chief):
    live = public(chief)
    french = public(chief, language="fr", slug="titre", translation_of=live)
    _given, address = give(live, "en", "fr")
    next_edition(live, chief)
    page = client.get(address).content.decode()
    assert "Next edition" in page
    assert french.get_absolute_url() in page
    assert client.get(f"{address}fr/")["Location"] == french.get_absolute_url()
    next_edition(french, chief, slug="suite")
    page = client.get(address).content.decode()
    assert f"{address}fr/" in page
    assert f'href="{french.get_absolute_url()}"' not in page[page.index("<article") :]
    assert "Secret text." in client.get(f"{address}fr/").content.decode()


def test_files_of_the_edition_to_come_open_through_the_pass_alone(client, chief):
    live = public(chief)
    given, address = give(live)
    image = create_image(files.picture(), "Photographer", alt={"en": "A river"})
    copy = next_edition(live, chief, state="draft", lead_image=image)
    file = create_attachment(files.PDF, "Annual report", "en", name="x.pdf")
    copy.attachments.set([file])
    names = [image.file.name, file.file.name]
    assert [client.get(f"{address}media/{name}", follow=True).status_code for name in names] == [404, 404]
    move(move(copy, "submit", chief), "approve", chief)
    assert [client.get(f"{address}media/{name}").status_code for name in names] == [200, 200]
    assert [client.get(f"/media/{name}").status_code for name in names] == [404, 404]
    assert given.openings.first().file == "Annual report"


def test_the_desk_gives_passes_for_it_to_those_who_had_one_before(client, chief):
    live = public(chief)
    old, _address = give(live)
    Pass.objects.filter(pk=old.pk).update(created_at=timezone.now() - 2 * HOUR)
    copy = next_edition(live, chief, begins=HOUR / 2)
    client.force_login(chief)
    page = client.get(passes_page(copy)).content.decode()
    assert "new edition" in page
    assert "given for an earlier publication" in page
    sent = {"people": "Jane Doe, Example Times, jane@example.org", "languages": ["en"]}
    made = client.post(passes_page(copy), sent)
    assert len(made.context["made"]) == 1
    assert "Embargoed%20until" in made.content.decode()
    assert "has a pass for this item already" in client.post(passes_page(copy), sent).content.decode()
    form = client.get(f"/admin/articles/article/{copy.pk}/change/").context["passes"]
    assert (form["number"], form["is_open"]) == (1, False)
