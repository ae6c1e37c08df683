"""Links to own articles: chosen by headline, and following a change of address."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import SlugHistory
from articles.pages.texts.own_links import current
from articles.publishing import working_copies
from tests.cast import make_article, make_office, make_ready_article, make_user
from tests.forms import filled

pytestmark = pytest.mark.django_db

TARGETS = "/admin/articles/article/link-targets/"


def offered(client, words, language="en"):
    answer = client.get(TARGETS, {"q": words, "language": language})
    assert "no-store" in answer["Cache-Control"]
    return [(row["headline"], row["state"]) for row in answer.json()["articles"]]


def test_articles_are_offered_by_words_of_their_headlines(client, edna):
    make_article(headline="Wells reopen in the valley")
    make_article(headline="Wells tomorrow", publish_at=timezone.now() + timedelta(days=1))
    make_article(headline="Wells in a draft", state="draft")
    make_article(headline="Wells removed", state="gone")
    make_article(headline="Rivers")
    assert sorted(offered(client, "well")) == [
        ("Wells in a draft", "draft"), ("Wells reopen in the valley", "live"), ("Wells tomorrow", "scheduled")
    ]  # fmt: skip
    assert offered(client, "valley WELLS") == [("Wells reopen in the valley", "live")]
    assert offered(client, "") == offered(client, "100%_") == offered(client, "nothing like it", "xx") == []


def test_the_language_of_the_text_comes_first(client, edna):
    make_article(headline="Wells")
    french = make_article(headline="Wells et puits", language="fr", publish_at=timezone.now() - timedelta(days=9))
    assert offered(client, "wells", "fr")[0][0] == french.headline


def test_nobody_is_offered_what_they_may_not_see(client):
    geneva, nairobi = make_office(), make_office("nairobi", "Nairobi")
    make_article(headline="Secret wells", state="draft", office=nairobi)
    make_article(headline="Public wells", office=nairobi)
    client.force_login(make_user("walt", "writer", office=geneva))
    assert offered(client, "wells") == [("Public wells", "live")]
    client.force_login(make_user("grace", is_staff=True))
    assert client.get(TARGETS, {"q": "wells"}).status_code == 403
    client.logout()
    assert client.get(TARGETS, {"q": "wells"}).status_code == 302


def linking(target, **changes):
    return make_article(body=f'<p>See <a href="{target.get_absolute_url()}#part">the report</a>.</p>', **changes)


def test_a_public_page_links_to_the_present_address(client):
    target = make_article(slug="مياه", language="ar", first_published_at=timezone.now())
    page = linking(target)
    old = target.get_absolute_url()
    target.slug = "مياه-جديدة"
    target.save()
    working_copies.remember_slug(target, "مياه")
    html = client.get(page.get_absolute_url()).content.decode()
    assert f'href="{target.get_absolute_url()}#part"' in html
    assert old not in html


def test_what_is_no_earlier_address_stays_as_it_is():
    target = make_article(slug="new")
    SlugHistory.objects.create(article=target, language="en", slug="old")
    SlugHistory.objects.create(article=make_article(state="draft"), language="en", slug="hidden")
    for html in (
        '<p><a href="/fr/news/old/">x</a></p>', '<p><a href="https://other.example/en/news/old/">x</a></p>',
        '<p>/en/news/old/</p>', '<p><a href="/en/news/hidden/">x</a></p>', '<p><a href="/en/news/?q=old">x</a></p>',
    ):  # fmt: skip
        assert current(html) == html
    assert current('<a href="/en/news/old/?a=1">x</a>') == '<a href="/en/news/new/?a=1">x</a>'


def test_the_link_to_a_draft_follows_its_slug_into_publication(client, edna):
    draft = make_ready_article(slug="first-name", state="draft")
    page = linking(draft, state="draft")
    address = f"/admin/articles/article/{draft.pk}/change/"
    client.post(address, filled(client.get(address), slug="second-name"))
    assert client.get("/en/news/first-name/").status_code == 404
    draft.refresh_from_db()
    draft.state = "approved"
    draft.save()
    assert "/en/news/second-name/#part" in current(page.body)


def test_a_draft_that_nobody_links_to_leaves_no_earlier_address(client, edna):
    draft = make_ready_article(slug="first-name", state="draft")
    address = f"/admin/articles/article/{draft.pk}/change/"
    client.post(address, filled(client.get(address), slug="second-name"))
    assert not SlugHistory.objects.exists()


def test_pages_without_links_to_articles_cost_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        current('<p><a href="https://x.example/">x</a></p>')
