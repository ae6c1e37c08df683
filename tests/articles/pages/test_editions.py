"""What readers see of an article's changes: on its page, in the list of its editions, in the list of corrections."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, Correction, SlugHistory
from articles.publishing import revisions, working_copies
from articles.publishing.workflow import move
from tests.articles.publishing.test_corrections import CORRECTION, new_edition
from tests.cast import approve_for, make_article, make_ready_article, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture(scope="module")
def aziz(shared_rows):
    return make_user("aziz", "approver")


@pytest.fixture(scope="module")
def three_editions(aziz):
    """The second is a correction, the third a major change."""
    first = make_ready_article(
        state="in_review", publish_at=timezone.now(), slug="story", headline="First words", body="<p>40 harbours.</p>"
    )
    live = move(first, "approve", aziz)
    live = move(new_edition(live, aziz, headline="Second words", **CORRECTION), "publish", aziz)
    return move(
        new_edition(live, aziz, headline="Third words", change_kind="major", change_note="New map."), "publish", aziz
    ).pk


@pytest.fixture
def story(three_editions):
    return Article.objects.get(pk=three_editions)


def page(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_the_page_tells_all_changes_for_good_newest_first(client, story, aziz):
    page_of_story = page(client, story.get_absolute_url())
    shown = page_of_story[page_of_story.index("<main") :]
    assert shown.index("New map.") < shown.index("40 harbours.") < shown.index("14 harbours.")
    assert "Correction of " in shown
    assert "Updated " in shown
    assert '"@type": "CorrectionComment", "text": "40 harbours. 14 harbours."' in page_of_story
    minor = move(new_edition(story, aziz, headline="Spelt", change_note="Nobody sees this."), "publish", aziz)
    again = page(client, minor.get_absolute_url())
    assert "New map." in again
    assert "14 harbours." in again
    assert "Nobody sees this." not in again
    assert "Nobody sees this." not in page(client, "/en/news/story/editions/")


def test_an_import_without_history_shows_its_note(client):
    told = page(client, make_article(change_kind="major", change_note="The map is new.").get_absolute_url())
    assert "The map is new." in told
    assert "editions/" not in told


def test_the_list_of_editions(client, story):
    shown = page(client, "/en/news/story/editions/")
    for edition in story.revisions.exclude(edition=None):
        assert edition.sha256 in shown
    assert shown.index("Edition 3") < shown.index("Edition 2") < shown.index("Edition 1")
    assert '<meta name="robots" content="noindex">' in shown
    assert 'rel="canonical" href="http://testserver/en/news/story/"' in shown
    assert "/en/news/story/editions/" in page(client, "/en/news/story/")


def test_an_earlier_edition_says_that_it_is_one(client, story):
    shown = page(client, "/en/news/story/editions/1/")
    assert "<h1>First words</h1>" in shown
    assert "This is an earlier edition." in shown
    assert '<meta name="robots" content="noindex">' in shown
    assert 'rel="canonical" href="http://testserver/en/news/story/"' in shown
    assert "hreflang" not in shown.split("<body>")[0]


def test_the_newest_edition_is_the_page_itself(client, story):
    assert client.get("/en/news/story/editions/3/").url == "/en/news/story/"
    for number in ("0", "4", "99999999999999999999", "x", "-1"):
        page(client, f"/en/news/story/editions/{number}/", 404)


def test_nothing_of_what_is_not_readable(client, story, aziz):
    for address in ("", "1/"):
        Article.objects.filter(pk=story.pk).update(state="draft")
        page(client, f"/en/news/story/editions/{address}", 404)
        Article.objects.filter(pk=story.pk).update(state="approved", publish_at=timezone.now() + timedelta(hours=1))
        page(client, f"/en/news/story/editions/{address}", 404)
        Article.objects.filter(pk=story.pk).update(state="gone", publish_at=timezone.now())
        assert "First words" not in page(client, f"/en/news/story/editions/{address}", 410)
        page(client, f"/fr/news/story/editions/{address}", 404)
        page(client, f"/en/news/a%00b/editions/{address}", 404)


def test_a_working_copy_shows_nowhere_before_its_hour(client, story, aziz):
    copy = new_edition(story, aziz, headline="SECRET", **CORRECTION | {"change_note": "SECRET"})
    approve_for(copy, aziz, timezone.now() + timedelta(hours=1))
    for address in ("/en/news/story/", "/en/news/story/editions/", "/en/corrections/"):
        assert "SECRET" not in page(client, address)
    page(client, "/en/news/story/editions/4/", 404)


def test_a_withdrawn_article_keeps_its_editions(client, story, aziz):
    move(story, "withdraw", aziz, reason="All wrong.")
    assert "This item has been withdrawn." in page(client, "/en/news/story/editions/1/")
    assert "14 harbours." in page(client, "/en/news/story/")


def test_an_old_address_leads_to_the_editions(client, story):
    working_copies.remember_slug(story, "older")
    assert client.get("/en/news/older/editions/").url == "/en/news/story/editions/"
    SlugHistory.objects.create(article=make_article(state="draft"), language="en", slug="hidden")
    page(client, "/en/news/hidden/editions/", 404)


def test_html_of_an_imported_history_is_cleaned_and_has_no_pictures(client, story):
    edition = story.revisions.get(edition=1)
    picture = f'<figure><img src="/media/images/aa/{"a" * 64}.jpg" alt="x"><figcaption>Caption</figcaption></figure>'
    edition.content |= {"body": f"<p onclick='x()'>Kept</p>{picture}<script>alert(1)</script>", "headline": 7}
    edition.save()
    shown = page(client, "/en/news/story/editions/1/")
    assert "<p>Kept</p>" in shown
    assert "Caption" not in shown
    for bad in ("onclick", "alert(1)", "a" * 64):
        assert bad not in shown


def test_corrections_are_listed_newest_first_with_links(client, story, aziz):
    french = make_article(language="fr", slug="autre")
    french.corrections.create(edition=2, wrong="Dix.", now="Neuf.")
    shown = page(client, "/en/corrections/")
    assert 'href="/en/news/story/"' in shown
    assert "40 harbours." in shown
    assert "Neuf." not in shown
    assert 'class="nothing"' in page(client, "/es/corrections/")
    assert "Neuf." in page(client, "/fr/corrections/")
    assert 'hreflang="fr"' in shown.split("<body>")[0]
    assert 'hreflang="es"' not in shown.split("<body>")[0]
    assert 'href="/en/corrections/"' in page(client, "/en/")


def test_corrections_are_paged(client):
    Correction.objects.all().delete()
    article = make_article()
    for number in range(45):
        at = timezone.now() - timedelta(days=number)
        article.corrections.create(edition=number + 2, wrong=f"wrong-{number}.", now="b", at=at)
    assert "wrong-19." in page(client, "/en/corrections/")
    second = page(client, "/en/corrections/?page=2")
    assert "wrong-20." in second
    assert 'href="/en/corrections/?page=3"' in second
    assert "wrong-44." in page(client, "/en/corrections/?page=3")
    for number, status in (("4", 404), ("0", 404), ("x", 400), ("9" * 30, 400)):
        page(client, f"/en/corrections/?page={number}", status)


def test_a_list_costs_the_same_with_few_and_with_many_rows(client):
    article, counted = make_article(slug="many"), {}
    for number in range(2, 22):
        article.corrections.create(edition=number, wrong="a", now="b")
        revisions.publish_edition(article)
        if number in (11, 21):
            for address in ("/en/corrections/", "/en/news/many/editions/"):
                client.get(address)
                with CaptureQueriesContext(connection) as queries:
                    client.get(address)
                counted.setdefault(address, []).append(len(queries))
    for few, many in counted.values():
        assert few == many < 8


def test_the_first_edition_has_the_day_of_publication_not_of_its_approval(client, aziz):
    draft = make_ready_article(state="in_review", slug="planned", publish_at=timezone.now() + timedelta(days=1))
    live = move(draft, "approve", aziz)
    now = timezone.now()
    Article.objects.filter(pk=live.pk).update(publish_at=now, first_published_at=now, published_on=now.date())
    live.revisions.update(created_at=now - timedelta(days=40))
    assert f'<time datetime="{now.date().isoformat()}">' in page(client, "/en/news/planned/editions/")
