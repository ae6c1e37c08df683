"""Each public address has one spelling; others, as people pass them on, lead there, and what is unknown stays so."""

import unicodedata
from datetime import timedelta
from urllib.parse import quote, unquote, unquote_to_bytes

import pytest
from django.utils import timezone
from django.utils.encoding import escape_uri_path
from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.models import Article, SlugHistory
from newsroom.addresses import other_address, site_language
from newsroom.models import Page
from tests.cast import make_article, make_contact, make_country, make_office, make_region, make_topic

SLUGS = {
    "en": "flood-warning",
    "fr": "réunion-à-genève",
    "es": "año-nuevo",
    "ar": "تقرير-المياه-آسيا",
    "ru": "ежегодный-йод",
    "zh": "水-报告",
}
JUNK = [".", ")", ",", ";", "»", "”", ">", "’", "'", '"', "!", "?", "…", "。", "،", "）", "\u200f", "\u200e", "\u200b"]
JUNK += ["\ufeff", " ", "\u00a0", ").", "\u200f.", "/.", "**"]


@pytest.fixture(scope="module")
def rows(shared_rows):
    kenya = make_country("KEN", "Kenya", m49="404")
    ivory = make_country("CIV", "Côte d’Ivoire", m49="384")
    for language, name in {"fr": "Côte d’Ivoire", "ru": "Кот-д’Ивуар", "zh": "科特迪瓦", "ar": "كوت ديفوار"}.items():
        ivory.translations.create(language=language, name=name)
    kenya.aliases = ["Republic of Kenya"]
    kenya.save()
    make_region("africa", "Africa")
    make_topic("climate-change", "Climate change")
    make_contact("media-unit", office=make_office("nairobi", "Nairobi Office"))
    Page.objects.create(code="who-we-are")
    for language, slug in SLUGS.items():
        make_article(language=language, slug=slug, reference="2026-00001" if language == "en" else "")


@pytest.fixture
def site(rows, db):
    """The newsroom with these rows."""


def get(client, path):
    """Like client.get, which reads "//host" where a path begins with two slashes."""
    plain, _, query = path.partition("?")
    return client.get("/", PATH_INFO=unquote_to_bytes(plain).decode("latin-1"), QUERY_STRING=query)


def address(language, slug=None):
    return quote(f"/{language}/news/{slug or SLUGS[language]}/")


def moved(client, path):
    response = get(client, path)
    return response["Location"] if response.status_code == 301 else response.status_code


@pytest.mark.parametrize("language", SLUGS)
def test_unicode_in_another_form_and_case(client, site, language):
    slug = SLUGS[language]
    for other in (unicodedata.normalize("NFD", slug), slug.upper(), slug.title()):
        if other != slug:
            assert moved(client, quote(f"/{language}/news/{other}/")) == address(language)
    assert client.get(quote(f"/{language}/news/{slug}/").lower()).status_code == 200
    assert moved(client, quote(quote(f"/{language}/news/{slug}/"))) == address(language) or language == "en"


