"""A card is rendered once, and anew when anything that it shows has changed."""

from datetime import date

import pytest
from django.db import connection
from django.template import loader
from django.test.utils import CaptureQueriesContext, override_script_prefix

from articles.listing import cards, in_memory
from articles.listing.cards import Cards
from articles.media.renditions import focal_code
from articles.models import Article, Image, list_changes
from articles.search.highlighting import Marks
from contacts.public_pages import names_changed
from contacts.templatetags.kept_html import kept_html
from newsroom.models import Page
from tests.articles.pages.test_front_pages import make_image
from tests.cast import make_article, make_contact, make_office, make_region

pytestmark = pytest.mark.django_db

LIST = "/en/news/"


@pytest.fixture(autouse=True)
def _nothing_kept():
    kept_html.clear()


@pytest.fixture
def rendered(monkeypatch):
    """The names of the templates that were rendered for cards."""
    names = []
    monkeypatch.setattr(cards, "get_template", lambda name: names.append(name) or loader.get_template(name))
    return names


def test_a_card_is_rendered_once(client, rendered):
    make_article()
    first, second = (client.get(LIST).content for _ in range(2))
    assert rendered == ["articles/_card.html"]
    assert first == second


def test_while_debug_is_on_every_change_of_a_template_shows(client, rendered, settings):
    settings.DEBUG = True
    make_article()
    for _ in range(2):
        client.get(LIST)
    assert rendered == ["articles/_card.html"] * 2
    assert len(kept_html) == 0


@pytest.mark.parametrize(
    ("change", "seen"),
    [
        ({"headline": "Another headline"}, "Another headline"),
        ({"summary": "Another summary"}, "Another summary"),
        ({"slug": "another-slug"}, "/en/news/another-slug/"),
        ({"kind": "speech"}, "Speech"),
        ({"published_on": date(2001, 2, 3)}, "3 February 2001"),
    ],
)
def test_what_it_shows_is_never_old(client, change, seen):
    article = make_article()
    assert seen not in _card(client)
    Article.objects.filter(pk=article.pk).update(**change)  # and nobody counts a version
    list_changes.note([article.pk])
    assert seen in _card(client)


def _other_picture(article, image):
    other = make_image(file="images/y.jpg", sha256="1" * 64)
    Article.objects.filter(pk=article.pk).update(lead_image=other)


@pytest.mark.parametrize("query", ["", "?q=ferry"])
@pytest.mark.parametrize(
    "change",
    [
        lambda article, image: image.translations.update(alt="Another sight"),
        lambda article, image: image.translations.all().delete(),
        lambda article, image: Image.objects.update(decorative=True),
        lambda article, image: Image.objects.update(focal_x=0.9),
        lambda article, image: Image.objects.update(renditions={"thumb": [96], "focal": focal_code(image)}),
        lambda article, image: Article.objects.update(lead_image=None),
        _other_picture,
        lambda article, image: article.regions.set([]),
        lambda article, image: article.regions.set([*article.regions.all(), make_region("asia", "Asia")]),
    ],
)
def test_its_picture_and_its_regions_are_never_old(client, change, query):
    image = make_image()
    image.translations.create(language="en", alt="A ferry at its quay")
    article = make_article(headline="The ferry sails", lead_image=image, regions=[make_region("africa", "Africa")])
    before = _card(client, query)
    assert "A ferry at its quay" in before
    change(article, image)
    list_changes.note([article.pk])
    after = _card(client, query)
    assert "sails" in after
    assert after != before


def test_a_site_below_a_path_has_its_own_addresses(client):
    make_article(slug="tides-turn", regions=[make_region("africa", "Africa")])
    with override_script_prefix("/press/"):
        below, home_below = (client.get(path).content.decode() for path in (LIST, "/en/"))
    assert 'href="/press/en/news/tides-turn/"' in below
    assert 'href="/press/en/regions/africa/"' in home_below
    above, home = (client.get(path).content.decode() for path in (LIST, "/en/"))
    assert 'href="/en/news/tides-turn/"' in above
    assert 'href="/en/regions/africa/"' in home
    assert "/press/" not in above + home


def test_another_name_of_its_region_is_shown(client):
    region = make_region("africa", "Africa")
    make_article(regions=[region])
    assert "Africa" in _card(client)
    region.translations.update(name="The continent")
    list_changes.note_names()
    assert "The continent" in _card(client)


def test_each_language_has_its_own(client):
    make_article(kind="statement")
    make_article(kind="statement", language="fr")
    assert "Statement" in _card(client)
    assert "Déclaration" in client.get("/fr/news/").content.decode()


def _card(client, query=""):
    page = client.get(LIST + query).content.decode()
    return page[page.index('<article class="card') :]


def test_what_the_database_does_not_show_any_more_is_on_no_list(client):
    article = make_article(headline="Taken back")
    assert "Taken back" in _card(client)
    Article.objects.filter(pk=article.pk).update(state="draft")  # by hand, and nobody made a note
    assert "Taken back" not in client.get(LIST).content.decode()


