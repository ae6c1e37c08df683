"""A translation begins with the structure of its source; what is still in the language of the source is told."""

import re
from datetime import date

import pytest

from articles import checks
from articles.models import Article, Quote
from articles.translating.begin import begin_translation
from tests.cast import make_ready_article, make_user
from tests.forms import filled

from .test_source_states import edit, published, translated

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def edna():
    return make_user("edna", "approver")


def test_a_translation_begins_with_the_structure_of_its_source(edna, client):
    body = "<h2>Why</h2><p>One bridge opened this morning.</p><ul><li>First of all the bridge</li></ul>"
    source = make_ready_article(body=body, notes_to_editors="<p>Notes.</p>")
    french = begin_translation(source, "fr", edna)
    assert (french.body, french.notes_to_editors) == (body, "<p>Notes.</p>")
    client.force_login(edna)
    html = client.get(f"/admin/articles/article/{french.pk}/change/").content.decode()
    assert "2 paragraphs are still those of the source (English)" in html
    edit(french, body=body.replace("One bridge opened this morning.", "Un pont a ouvert ce matin."))
    html = client.get(f"/admin/articles/article/{french.pk}/change/").content.decode()
    assert "1 paragraph is still that of the source (English)" in html


def test_it_begins_with_the_text_that_the_source_has_at_that_moment(edna):
    """Somebody may have saved the source after it was read for the request."""
    source = published(edna)
    stale = Article.objects.get(pk=source.pk)
    edit(source, body="<p>Another text.</p>")
    assert begin_translation(stale, "fr", edna).body == "<p>Another text.</p>"


def test_the_checks_beside_a_translation_do_not_miss_what_it_takes_from_its_source(edna, client):
    """Its form only shows regions, topics and contacts, and so sends none."""
    french = translated(published(edna), edna, publish=False)
    client.force_login(edna)
    page = client.get(f"/admin/articles/article/{french.pk}/change/")
    response = client.post(f"/admin/articles/article/{french.pk}/checks/", filled(page))
    assert "at least one" not in response.content.decode()


def test_a_translation_begins_with_the_quotes_of_its_source(edna, client):
    """What was approved are the words of the source: the translated ones have no approval."""
    source = make_ready_article(body="<p>Paul was glad about his work on the bridge.</p>")
    words = {"text": "I planted cocoa\non dry land.", "approved_by": "His office", "approved_on": date(2026, 3, 1)}
    source.quotes.create(speaker="Paul", role="farmer", **words)
    source.quotes.create(speaker="Luc", text="Le fleuve vit et nous nourrit.", language="fr")
    french = begin_translation(source, "fr", edna)
    assert [*french.quotes.values_list(*Quote.FIELDS)] == [
        ("Paul", "farmer", "I planted cocoa\non dry land.", "en", "", None),
        ("Luc", "", "Le fleuve vit et nous nourrit.", "", "", None),
    ]
    assert len(french.revisions.get().content["quotes"]) == 2
    client.force_login(edna)
    page = client.get(f"/admin/articles/article/{french.pk}/change/")
    beside = re.findall(r'<div class="source"[^>]*>([^<]*)</div>', page.content.decode())
    assert beside[-6:] == [
        "Paul",
        "farmer",
        "I planted cocoa\non dry land.",
        "Luc",
        "–",
        "Le fleuve vit et nous nourrit.",
    ]
    assert "2 paragraphs are still those of the source (English)" in page.content.decode()


def test_a_quote_in_the_words_of_the_source_is_told_until_it_is_translated(edna, client):
    source = make_ready_article(body="<p>Paul was glad.</p>")
    source.quotes.create(speaker="Paul", text="I planted cocoa\non dry land.")
    french = begin_translation(source, "fr", edna)
    edit(french, body="<p>Paul était content.</p>", headline="Paul")
    told = "1 paragraph is still that of the source."
    assert told in [one.sentence for one in checks.warnings(french)]
    client.force_login(edna)
    address = f"/admin/articles/article/{french.pk}/"
    page = client.get(f"{address}change/")
    assert told in client.post(f"{address}checks/", filled(page)).content.decode()
    typed = {"quotes-0-text": "J’ai planté du cacao à sec."}
    assert told not in client.post(f"{address}checks/", filled(page, **typed)).content.decode()
