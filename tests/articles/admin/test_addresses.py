"""Addresses, offices and hidden articles in the form: refused beside the field, never by a fault."""

import pytest
from django.urls import reverse

from articles.admin.article.form import ArticleForm
from articles.models import Article, SlugHistory
from tests.cast import make_article, make_office, make_ready_article, make_user
from tests.forms import errors, filled

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def post(client, article, **changes):
    address = reverse("admin:articles_article_change", args=[article.pk])
    return client.post(address, filled(client.get(address), **changes))


def test_a_taken_slug_is_told_beside_the_field(client, edna):
    make_article(slug="taken")
    article = make_ready_article(slug="mine")
    response = post(client, article, slug="taken", headline="Kept words")
    assert "slug" in errors(response)
    assert "Kept words" in response.content.decode()
    article.refresh_from_db()
    assert article.slug == "mine"


def test_a_headline_without_letters_still_has_an_address(client, edna):
    article = make_ready_article(headline="Rivers", slug="rivers")
    assert post(client, article, headline="…", slug="").status_code == 302
    article.refresh_from_db()
    assert article.slug == "rivers"


def test_an_odd_year_is_refused(client, edna):
    article = make_ready_article()
    assert "publish_at" in errors(post(client, article, publish_at="9999-12-31T23:59"))


def test_a_writer_keeps_articles_in_the_offices_of_the_membership(client):
    geneva, lima = make_office(), make_office("lima", "Lima Office")
    client.force_login(make_user("walt", "writer", office=geneva))
    article = make_ready_article(office=geneva)
    assert "office" in errors(post(client, article, office=lima.pk))
    assert "office" in errors(post(client, article, office=""))
    article.refresh_from_db()
    assert article.office == geneva


def test_the_shortcut_to_a_public_page_asks_for_permission(client, django_user_model):
    from django.contrib.contenttypes.models import ContentType

    geneva, lima = make_office(), make_office("lima", "Lima Office")
    client.force_login(make_user("walt", "writer", office=geneva))
    hidden = make_article(office=lima, state="draft", slug="secret-plan")
    kind = ContentType.objects.get_for_model(Article).pk
    assert client.get(f"/admin/r/{kind}/{hidden.pk}/").status_code == 404
    assert client.get("/admin/r/x/y/").status_code == 404


def add(client, **changes):
    address = reverse("admin:articles_article_add")
    return client.post(address, filled(client.get(address), language="en", **changes))


def test_a_second_article_with_the_same_headline_gets_a_number(client, edna):
    for made_by_the_browser in ("", "", "womens-day-2026", ""):
        assert add(client, headline="Women’s Day 2026", slug=made_by_the_browser).status_code == 302
    expected = ["womens-day-2026", *(f"womens-day-2026-{number}" for number in (2, 3, 4))]
    assert list(Article.objects.order_by("id").values_list("slug", flat=True)) == expected


def test_a_typed_slug_that_is_taken_is_refused_when_adding_too(client, edna):
    make_article(slug="taken")
    assert "slug" in errors(add(client, headline="Another story", slug="taken"))
    assert "slug" in errors(add(client, headline="Another story", slug="TAKEN"))
    assert add(client, headline="Another story", slug="My-Own\u200f").status_code == 302
    assert Article.objects.filter(slug="my-own").exists()


def test_an_automatic_slug_takes_no_address_that_redirects(client, edna):
    other = make_article(slug="new")
    SlugHistory.objects.create(article=other, language="en", slug="floods")
    assert add(client, headline="Floods").status_code == 302
    assert Article.objects.filter(slug="floods-2").exists()
    assert client.get("/en/news/floods/")["Location"] == "/en/news/new/"


@pytest.mark.parametrize("typed", ["", "floods-of-may"])
def test_two_who_save_at_once(client, edna, monkeypatch, typed):
    """The other article is stored after the form was checked."""
    check, slug = ArticleForm.clean, typed or "floods"

    def clean_and_be_late(form):
        values = check(form)
        if not Article.objects.filter(slug=slug).exists():
            make_article(slug=slug)
        return values

    monkeypatch.setattr(ArticleForm, "clean", clean_and_be_late)
    response = add(client, headline="Floods", slug=typed)
    if typed:
        assert "slug" in errors(response)
    else:
        assert response.status_code == 302
        assert Article.objects.filter(slug="floods-2").exists()


def test_a_headline_of_signs_gets_a_slug_by_the_time(client, edna):
    assert add(client, headline="🌍 …").status_code == 302
    assert Article.objects.get().slug.startswith("article-2")
