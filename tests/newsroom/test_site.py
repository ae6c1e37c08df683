"""The frame of the site: pages and navigation, languages, errors, robots."""

import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image as Picture

from newsroom.models import Page
from tests.cast import make_article, make_country, make_office, make_region, make_topic

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
LANGUAGES = ["en", "fr", "es", "ar", "ru", "zh"]


def make_page(code="our-work", title="Our work", **changes):
    words = {key: changes.pop(key) for key in ("intro", "body") if key in changes}
    page = Page.objects.create(code=code, **changes)
    page.translations.create(language="en", title=title, **words)
    return page


@pytest.mark.parametrize(
    ("accepted", "address"),
    [("ar,en;q=0.5", "/ar/"), ("zh-CN", "/zh/"), ("de,fr;q=0.2", "/fr/"), ("xx", "/en/"), ("", "/en/"), ("*", "/en/")],
)
def test_the_bare_address_leads_to_the_language_of_the_browser(client, accepted, address):
    client.cookies["django_language"] = "ru"
    response = client.get("/", headers={"accept-language": accepted})
    assert (response.status_code, response.url, response["Vary"]) == (302, address, "Accept-Language")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_front_page_speaks_every_language(client, language):
    page = client.get(f"/{language}/").content.decode()
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in page


def test_dates_are_written_as_each_language_writes_them(client):
    make_article(language="zh", publish_at="2026-03-04T05:00:00Z")
    make_article(language="en", publish_at="2026-03-04T05:00:00Z")
    assert ">2026年3月4日</time>" in client.get("/zh/news/").content.decode()
    assert ">4 March 2026</time>" in client.get("/en/news/").content.decode()


def test_the_language_switch_is_never_a_dead_end(client):
    make_article(regions=[make_region()], countries=[make_country()], topics=[make_topic()], office=make_office())
    make_page()
    paths = [
        "/en/",
        "/en/news/?region=europe&topic=diaspora&q=Text&page=1",
        "/en/regions/europe/",
        "/en/countries/che/",
        "/en/topics/diaspora/",
        "/en/offices/",
        "/en/offices/geneva/",
        "/en/media-contacts/",
        "/en/about/our-work/",
    ]
    for path in paths:
        for language in LANGUAGES:
            assert client.get(path.replace("/en/", f"/{language}/", 1), follow=True).status_code == 200
    page = client.get(paths[1], follow=True).content.decode()
    assert 'href="/ar/news/?region=europe&amp;topic=diaspora&amp;q=Text" lang="ar" hreflang="ar" dir="rtl"' in page


def test_a_lost_reader_changes_language_to_the_front_page(client):
    for path in ("/en/nope/", "/en/news/nope/", "/en/news/?region=nope"):
        page = client.get(path).content.decode()
        assert '<a href="/ar/" lang="ar"' in page
        assert 'rel="canonical"' not in page
        assert '<meta name="robots" content="noindex">' in page


def test_lists_name_their_alternates_with_the_filters(client):
    for language in ("en", "ru"):
        make_article(language=language, regions=[make_region()])
    page = client.get("/en/news/?region=europe").content.decode()
    assert '<link rel="alternate" hreflang="ru" href="http://testserver/ru/news/?region=europe">' in page
    assert '<link rel="alternate" hreflang="x-default" href="http://testserver/en/news/?region=europe">' in page


def test_the_base_address_of_the_settings_stands_before_every_absolute_one(client, settings):
    settings.NEWSROOM_BASE_URL = "https://news.example.org/"
    assert '<link rel="canonical" href="https://news.example.org/en/">' in client.get("/en/").content.decode()


def test_top_pages_make_the_navigation_and_show_what_is_under_them(client):
    work = make_page(intro="What we are for.")
    make_page("what-we-do", "What we do", parent=work, intro="Measuring.", body="<p>Long.</p><script>x()</script>")
    make_page("hidden", "Hidden", is_published=False)
    make_page("quiet", "Quiet", in_navigation=False)
    page = client.get("/en/about/our-work/").content.decode()
    navigation, main = page.split("<main")
    assert "Our work" in navigation
    assert "Hidden" not in page
    assert "Quiet" not in navigation
    assert "What we are for." in main
    assert "What we do" in main
    below = client.get("/en/about/what-we-do/").content.decode()
    assert "<p>Long.</p>" in below
    assert "<script>" not in below
    assert client.get("/en/about/hidden/").status_code == 404


