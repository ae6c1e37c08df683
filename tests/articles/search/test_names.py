"""Searching a country by another name, an office or a person finds what belongs to it, as it is now."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.listing.filters import ArticleFilter
from articles.models import Article, list_changes
from contacts.models import Contact
from tests.cast import make_article, make_contact, make_country, make_office

pytestmark = pytest.mark.django_db
TODAY = timezone.now().date()


def listed(words, language="en"):
    """Headlines that a page shows."""
    ids = ArticleFilter.asked({"q": words}, language).hits.ids
    return sorted(Article.objects.filter(pk__in=ids).values_list("headline", flat=True))


def make_person(code, name, **changes):
    person = make_contact(code, kind="person", **changes)
    person.translations.update(display_name=name, unit_name="")
    list_changes.note_names()
    return person


def test_a_country_is_found_by_each_of_its_names():
    ivory = make_country("CIV", "Côte d’Ivoire", aliases=["Ivory Coast", "RCI"])
    make_article(headline="tagged", countries=[ivory])
    make_article(headline="named", body="<p>From Côte d’Ivoire.</p>")
    make_article(headline="neither", body="<p>Ivory; RDC.</p>")
    assert listed("cote d'ivoire") == ["named", "tagged"]
    assert listed("RCI") == ["tagged"]
    assert listed("Ivory Coast tagged") == ["tagged"]
    assert listed("ivory") == ["neither"]


def test_an_article_that_names_a_country_is_found_by_another_name():
    make_country("MMR", "Myanmar", aliases=["Burma", "Union of Myanmar"])
    make_article(headline="named", body="<p>In Myanmar.</p>")
    assert listed("Burma") == ["named"]


def test_the_words_of_a_name_that_stand_apart_are_not_the_name():
    usa = make_country("USA", "United States of America", aliases=["USA", "United States"])
    make_article(headline="tagged", countries=[usa])
    make_article(headline="neither", body="<p>The United Nations has 193 member states.</p>")
    assert listed("USA") == listed("US") == ["tagged"]


def test_an_abbreviation_of_a_country_is_no_word():
    make_article(headline="tagged", countries=[make_country("CAF", "Central African Republic", aliases=["CAR"])])
    make_article(headline="driven", body="<p>By car.</p>")
    assert listed("CAR") == ["tagged"]
    assert listed("car") == ["driven"]


def test_a_new_name_of_a_country_counts_at_once():
    country = make_country("SWZ", "Eswatini")
    make_article(headline="tagged", countries=[country])
    assert listed("Swaziland") == []
    type(country).objects.update(aliases=["Swaziland"])
    list_changes.note_names()
    assert listed("Swaziland") == ["tagged"]


def test_an_office_is_found_by_its_name():
    nairobi = make_office("nairobi", "Regional Office in Nairobi")
    nairobi.translations.update(city="Nairobi")
    make_article(headline="issued", office=nairobi)
    make_article(headline="other", office=make_office("lima", "Regional Office in Lima"))
    assert listed("Regional Office in Nairobi") == ["issued"]
    assert listed("regional office nairobi") == ["issued"]
    assert listed("Nairobi office") == ["issued"]
    assert listed("regional office") == listed("Geneva") == []


def test_articles_of_a_closed_office_are_found_by_its_successor():
    dakar = make_office("dakar", "Dakar Office")
    niamey = make_office("niamey", "Niamey Office", closed=TODAY, successor=dakar)
    make_article(headline="old", office=niamey)
    assert listed("Dakar Office") == ["old"]


def test_a_person_is_found_in_the_contacts():
    person = make_person("ana", "Ana Quispe Rojas")
    make_article(headline="hers", contacts=[person])
    make_article(headline="theirs", contacts=[make_person("bob", "Bob Rojas")])
    assert listed("Ana Quispe") == ["hers"]
    assert listed("quispe") == ["hers"]
    assert listed("rojas") == ["hers", "theirs"]
    assert listed("Ana hers") == ["hers"]


def test_a_person_of_the_source_is_found_in_its_translations():
    from articles.publishing import after_save

    source = make_article(headline="source", contacts=[make_person("ana", "Ana Quispe")])
    make_article(headline="texte", language="fr", translation_of=source)
    after_save.sync(source)
    assert listed("Quispe", "fr") == ["texte"]


@pytest.mark.parametrize(
    "changes",
    [
        {"is_public": False},
        {"valid_until": TODAY - timedelta(1)},
        {"valid_from": TODAY + timedelta(1)},
    ],
)
def test_a_person_whom_no_page_shows_finds_nothing(changes):
    person = make_person("ana", "Ana Quispe")
    make_article(headline="hers", contacts=[person])
    assert listed("Quispe") == ["hers"]
    Contact.objects.filter(pk=person.pk).update(**changes)
    list_changes.note_names()
    assert listed("Quispe") == []


def test_a_successor_is_found_in_the_place_of_the_person():
    successor = make_person("bea", "Bea Luna")
    person = make_person("ana", "Ana Quispe", valid_until=TODAY - timedelta(1), replaced_by=successor)
    make_article(headline="hers", contacts=[person])
    assert (listed("Luna"), listed("Quispe")) == (["hers"], [])


def test_a_new_name_of_a_person_counts_at_once():
    person = make_person("ana", "Ana Quispe")
    make_article(headline="hers", contacts=[person])
    assert listed("Ana") == ["hers"]
    person.translations.update(display_name="Ana Luna")
    list_changes.note_names()
    assert (listed("Luna"), listed("Quispe")) == (["hers"], [])


def test_a_person_finds_nothing_unpublished():
    person = make_person("ana", "Ana Quispe")
    make_article(headline="draft", contacts=[person], state="draft")
    assert listed("Quispe") == []


def test_the_name_of_a_unit_is_no_person():
    make_article(headline="A", contacts=[make_contact(name="Media Unit")])
    assert listed("Media Unit") == []


def test_a_list_counts_what_a_name_finds(client):
    make_article(headline="tagged", countries=[make_country("MMR", "Myanmar", aliases=["Burma"])])
    page = client.get("/en/news/?q=Burma")
    assert [article.headline for article in page.context["page"]] == ["tagged"]
    [country] = [facet for facet in page.context["facets"] if facet.name == "country"]
    assert {one.code: one.number for one in country.choices} == {"mmr": 1}


@pytest.mark.parametrize(
    ("language", "name", "adjectives"),
    [
        ("en", "Nepal", "Nepalese"),
        ("en", "Fiji", "Fijian Fijians"),
        ("en", "Honduras", "Honduran"),
        ("fr", "Hongrie", "hongrois hongroise"),
        ("fr", "Sénégal", "sénégalais senegalaises"),
        ("fr", "Mali", "malien Maliens"),
        ("fr", "Ghana", "ghanéen Ghanéens"),
        ("fr", "Tunisie", "tunisien tunisienne"),
        ("es", "Honduras", "hondureño hondurenas"),
        ("es", "Guatemala", "guatemalteca guatemaltecos"),
        ("es", "Perú", "peruano peruanas"),
        ("ru", "Туркменистан", "туркменский туркменского"),
        ("ru", "Кения", "кенийский кенийские"),
    ],
)
def test_a_country_is_found_by_its_adjective(language, name, adjectives):
    country = make_country("AAA", name)
    country.translations.filter(language=language).delete()
    country.translations.create(language=language, name=name)
    list_changes.note_names()
    make_article(language=language, headline="tagged", countries=[country])
    make_article(language=language, headline="named", body=f"<p>{name}</p>")
    make_article(language=language, headline="neither", body="<p>X</p>")
    assert [word for word in adjectives.split() if listed(word, language) != ["named", "tagged"]] == []


def test_countries_of_several_words_have_adjectives():
    make_article(headline="tagged", countries=[make_country("LKA", "Sri Lanka")])
    assert listed("Sri Lankan") == ["tagged"]
    assert listed("Lankan") == []


def test_an_adjective_is_that_of_the_country_whose_name_changes_least():
    make_article(headline="Abuja", countries=[make_country("NGA", "Nigeria")])
    make_article(headline="Niamey", countries=[make_country("NER", "Niger")])
    assert listed("Nigerian") == ["Abuja"]
