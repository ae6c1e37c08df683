"""Translations: begun with a button, written beside their source, with facets that follow it."""

import pytest

from articles.models import Article
from tests.cast import make_article, make_ready_article, make_region, make_user
from tests.forms import filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def tara(client):
    user = make_user("tara", "translator")
    client.force_login(user)
    return user


def at(article):
    return f"/admin/articles/article/{article.pk}/change/"


def begin(client, source, language):
    client.post(f"/admin/articles/article/{source.pk}/translate/{language}/")
    return Article.objects.get(translation_of=source, language=language)


def test_a_missing_language_has_a_button_and_an_existing_one_a_link(client, tara):
    source = make_ready_article()
    french = begin(client, source, "fr")
    html = client.get(at(source)).content.decode()
    assert f"/admin/articles/article/{source.pk}/translate/ar/" in html
    assert f"/admin/articles/article/{source.pk}/translate/fr/" not in html
    assert at(french) in html


def test_a_new_translation_is_a_draft_with_the_facets_of_its_source(client, tara):
    source = make_ready_article(kind="statement", slug="rain")
    french = begin(client, source, "fr")
    assert (french.state, french.kind, french.office, french.slug) == ("draft", "statement", source.office, "rain")
    assert list(french.regions.all()) == list(source.regions.all())
    assert french.created_by == tara


def test_it_does_not_begin_with_the_words_of_its_source(client, tara):
    french = begin(client, make_ready_article(headline="Rain"), "fr")
    form = client.get(at(french)).context["adminform"].form
    assert (form["headline"].value(), form["slug"].value()) == ("", "")


def test_the_source_stands_beside_it_in_its_own_language(client, tara):
    source = make_ready_article(
        headline="Rain at last", summary="It rains.", body="<p>Wet <strong>streets</strong></p>"
    )
    html = client.get(at(begin(client, source, "ar"))).content.decode()
    beside = html.split('class="source"')[1:]
    assert len(beside) == 4
    assert 'lang="en" dir="ltr"' in beside[0]
    assert "Rain at last" in beside[0]
    assert "<strong>streets</strong>" in beside[2]


def test_facets_of_a_translation_cannot_be_posted(client, tara):
    french = begin(client, make_ready_article(), "fr")
    page = client.get(at(french))
    asia = make_region("asia", "Asia")
    data = filled(page, headline="Pluie", **{"region_rows-TOTAL_FORMS": 2, "region_rows-1-region": asia.pk})
    data |= {"kind": "speech", "office": ""}
    assert client.post(at(french), data).status_code == 302
    french.refresh_from_db()
    assert french.headline == "Pluie"
    assert french.slug == "pluie"
    assert (french.kind, french.office) == ("news", french.translation_of.office)
    assert asia not in french.regions.all()


def test_facets_changed_on_the_source_reach_its_translations(client, tara):
    source = make_ready_article()
    french = begin(client, source, "fr")
    client.force_login(make_user("edna", "editor"))
    asia = make_region("asia", "Asia")
    client.post(at(source), filled(client.get(at(source)), **{"region_rows-1-region": asia.pk}))
    assert [row.region.code for row in french.region_rows.all()] == ["europe", "asia"]


@pytest.mark.parametrize("language", ["en", "xx"])
def test_its_own_language_or_an_unknown_one_is_not_begun(client, tara, language):
    source = make_ready_article()
    begin(client, source, "fr")
    assert client.post(f"/admin/articles/article/{source.pk}/translate/{language}/").status_code == 404


def test_whoever_begins_what_was_begun_meanwhile_lands_there(client, tara):
    source = make_ready_article()
    french = begin(client, source, "fr")
    response = client.post(f"/admin/articles/article/{source.pk}/translate/fr/", follow=True)
    assert response.redirect_chain == [(at(french), 302)]
    assert [str(message) for message in response.context["messages"]] == [
        "There is a translation into this language already."
    ]
    assert Article.objects.filter(language="fr").count() == 1


def test_a_translation_is_begun_by_pressing_not_by_looking(client, tara):
    assert client.get(f"/admin/articles/article/{make_article().pk}/translate/fr/").status_code == 405
