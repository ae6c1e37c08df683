"""A card is drawn once, and anew when anything that it shows has changed."""

import pytest
from django.template import loader

from articles import drawing
from articles.archive import journal
from articles.models import Article
from tests.cast import NOW, make_article, make_region

pytestmark = pytest.mark.django_db

LIST = "/en/news/"


@pytest.fixture(autouse=True)
def _nothing_drawn():
    drawing._drawn.clear()


def test_a_card_is_drawn_once(client, monkeypatch):
    make_article()
    drawn = []
    monkeypatch.setattr(drawing, "get_template", lambda name: drawn.append(name) or loader.get_template(name))
    first, second = (client.get(LIST).content for _ in range(2))
    assert drawn == ["articles/_card.html"]
    assert first == second


@pytest.mark.parametrize(
    ("change", "seen"),
    [
        ({"headline": "Another headline"}, "Another headline"),
        ({"summary": "Another summary"}, "Another summary"),
        ({"slug": "another-slug"}, "/en/news/another-slug/"),
        ({"kind": "speech"}, "Speech"),
        ({"publish_at": NOW().replace(year=2001, month=2, day=3)}, "3 February 2001"),
    ],
)
def test_what_it_shows_is_never_old(client, change, seen):
    article = make_article()
    assert seen not in _card(client)
    Article.objects.filter(pk=article.pk).update(**change)  # and nobody counts a version
    journal.note([article.pk])
    assert seen in _card(client)


def test_another_name_of_its_region_is_shown(client):
    region = make_region("africa", "Africa")
    make_article(regions=[region])
    assert "Africa" in _card(client)
    region.translations.update(name="The continent")
    journal.note_names()
    assert "The continent" in _card(client)


def test_each_language_has_its_own(client):
    make_article(kind="statement")
    make_article(kind="statement", language="fr")
    assert "Statement" in _card(client)
    assert "Déclaration" in client.get("/fr/news/").content.decode()


def test_there_is_an_end_to_what_is_kept(client, monkeypatch):
    monkeypatch.setattr(drawing, "MOST", 2)
    for _ in range(5):
        make_article()
    client.get(LIST)
    assert len(drawing._drawn) <= 2


def _card(client):
    page = client.get(LIST).content.decode()
    return page[page.index('<article class="card') :]
