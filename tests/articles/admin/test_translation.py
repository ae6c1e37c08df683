"""Translations: begun with a button, written beside their source, with facets that follow it."""

import pytest

from articles.models import Article
from articles.publishing import after_save
from tests.cast import (
    make_article,
    make_contact,
    make_country,
    make_office,
    make_ready_article,
    make_region,
    make_topic,
    make_user,
)
from tests.forms import errors, filled

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


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
    rows = {"region_rows-INITIAL_FORMS": 1, "region_rows-TOTAL_FORMS": 2, "region_rows-1-region": asia.pk}
    rows |= {"region_rows-0-DELETE": "on", "topic_rows-INITIAL_FORMS": 0, "kind": "speech", "office": ""}
    assert client.post(at(french), filled(page, headline="Pluie", tampered=rows)).status_code == 302
    french.refresh_from_db()
    assert french.headline == "Pluie"
    assert french.slug == "pluie"
    assert (french.kind, french.office) == ("news", french.translation_of.office)
    assert [region.code for region in french.regions.all()] == ["europe"]
    assert [topic.code for topic in french.topics.all()] == ["diaspora"]


def test_facets_changed_on_the_source_reach_its_translations(client, tara):
    source = make_ready_article()
    french = begin(client, source, "fr")
    client.force_login(make_user("edna", "editor"))
    asia = make_region("asia", "Asia")
    client.post(at(source), filled(client.get(at(source)), **{"region_rows-1-region": asia.pk}))
    assert [row.region.code for row in french.region_rows.all()] == ["europe", "asia"]


def test_its_own_language_or_an_unknown_one_is_not_begun(client, tara):
    source = make_ready_article()
    begin(client, source, "fr")
    for language in ("en", "xx"):
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


def two_of_each():
    """A source with two topics, countries and contacts."""
    topics = [make_topic("water"), make_topic("floods")]
    countries = [make_country(), make_country("KEN", "Kenya")]
    return make_ready_article(
        topics=topics, countries=countries, contacts=[make_contact(), make_contact("second", office=make_office())]
    )


def keys(article):
    """What its topics, countries and contacts are, and the rows that say so."""
    return [list(rows.values_list()) for rows in (article.topic_rows, article.country_rows, article.contact_rows)]


def test_saving_a_translation_leaves_its_rows(client, tara):
    french = begin(client, two_of_each(), "fr")
    french.topic_rows.filter(order=1).update(order=5)
    before = keys(french)
    assert client.post(at(french), filled(client.get(at(french)), headline="Pluie")).status_code == 302
    assert client.post(at(french), filled(client.get(at(french)), body="<p>Il pleut.</p>")).status_code == 302
    assert keys(french) == before
    assert [len(rows) for rows in before] == [2, 2, 2]


def test_rows_that_are_only_shown_are_not_read_from_a_request(client, tara):
    french = begin(client, two_of_each(), "fr")
    before = keys(french)
    for count in ("-5", "7", "abc"):
        counts = {f"{rows}-INITIAL_FORMS": count for rows in ("topic_rows", "country_rows", "contact_rows")}
        sent = filled(client.get(at(french)), headline=f"Pluie {count}", tampered=counts)
        assert client.post(at(french), sent).status_code == 302, count
        assert keys(french) == before


@pytest.mark.parametrize("remaining", [0, 1])
def test_rows_that_the_source_lost_meanwhile_do_not_stop_a_translator(client, tara, remaining):
    source = two_of_each()
    french = begin(client, source, "fr")
    sent = filled(client.get(at(french)), headline="Pluie")
    source.topic_rows.filter(order__gte=remaining).delete()
    after_save.sync(source)
    assert client.post(at(french), sent).status_code == 302
    french.refresh_from_db()
    assert (french.headline, french.topic_rows.count()) == ("Pluie", remaining)


def test_what_a_translation_misses_is_told_at_rows_that_are_only_shown(client, tara):
    french = begin(client, make_ready_article(topics=[]), "fr")
    Article.objects.filter(pk=french.pk).update(headline="Pluie", body="<p>Il pleut.</p>", state="in_review")
    client.force_login(make_user("aziz", "approver"))
    sent = filled(client.get(at(french)), headline="Pluies", _move="approve")
    assert errors(client.post(at(french), sent)) == {"topic_rows": ["Choose at least one topic."]}
    french.refresh_from_db()
    assert (french.state, french.headline) == ("in_review", "Pluie")


def test_a_translation_begins_without_its_sources_slug_even_where_that_is_taken(client, tara):
    make_article(language="fr", slug="rain", headline="Autre")
    french = begin(client, make_ready_article(headline="Rain", slug="rain"), "fr")
    assert french.slug == "rain-2"
    assert client.get(at(french)).context["adminform"].form["slug"].value() == ""


def test_a_slug_that_a_translator_gave_stays_though_there_is_no_text_yet(client, tara):
    french = begin(client, make_ready_article(headline="Rain", slug="covid-19"), "fr")
    sent = filled(client.get(at(french)), headline="Pluie", slug="covid-19")
    assert client.post(at(french), sent).status_code == 302
    assert client.post(at(french), filled(client.get(at(french)))).status_code == 302
    french.refresh_from_db()
    assert (french.headline, french.slug) == ("Pluie", "covid-19")
