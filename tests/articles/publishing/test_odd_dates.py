"""Dates that came in by another way, such as the years 1 and 9999, take no page down."""

from datetime import UTC, datetime

import pytest

from articles.publishing import after_save
from tests.cast import make_office, make_ready_article, make_user

pytestmark = pytest.mark.django_db
FIRST, LAST = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)


@pytest.fixture
def odd():
    """One on either side of the clock at UTC."""
    articles = []
    for zone, at in (("America/Lima", FIRST), ("Asia/Tokyo", LAST), ("Asia/Tokyo", FIRST), ("America/Lima", LAST)):
        office = make_office(zone.lower().replace("/", "-"), zone, timezone=zone)
        article = make_ready_article(state="approved", office=office, publish_at=at, press_from=at)
        after_save.sync(article)
        articles.append(article)
    return articles


def test_public_pages(client, odd):
    places = ("regions/europe/", "topics/diaspora/", "offices/")
    for path in ("", "news/", "news/?year=9998", *places, "news/?office=america-lima"):
        assert client.get(f"/en/{path}").status_code == 200, path


@pytest.mark.parametrize("language", ["en", "ar"])
def test_articles_and_their_forms(client, odd, language):
    for article in odd:
        assert client.get(article.get_absolute_url()).status_code == (200 if article.is_live else 404)
    client.force_login(make_user("edna", "editor"))
    client.cookies["django_language"] = language
    for article in odd:
        for view in ("change", "preview", "history"):
            assert client.get(f"/admin/articles/article/{article.pk}/{view}/").status_code == 200, view
    assert client.get("/admin/").status_code == 200


def test_the_list_offers_no_thousands_of_years(client, odd):
    make_ready_article(publish_at=datetime(2024, 5, 1, tzinfo=UTC))
    client.force_login(make_user("edna", "editor"))
    html = client.get("/admin/articles/article/").content.decode()
    assert html.count("published_on__year=") == 1
    for question in (
        "published_on__year=9999",
        "published_on__year=9999&published_on__month=12",
        "published_on__year=1",
    ):
        assert client.get(f"/admin/articles/article/?{question}", follow=True).status_code == 200


def test_the_facets_offer_no_year_that_leads_nowhere(client, odd):
    html = client.get("/en/news/").content.decode()
    assert "year=1&" not in html
    assert 'year=1"' not in html
