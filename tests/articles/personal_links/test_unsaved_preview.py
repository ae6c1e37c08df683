"""“Preview” shows what is in the form in the public template, and saves nothing."""

import pytest
from django.urls import reverse

from articles.models import Article
from tests.cast import make_ready_article, make_region, make_topic, make_user
from tests.forms import filled

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def preview_of(client, form, pk=None, **changes):
    address = f"/admin/articles/article/{f'{pk}/' if pk else ''}unsaved-preview/"
    assert f'formaction="{address}"' in client.get(form).content.decode()
    return client.post(address, filled(client.get(form), **changes))


def test_the_form_is_shown_as_it_will_be_and_nothing_is_saved(client):
    article = make_ready_article(headline="Stored", language="fr")
    make_topic("rivers", "Rivers")
    client.force_login(make_user("edna", "editor"))
    before = Article.objects.values().get()
    form = reverse("admin:articles_article_change", args=[article.pk])
    changes = {"headline": "In the form", "body": "<p>New <script>x</script>text.</p>"}
    response = preview_of(
        client, form, article.pk, **changes, **{"topic_rows-1-topic": make_topic("rivers").pk},
        **{"related_links-0-url": "https://example.org/", "related_links-0-title": "Elsewhere"},
    )  # fmt: skip
    html = response.content.decode()
    assert response.status_code == 200
    assert "<h1>In the form</h1>" in html
    assert "<p>New text.</p>" in html
    assert "Rivers" in html
    assert "Diaspora" in html
    assert 'href="https://example.org/"' in html
    assert '<html lang="fr"' in html
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    assert Article.objects.values().get() == before
    assert article.topics.count() == 1
    assert not article.revisions.exists()


def test_a_row_that_is_ticked_for_deletion_is_not_shown(client):
    article = make_ready_article(topics=[make_topic("rivers", "Rivers"), make_topic("dams", "Dams")])
    client.force_login(make_user("edna", "editor"))
    form = reverse("admin:articles_article_change", args=[article.pk])
    html = preview_of(client, form, article.pk, **{"topic_rows-0-DELETE": "on"}).content.decode()
    assert "Dams" in html
    assert "Rivers" not in html


def test_a_form_with_errors_and_a_new_article_are_shown_too(client):
    client.force_login(make_user("edna", "editor"))
    add = reverse("admin:articles_article_add")
    html = preview_of(client, add, headline="", body="<p>Begun.</p>").content.decode()
    assert "Begun." in html
    assert "Some fields have errors" in html
    html = preview_of(client, add, headline="A title", body="<p>Begun.</p>", publish_at="soon").content.decode()
    assert "A title" in html
    assert not Article.objects.exists()


def test_a_translation_shows_the_facets_of_its_source(client):
    source = make_ready_article(regions=[make_region("asia", "Asia")])
    french = make_ready_article(language="fr", translation_of=source, regions=[make_region("asia")])
    client.force_login(make_user("tara", "translator"))
    form = reverse("admin:articles_article_change", args=[french.pk])
    assert "Asia" in preview_of(client, form, french.pk, headline="Titre").content.decode()


def test_a_get_saves_and_shows_nothing(client):
    article = make_ready_article()
    client.force_login(make_user("edna", "editor"))
    assert client.get(f"/admin/articles/article/{article.pk}/unsaved-preview/").status_code == 405
    assert client.get("/admin/articles/article/unsaved-preview/").status_code == 405


def test_a_request_that_names_no_language_gets_a_page(client, edna):
    assert client.post("/admin/articles/article/unsaved-preview/", {}).status_code == 200