@pytest.mark.parametrize("junk", JUNK)
def test_what_was_pasted_behind_an_address(client, site, junk):
    for end in (junk, f"/{junk}", f"{junk}/"):
        assert moved(client, quote(f"/ar/news/{SLUGS['ar']}{end}")) == address("ar")
        assert moved(client, quote(f"/en/countries/ken{end}")) == "/en/countries/ken/"
    assert moved(client, quote(f"/en/{junk}")) == "/en/"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/EN/News/", "/en/news/"),
        ("/en-GB/", "/en/"),
        ("/en-us/news/flood-warning/", "/en/news/flood-warning/"),
        ("/zh-hans/", "/zh/"),
        ("/zh-CN/news/", "/zh/news/"),
        ("/zh-TW/news", "/zh/news/"),
        ("/zh_Hant_HK/", "/zh/"),
        ("/fr_CA/offices/", "/fr/offices/"),
        ("//en//news//flood-warning//", "/en/news/flood-warning/"),
        ("/en/news/flood-warning", "/en/news/flood-warning/"),
        ("/en/countries/kenya/", "/en/countries/ken/"),
        ("/en/countries/ke/", "/en/countries/ken/"),
        ("/en/countries/KEN/", "/en/countries/ken/"),
        ("/en/countries/404/", "/en/countries/ken/"),
        ("/en/countries/republic-of-kenya/", "/en/countries/ken/"),
        ("/fr/countries/côte-d’ivoire/", "/fr/countries/civ/"),
        ("/fr/countries/cote-d-ivoire", "/fr/countries/civ/"),
        ("/es/countries/Кот-д’Ивуар/", "/es/countries/civ/"),
        ("/zh/countries/科特迪瓦/", "/zh/countries/civ/"),
        ("/ar/countries/كوت-ديفوار/", "/ar/countries/civ/"),
        ("/en/regions/Africa/", "/en/regions/africa/"),
        ("/en/topics/Climate-Change", "/en/topics/climate-change/"),
        ("/en/topics/climate_change/", "/en/topics/climate-change/"),
        ("/en/offices/NAIROBI/", "/en/offices/nairobi/"),
        ("/en/Offices/Nairobi.VCF", "/en/offices/nairobi.vcf"),
        ("/en/contacts/Media-Unit.vcf", "/en/contacts/media-unit.vcf"),
        ("/R/2026-00001", "/r/2026-00001/"),
        ("/r/2026-00001.", "/r/2026-00001/"),
        ("/en/media-contacts", "/en/media-contacts/"),
        ("/en/About/Who-we-are.", "/en/about/who-we-are/"),
    ],
)
def test_other_spellings(client, site, path, expected):
    assert moved(client, escape_uri_path(path)) == expected
    assert moved(client, f"{escape_uri_path(path)}?utm_source=mail&x=%D8%A7") == f"{expected}?utm_source=mail&x=%D8%A7"


@pytest.mark.parametrize(
    "path",
    [
        "/pt/", "/pt-br/news/", "/en/nowhere/", "/en/news/no-such-story./", "/EN/news/no-such-story/", "/en/countries/atlantis/",
        "/en/countries/", "/en/news/flood-warning/more/", "/e/", "/admins/", "/STATIC/x.css", "/MEDIA/x.png", "/r/2026-99999.",
        "//evil.example/en/", "/en/news/%252F%252Fevil.example/", "/en/about/nothing.", "/en/news/%D9%8B/",
    ],
)  # fmt: skip
def test_what_is_unknown_stays_unknown(client, site, path):
    assert get(client, path).status_code == 404


def test_only_reading_is_redirected(client, site):
    assert client.head("/EN/news/").status_code == 301
    assert client.post("/EN/news/").status_code in (403, 404, 405)
    assert client.get("/ADMIN/").status_code == 404


def test_drafts_are_not_told_from_nothing(client, site):
    make_article(slug="secret-plan", state="draft", reference="2026-00002")
    for path in ("/en/news/Secret-Plan/", "/en/news/secret-plan./", "/r/2026-00002.", "/en-GB/news/secret-plan/"):
        assert client.get(path).status_code == 404


def test_contacts_that_are_not_public_are_not_told_from_nothing(client, site):
    successor = make_contact("jane-doe", is_public=False)
    make_contact("to-come", valid_from=timezone.now().date() + timedelta(days=9))
    former = make_contact("john-doe", valid_until=timezone.now().date() - timedelta(days=9), replaced_by=successor)
    for spelling in ("Jane-Doe.vcf", "jane-doe.VCF", "jane-doe.vcf/", "To-Come.vcf", "John-Doe.vcf"):
        assert client.get(f"/en/contacts/{spelling}").status_code == 404, spelling
    successor.is_public = True
    successor.save()
    assert moved(client, "/en/contacts/John-Doe.vcf") == f"/en/contacts/{former.code}.vcf"


