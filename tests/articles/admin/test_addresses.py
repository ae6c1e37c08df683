"""Addresses, offices and hidden articles in the form: refused beside the field, never by a fault."""

import pytest
from django.urls import reverse

from articles.models import Article
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


def test_an_article_leads_only_to_what_its_writer_may_see(client):
    geneva, lima = make_office(), make_office("lima", "Lima Office")
    client.force_login(make_user("walt", "writer", office=geneva))
    hidden = make_article(office=lima, state="draft", headline="Secret plan")
    article = make_ready_article(office=geneva)
    response = post(client, article, redirect_to=hidden.pk)
    assert "redirect_to" in errors(response)
    assert "Secret plan" not in response.content.decode()


def test_the_shortcut_to_a_public_page_asks_for_permission(client, django_user_model):
    from django.contrib.contenttypes.models import ContentType

    geneva, lima = make_office(), make_office("lima", "Lima Office")
    client.force_login(make_user("walt", "writer", office=geneva))
    hidden = make_article(office=lima, state="draft", slug="secret-plan")
    kind = ContentType.objects.get_for_model(Article).pk
    assert client.get(f"/admin/r/{kind}/{hidden.pk}/").status_code == 404
    assert client.get("/admin/r/x/y/").status_code == 404
