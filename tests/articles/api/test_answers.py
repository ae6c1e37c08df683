"""What all answers of the API share: the page cache, conditional requests, errors, limits, other sites' scripts."""

import pytest
from django.core.cache import cache
from django.db import OperationalError

from articles.models import Article
from contacts.models import Contact
from tests.cast import make_article, make_contact, make_office, make_region, make_topic

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
URL = "/api/v1/articles/"
LISTS = ["articles", "corrections", "topics", "regions", "countries", "offices", "contacts"]


@pytest.fixture
def limited(settings):
    settings.API_PER_MINUTE = 3
    cache.clear()
    yield
    cache.clear()


def test_an_answer_is_made_once_whatever_the_client_says_of_itself(cached):
    make_article(headline="Water")
    first = cached.get(f"{URL}?fields=headline&kind=news")
    renders = cached.renders
    for headers in ({"accept_language": "fr"}, {"accept": "text/html"}, {"cookie": "sessionid=x"}, {}):
        again = cached.get(f"{URL}?kind=news&fields=headline", **headers)
        assert (again.content, again["Vary"]) == (first.content, "Accept-Encoding")
    assert cached.renders == renders
    assert first["Content-Type"] == "application/json"
    assert not first.cookies


@pytest.mark.parametrize("accept", ["text/csv", "application/xml, application/json;q=0", "*/*;q=0", "nonsense", ""])
def test_a_client_that_accepts_no_json_gets_json_as_documented(client, accept):
    make_article()
    for path, status, kind in (
        (URL, 200, "json"),
        (f"{URL}?nope=1", 400, "problem+json"),
        (f"{URL}0/", 404, "problem+json"),
    ):
        response = client.get(path, headers={"accept": accept})
        assert (response.status_code, response["Content-Type"]) == (status, f"application/{kind}")
    assert "whatever `Accept` says" in client.get("/api/v1/schema/").json()["info"]["description"]


def test_a_stored_answer_is_confirmed_by_its_etag_and_made_anew_after_a_change(cached):
    article = make_article(headline="Before")
    address = f"{URL}{article.pk}/?fields=headline"
    first = cached.get(address)
    assert "Last-Modified" in first.headers
    again = cached.get(address, if_none_match=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    Article.objects.filter(pk=article.pk).update(headline="After")
    cached.publish()
    assert cached.get(address, if_none_match=first["ETag"]).json() == {"headline": "After"}
    assert cached.client.head(address).content == b""


@pytest.mark.parametrize("query", ["utm_source=x", "fields=headline&fields=url", "kind="])
def test_the_page_cache_hides_no_mistake(cached, query):
    make_article()
    cached.get(URL)
    for _ in range(2):
        response = cached.get(f"{URL}?{query}")
        assert (response.status_code, response["Cache-Control"]) == (400, "no-store")


def test_only_answers_that_are_made_anew_count(limited, cached):
    make_article()
    assert cached.get(URL)["RateLimit"].startswith('"uncached";r=2;t=')
    for _ in range(5):
        stored = cached.get(URL)
        assert stored.status_code == 200
        assert "RateLimit" not in stored.headers
        assert stored["RateLimit-Policy"] == '"uncached";q=3;w=60'


def test_a_client_that_asks_too_often_waits_and_others_do_not(limited, clock, client):
    make_article()
    for left in (2, 1, 0):
        response = client.get(f"{URL}?page_size={left + 1}")
        assert response["RateLimit"].startswith(f'"uncached";r={left};t=')
    refused = client.get(f"{URL}?page_size=9")
    assert (refused.status_code, refused["Content-Type"]) == (429, "application/problem+json")
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert client.get(URL, REMOTE_ADDR="192.0.2.9").status_code == 200
    clock.shift(61)
    assert client.get(URL).status_code == 200


def test_the_document_of_the_api_does_not_count(limited, client):
    make_article()
    for _ in range(5):
        document = client.get("/api/v1/schema/")
        assert (document.status_code, "RateLimit" in document.headers) == (200, False)
    assert client.get(URL)["RateLimit"].startswith('"uncached";r=2;t=')


@pytest.mark.parametrize("path", [*(f"{name}/" for name in LISTS), "schema/", "nope/", "articles/0/", "topics/nope/"])
def test_scripts_of_other_sites_may_read_every_answer(client, path):
    response = client.get(f"/api/v1/{path}")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response.headers
    assert response["Content-Type"] in ("application/json", "application/problem+json")


def test_a_browser_may_ask_first(client):
    response = client.options(URL, headers={"origin": "https://example.org", "access-control-request-method": "GET"})
    assert (response.status_code, response["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_is_read_only(client, method):
    response = getattr(client, method)(URL)
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(("path", "status"), [("nope/", 404), ("articles/abc/", 404), ("articles", 301)])
def test_an_address_that_leads_nowhere(client, path, status):
    assert client.get(f"/api/v1/{path}").status_code == status


@pytest.mark.parametrize(("error", "status"), [(OperationalError("down"), 503), (RuntimeError("bug"), 500)])
def test_an_outage_is_told_to_programs_in_their_way(client, monkeypatch, error, status):
    def fail(*args, **options):
        raise error

    monkeypatch.setattr("articles.api.views.Articles.page", fail)
    client.raise_request_exception = False
    response = client.get(URL)
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    assert response.json()["status"] == status
    assert ("Retry-After" in response.headers) == (status == 503)
    assert b"bug" not in response.content


def test_nobody_is_asked_who_they_are(client, django_user_model, django_assert_num_queries):
    make_article()
    client.get(URL)
    user = django_user_model.objects.create_user("edna")
    client.force_login(user)
    response = client.get(URL)
    assert "Cookie" not in response.get("Vary", "")
    assert not response.cookies


@pytest.mark.parametrize("name", ["topics", "offices", "contacts", "regions"])
def test_lists_of_codes_are_paged_by_code(client, name):
    make = {"topics": make_topic, "offices": make_office, "contacts": make_contact, "regions": make_region}[name]
    for number in range(5):
        make(f"zz-{number}")
    address, codes = f"/api/v1/{name}/?page_size=2&fields=code", []
    while address:
        answer = client.get(address).json()
        codes += [row["code"] for row in answer["results"]]
        address = (answer["next"] or "").removeprefix("http://testserver")
    assert [code for code in codes if code.startswith("zz")] == [f"zz-{number}" for number in range(5)]
    assert len(codes) == len(set(codes)) == answer["count"]
    assert Contact.objects.count() or name != "contacts"


@pytest.mark.parametrize(
    ("page", "address"),
    [
        ("/fr/news/?kind=speech", "/api/v1/articles/?language=fr&amp;kind=speech"),
        ("/en/corrections/", "/api/v1/corrections/?language=en"),
        ("/en/offices/", "/api/v1/offices/"),
        ("/ar/media-contacts/", "/api/v1/contacts/"),
    ],
)
def test_each_list_names_its_address_here(client, page, address):
    html = client.get(page).content.decode()
    assert f'<link rel="alternate" type="application/json" href="{address}">' in html
    assert client.get(address.replace("&amp;", "&")).status_code == 200


def test_an_article_names_its_address_here(client):
    article = make_article()
    html = client.get(article.get_absolute_url()).content.decode()
    assert f'<link rel="alternate" type="application/json" href="/api/v1/articles/{article.pk}/">' in html