def test_an_earlier_address_is_reached_in_one_step(client, site):
    article = Article.objects.get(slug="flood-warning")
    SlugHistory.objects.create(article=article, language="en", slug="flöd")
    assert moved(client, quote("/EN/news/" + unicodedata.normalize("NFD", "Flöd") + ".")) == "/en/news/flood-warning/"


def test_the_filters_of_a_list_know_other_spellings(client, site):
    for typed in ("ke", "KE", "404", "Kenya", "kenya.", "KEN"):
        assert moved(client, f"/en/news/?country={quote(typed)}") == "/en/news/?country=ken", typed
    assert moved(client, "/en/news/?topic=Climate%20change&kind=NEWS") == "/en/news/?kind=news&topic=climate-change"
    assert client.get("/en/news/?country=atlantis").status_code == 404


def test_what_several_have_names_none(client, site):
    for iso3 in ("COG", "COD"):
        make_country(iso3, f"Land {iso3}", iso2=f"C{iso3[-1]}").translations.create(language="fr", name="Congo")
    assert client.get("/en/countries/congo/").status_code == 404


def test_a_page_that_is_found_costs_nothing_more(client, site, monkeypatch):
    monkeypatch.setattr("newsroom.addresses.other_address", lambda path: pytest.fail("asked for another address"))
    assert client.get("/en/news/flood-warning/").status_code == 200


def test_redirects_are_kept_by_the_page_cache(cached, site):
    from tests.newsroom.cached import CountRenders

    for _ in range(2):
        assert cached.get("/en-GB/news/flood-warning/").status_code == 301
    assert len(CountRenders.seen) == 1


def test_a_page_names_itself_in_one_spelling(client, site):
    make_article(slug="translated", translation_of=Article.objects.get(language="ar"))
    html = client.get(address("ar")).content.decode()
    assert f'<link rel="canonical" href="http://testserver{address("ar")}">' in html
    assert f'hreflang="ar" href="http://testserver{address("ar")}"' in html
    assert f'"mainEntityOfPage": "http://testserver{address("ar")}"' in html


@pytest.mark.parametrize(
    ("tag", "language"), [("en", "en"), ("EN-gb", "en"), ("zh_Hans_CN", "zh"), ("pt", None), ("", None)]
)
def test_languages_of_browsers(tag, language):
    assert site_language(tag) == language


PIECES = st.sampled_from(
    ["en", "EN", "fr-CA", "zh-hans", "news", "News", "countries", "topics", "r", "ke", "kenya", "flood-warning", "FLOOD-warning",
     "réunion-à-genève", "2026-00001", "admin", "", "..", "media", *JUNK]
)  # fmt: skip
PATHS = st.lists(PIECES | st.text(max_size=8), max_size=6).map("/".join)


@pytest.mark.django_db
@settings(max_examples=settings().max_examples // 2)
@given(path=PATHS)
@example(path="/evil.example/")
@example(path="\\evil.example")
@example(path="en/news/%2F%2Fevil.example")
def test_no_path_leads_astray_or_in_a_circle(client, path):
    if not Article.objects.exists():
        make_country("KEN", "Kenya", m49="404")
        make_article(slug="flood-warning", reference="2026-00001")
        make_article(slug="réunion-à-genève", language="fr")
    target = other_address(f"/{path}")
    if target is None:
        return
    assert target.startswith("/")
    assert not target.startswith(("//", "/\\", "/admin", "/static", "/media"))
    assert other_address(unquote(target)) is None
    response = client.get(target)
    assert response.status_code in (200, 302)


@pytest.mark.django_db
def test_what_waits_for_its_publication_does_not_show_that_it_exists(client):
    make_article(slug="waits", reference="2026-00009", publish_at=timezone.now() + timedelta(days=3))
    for path in ("/r/2026-00009/", "/r/2026-00009.", "/R/2026-00009/", "/r/2026-00008."):
        assert get(client, path).status_code == 404