def test_another_telephone_is_on_every_page_of_its_contact(client):
    contact = make_contact()
    contact.phones.create(display="+41 22 717 93 89")
    article = make_article(contacts=[contact])
    assert "tel:+41227179389" in client.get(article.get_absolute_url()).content.decode()
    phone = contact.phones.get()
    phone.display = "+41 22 717 93 59"
    phone.save()
    names_changed()
    page = client.get(article.get_absolute_url()).content.decode()
    assert "tel:+41227179359" in page
    assert "tel:+41227179389" not in page


def test_a_contact_speaks_the_language_of_each_page(client):
    contact = make_contact(languages=["fr"])
    pages = [make_article(contacts=[contact], language=language).get_absolute_url() for language in ("en", "fr")]
    english, french = (client.get(page).content.decode() for page in pages)
    assert "French" in english
    assert "français" in french


def test_the_navigation_is_rendered_once_and_anew_when_a_page_has_another_name(client):
    page = Page.objects.create(code="our-work")
    page.translations.create(language="en", title="Our work")
    with CaptureQueriesContext(connection) as asked:
        assert all("Our work" in client.get(LIST).content.decode() for _ in range(3))
    assert (
        len([query for query in asked if Page._meta.db_table in query["sql"]]) == 4
    )  # pages and names, above and below
    page.translations.update(title="What we do")
    names_changed()
    assert "What we do" in client.get(LIST).content.decode()
    assert 'aria-current="page">What we do' in client.get("/en/about/our-work/").content.decode()


@pytest.mark.parametrize("name", ["card", "tile", "lead", "line"])
def test_rendering_reads_nothing_more(name, django_assert_num_queries):
    image = make_image()
    image.translations.create(language="en", alt="A ferry at its quay")
    article = make_article(headline="The ferry sails", regions=[make_region("africa", "Africa")], lead_image=image)
    found = Cards([article.pk, make_article(slug="plain").pk], in_memory.lists_in_memory().names())
    with django_assert_num_queries(0):
        first, second = found.html(name)
    assert "The ferry sails" in first
    assert "A ferry at its quay" in first or name == "line"
    assert "/en/news/plain/" in second


def test_what_is_gone_through_is_what_was_read(django_assert_num_queries):
    image, region = make_image(), make_region("africa", "Africa")
    article = make_article(regions=[region], lead_image=image)
    found = Cards([article.pk], in_memory.lists_in_memory().names())
    with django_assert_num_queries(0):
        (shown,) = found
        assert (shown.pk, shown.headline, shown.publish_at) == (article.pk, article.headline, article.publish_at)
        assert (shown.lead_image, shown.lead_image.renditions) == (image, image.renditions)
        assert [str(place) for place in shown.places] == ["Africa"]


def test_the_card_of_a_search_is_rendered_once_whatever_its_words(client, rendered):
    make_article(
        headline="Flood after rain", body="<p>Boats & <b>tents</b> came.</p>", regions=[make_region("africa", "Africa")]
    )
    flood, rain, tents = (client.get(LIST, {"q": word}).content.decode() for word in ("flood", "rain", "tents"))
    assert rendered == ["articles/_card.html"]
    assert "<mark>Flood</mark> after rain" in flood
    assert "Flood after <mark>rain</mark>" in rain
    assert "Flood after rain" in tents
    assert "Boats &amp; <mark>tents</mark> came." in tents
    assert all(
        "Africa" in page and "<article" in page and cards.PLACEHOLDER not in page for page in (flood, rain, tents)
    )
    plain = _card(client)
    assert "Flood after rain" in plain
    assert "<mark>" not in plain
    assert cards.PLACEHOLDER not in plain


def test_an_excerpt_is_taken_where_the_words_are(django_assert_num_queries):
    article = make_article(summary="Boats came.", body="<p>And tents.</p>", notes_to_editors="<p>Photographs: ask.</p>")
    found = Cards([article.pk], in_memory.lists_in_memory().names(), texts=True)
    with django_assert_num_queries(0):
        boats, tents, notes, nowhere = (
            found.highlighted(Marks(word, "en"))[0] for word in ("boats", "tents", "ask", "x")
        )
    assert "<mark>Boats</mark> came." in boats
    assert "And <mark>tents</mark>." in tents
    assert "Photographs: <mark>ask</mark>." in notes
    assert "Boats came." in nowhere


def test_one_code_that_has_no_address_does_not_cost_every_page(client):
    make_region("asia.pacific", "Asia")
    make_article(headline="Read on")
    assert "Read on" in _card(client)


def test_pages_without_lists_do_not_wait_for_them(client, monkeypatch):
    make_office()
    client.get(LIST)
    monkeypatch.setattr(in_memory, "Index", lambda: pytest.fail("the lists were read"))
    list_changes.note_everything()
    for looked in (in_memory.lists_in_memory()._looked, in_memory.lists_in_memory()._looked - in_memory.OLDEST - 1):
        monkeypatch.setattr(in_memory.lists_in_memory(), "_looked", looked)
        assert client.get("/en/offices/").status_code == 200
        assert client.get("/en/nowhere/").status_code == 404