def test_a_page_without_words_in_the_language_is_marked_as_what_it_is(client):
    make_page(body="<p>Long.</p>")
    page = client.get("/ar/about/our-work/").content.decode()
    assert '<span lang="en" dir="ltr">Our work</span>' in page
    assert '<div class="prose" lang="en" dir="ltr"><p>Long.</p></div>' in page


def test_errors_have_pages_of_their_own(client):
    make_article(slug="gone", state="gone")
    for path, status, words in (
        ("/en/nope/", 404, "Page not found"),
        ("/en/news/gone/", 410, "This item was removed"),
        ("/en/news/?page=x", 400, "This address cannot be read"),
    ):
        response = client.get(path)
        assert response.status_code == status
        assert words in response.content.decode()


def test_a_fault_shows_a_page_that_needs_no_database(client, monkeypatch, django_assert_num_queries):
    client.raise_request_exception = False
    monkeypatch.setattr("articles.pages.front_pages.home", lambda language: 1 / 0)
    with django_assert_num_queries(0):
        response = client.get("/ar/")
    assert response.status_code == 500
    assert '<html lang="ar" dir="rtl">' in response.content.decode()


def test_the_icon_that_nobody_names_is_there(client):
    icon = finders.find(client.get("/favicon.ico").url.removeprefix(settings.STATIC_URL))
    with Picture.open(icon) as opened:
        assert (opened.format, opened.info["sizes"]) == ("ICO", {(16, 16), (32, 32), (48, 48)})


def test_robots_stay_out_of_the_admin(client):
    assert (
        client.get("/robots.txt")
        .content.decode()
        .startswith("User-agent: *\nDisallow: /admin/\nDisallow: /*/news/?*&\n")
    )


def test_public_pages_answer_to_reading_only():
    browser = Client(enforce_csrf_checks=True)
    for path in ("/", "/en/", "/en/news/", "/en/news/nothing/", "/en/offices/", "/en/about/nothing/", "/r/nothing/"):
        assert browser.post(path).status_code == 405, path
    assert browser.post("/admin/login/").status_code == 403


def test_no_public_page_reads_the_session_or_sets_a_cookie(client):
    make_office()
    make_page()
    for path in (
        "/en/",
        "/en/news/",
        "/en/offices/",
        "/en/offices/geneva/",
        "/en/media-contacts/",
        "/en/about/our-work/",
    ):
        response = client.get(path)
        assert "Vary" not in response.headers, path
        assert not response.cookies, path


def test_every_section_has_a_heading(client):
    """Otherwise the HTML checker warns: `section` is for what an outline of the page would list."""
    regions = [make_region(code, code.title()) for code in ("europe", "asia", "africa")]
    topics = [make_topic(code, code.title()) for code in ("diaspora", "floods")]
    places = [("CHE", "Switzerland", "geneva"), ("KEN", "Kenya", "nairobi")]
    for code, name, office in places:
        chosen = {"countries": [make_country(code, name)], "office": make_office(office, office.title())}
        article = make_article(
            regions=regions, topics=topics, kind="statement" if office == "geneva" else "news", **chosen
        )
    paths = [
        "",
        "news/",
        "news/?region=europe&q=text",
        "regions/europe/",
        "topics/floods/",
        "offices/",
        "offices/geneva/",
    ]
    for path in [*paths, "media-contacts/", f"news/{article.slug}/", "nothing-here/"]:
        page = client.get(f"/en/{path}").content.decode()
        sections = [section.partition("</section>")[0] for section in page.split("<section")[1:]]
        bare = [section for section in sections if not re.search("<h[1-6]", section)]
        assert bare == [], path


def test_the_footer_leads_to_regions_pages_contacts_offices_corrections_and_languages(client):
    make_region()
    make_region("old", "Old Region", is_active=False)
    for code, published in (("our-work", True), ("draft", False)):
        Page.objects.create(code=code, is_published=published).translations.create(language="en", title=code)
    page = client.get("/en/media-contacts/").content.decode()
    links = re.findall(r'<a href="([^"]+)"', page[page.index("<footer") :])
    assert links == [
        "/en/",
        "/en/news/",
        "/en/news/archive/",
        "/en/regions/europe/",
        "/en/news/feed.atom",
        "/en/alerts/",
        "/en/about/our-work/",
        "/en/media-contacts/",
        "/en/offices/",
        "/en/contact/",
        "/en/corrections/",
        "/en/verify/",
        "/api/v1/",
        *(f"/{code}/media-contacts/" for code in ("en", "fr", "es", "ar", "ru", "zh")),
        "/en/privacy/",
    ]
