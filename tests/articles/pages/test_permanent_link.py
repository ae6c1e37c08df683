"""The permanent link of an article: where it leads, and where it is shown and shared."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.cast import make_article

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_the_permanent_link_is_shown_with_its_host(client, settings):
    def page():
        return client.get(article.get_absolute_url()).content.decode().replace("<wbr>", "")

    article = make_article(reference="2026-00007")
    assert ">http://testserver/r/2026-00007/<" in page()
    settings.NEWSROOM_BASE_URL = "https://news.example.org"
    assert ">https://news.example.org/r/2026-00007/<" in page()


@pytest.mark.parametrize(
    ("accepted", "address"),
    [
        ("fr-CH,fr;q=0.9", "/fr/news/v-fr/"),
        ("de,en;q=0.1", "/en/news/v-en/"),
        ("es", "/en/news/v-en/"),
        ("", "/en/news/v-en/"),
    ],
)
def test_a_permanent_link_picks_the_language_of_the_browser(client, accepted, address):
    source = make_article(slug="v-en", reference="2026-00001")
    make_article(slug="v-fr", language="fr", translation_of=source, reference="2026-00001")
    make_article(slug="v-es", language="es", translation_of=source, reference="2026-00001", state="draft")
    response = client.get("/r/2026-00001/", headers={"accept-language": accepted})
    assert (response.status_code, response.url, response["Vary"]) == (302, address, "Accept-Language")


def test_a_permanent_link_to_nothing_public_is_not_found_or_gone(client):
    make_article(reference="2026-00002", state="draft")
    make_article(reference="2026-00003", state="gone")
    codes = [client.get(f"/r/{reference}/").status_code for reference in ("2026-00002", "2026-00003", "2026-99999")]
    assert codes == [404, 410, 404]


def test_share_links_are_plain_and_hold_the_permanent_link(client):
    article = make_article(headline="50 % more & “better”?", reference="2026-00007")
    page = client.get(article.get_absolute_url()).content.decode()
    links = re.findall(r'<li><a href="([^"]+)" rel="noopener nofollow">', page)
    assert [urlsplit(unescape(link)).netloc for link in links] == [
        "",
        "wa.me",
        "www.linkedin.com",
        "www.facebook.com",
        "x.com",
    ]
    assert all("2026-00007" in link for link in links)
    assert parse_qs(urlsplit(unescape(links[0])).query)["subject"] == ["50 % more & “better”?"]
