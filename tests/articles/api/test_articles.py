"""Articles in the API: what the public pages show, by the list's filters, in any number of pages."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.listing.in_memory import lists_in_memory
from articles.models import Article, Correction, Revision
from articles.publishing import after_save, revisions
from tests.cast import (
    NOW,
    create_attachment,
    create_image,
    make_article,
    make_contact,
    make_country,
    make_office,
    make_region,
    make_topic,
)
from tests.files import PDF, picture

pytestmark = pytest.mark.django_db
URL = "/api/v1/articles/"


@pytest.fixture(autouse=True)
def _base(settings):
    settings.NEWSROOM_BASE_URL = "https://news.example.org"


def listed(client, query=""):
    response = client.get(f"{URL}?{query}" if query else URL)
    assert response.status_code == 200, response.content
    return response.json()["results"]


def whole_list(client, query=""):
    """All articles of all pages, by `next`."""
    found, address = [], f"{URL}?{query}"
    while address:
        answer = client.get(address).json()
        found += answer["results"]
        address = (answer["next"] or "").removeprefix("https://news.example.org")
    return found


def full_article(**changes):
    image = create_image(picture(), "Ana Ruiz", alt={"en": "A dyke", "fr": "Une digue"}, copyright="SWO", terms="Free.")
    values = {
        "regions": [make_region()],
        "countries": [make_country()],
        "topics": [make_topic()],
        "contacts": [make_contact()],
        "office": make_office(),
        "lead_image": image,
        "gallery": [image],
        "attachments": [create_attachment(PDF, "Annex", "en", "annex.pdf")],
        "dateline_place": "Geneva",
        "dateline_country": make_country(),
        "reference": "2026-00001",
    }
    article = make_article(**(values | changes))
    article.related_links.create(url="https://example.org/", title="More")
    revisions.publish_edition(article)
    return article


def test_an_article_has_all_that_its_page_shows(client):
    article = full_article(body='<p>See <a href="/en/news/x/">x</a> and "a href="/y".</p>')
    french = make_article(language="fr", translation_of=article, headline="Crue")
    [shown] = [one for one in listed(client) if one["id"] == article.pk]
    assert client.get(f"{URL}{article.pk}/").json() == shown
    assert shown["url"] == f"https://news.example.org/en/news/{article.slug}/"
    assert shown["body"] == '<p>See <a href="https://news.example.org/en/news/x/">x</a> and "a href="/y".</p>'
    assert shown["lead_image"]["alt"] == {"en": "A dyke", "fr": "Une digue"}
    assert shown["lead_image"]["credit"] == "Ana Ruiz"
    assert shown["lead_image"]["copyright"] == "© SWO"
    assert shown["lead_image"]["terms"] == "Free."
    assert shown["lead_image"]["url"].startswith("https://news.example.org/media/")
    assert client.get(shown["lead_image"]["url"].removeprefix("https://news.example.org")).status_code == 200
    assert client.get(shown["attachments"][0]["url"].removeprefix("https://news.example.org")).status_code == 200
    assert [one["name"] for one in shown["regions"]] == ["Europe"]
    assert shown["dateline"]["country"]["code"] == "che"
    assert shown["contacts"][0]["email"] == "media@example.org"
    assert [one["id"] for one in shown["translations"]] == [french.pk]
    edition = Revision.objects.get(article=article)
    assert shown["edition"] == {"number": 1, "sha256": edition.sha256}
    [shown] = listed(client, "language=fr")
    assert shown["translation_of"]["id"] == article.pk


def test_addresses_never_come_from_the_host_header(client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    make_article()
    response = client.get(URL, headers={"host": "evil.example"})
    assert b"evil" not in response.content
    assert "evil" not in str(response.headers)


@pytest.mark.parametrize("state", ["draft", "in_review", "scheduled", "withdrawn", "gone", "copy", "limited"])
def test_what_is_not_live_is_in_no_list_and_says_nothing(client, state):
    values = {"state": state} | ({"withdrawal_note": "Wrong."} if state == "withdrawn" else {})
    if state == "scheduled":
        values = {"publish_at": NOW() + timedelta(hours=1), "press_from": NOW() - timedelta(hours=1)}
    if state == "copy":
        values = {"state": "draft", "revises": make_article(headline="Public")}
    if state == "limited":
        values = {"state": "draft", "restricted": True}
    article = make_article(headline="Secret", slug="secret", reference="2026-00009", **values)
    Correction.objects.create(article=article, edition=1, wrong="Secret", now="Secret")
    never = client.get(f"{URL}{article.pk + 1000}/")
    for query in ("", "q=secret", "slug=secret", "reference=2026-00009"):
        assert "Secret" not in str(listed(client, query)), query
    answer = client.get(f"{URL}{article.pk}/")
    if state == "withdrawn":
        assert answer.json()["state"] == "withdrawn"
    elif state == "gone":
        assert (answer.status_code, answer["Content-Type"]) == (410, "application/problem+json")
    else:
        assert (answer.status_code, answer.content) == (404, never.content)
    is_told = b"Secret" in client.get("/api/v1/corrections/").content
    assert is_told == (state == "withdrawn"), "as on the page of corrections"


def test_a_withdrawn_article_says_why_and_what_to_read_instead(client):
    instead = make_article()
    article = make_article(state="withdrawn", withdrawal_note="Wrong figures.", redirect_to=instead)
    shown = client.get(f"{URL}{article.pk}/").json()
    assert (shown["state"], shown["withdrawal"]["note"]) == ("withdrawn", "Wrong figures.")
    assert shown["withdrawal"]["read_instead"]["id"] == instead.pk


def test_a_removed_article_says_what_to_read_instead(client):
    instead = make_article()
    article = make_article(state="gone", redirect_to=instead)
    response = client.get(f"{URL}{article.pk}/")
    assert response.status_code == 410
    assert instead.slug in response.json()["detail"]


def test_a_new_edition_is_there_at_its_hour(client):
    article = make_article(headline="Old")
    copy = make_article(headline="New", revises=article, publish_at=NOW() - timedelta(minutes=1))
    assert client.get(f"{URL}{article.pk}/").json()["headline"] == "New"
    assert not Article.objects.filter(pk=copy.pk).exists()


@pytest.fixture
def three():
    europe, africa = make_region(), make_region("africa", "Africa")
    floods, finance = make_topic("floods", "Floods"), make_topic("finance", "Finance")
    make_article(headline="A", regions=[europe], topics=[floods], kind="speech")
    make_article(headline="B", regions=[africa], topics=[floods, finance], countries=[make_country("KEN", "Kenya")])
    make_article(
        headline="C", language="fr", regions=[africa, europe], topics=[finance], office=make_office(),
        body="<p>100% rain</p>", slug="pluie", reference="2026-00007",
    )  # fmt: skip


FOUND = {
    "": "ABC",
    "language=fr": "C",
    "region=africa&topic=floods": "B",
    "kind=speech": "A",
    "country=ken": "B",
    "office=geneva": "C",
    "from=2000-01-01&region=africa": "BC",
    "from=2000-01-01&to=2000-01-02": "",
    "q=rain": "C",
    "q=rain&language=en": "",
    "slug=pluie": "C",
    "reference=2026-00007&language=en": "",
}


@pytest.mark.parametrize("is_warm", [True, False])
def test_the_filters_are_those_of_the_list(client, three, is_warm, monkeypatch):
    if not is_warm:
        monkeypatch.setattr("articles.listing.in_memory.is_small", lambda: False)
        monkeypatch.setattr(lists_in_memory(), "build", lambda: None)
    found = {query: "".join(sorted(one["headline"] for one in listed(client, query))) for query in FOUND}
    assert found == FOUND


@pytest.mark.parametrize(
    ("query", "status", "name"),
    [
        ("region=nope", 404, "region"),
        ("language=xx", 404, "language"),
        ("kind=nope", 404, "kind"),
        ("year=abc", 400, "year"),
        ("from=yesterday", 400, "from"),
        ("utm_source=x", 400, "utm_source"),
        ("page=2", 400, "page"),
        ("kind=news&kind=speech", 400, "kind"),
        ("q=", 400, "q"),
        ("q=a%00b", 400, "q"),
        (f"q={'x' * 201}", 400, "q"),
        ("sort=size", 404, "sort"),
        ("fields=headline,secret", 400, "fields"),
        ("page_size=0", 400, "page_size"),
        ("page_size=101", 400, "page_size"),
        ("page_size=ten", 400, "page_size"),
        ("cursor=x", 400, "cursor"),
    ],
)
def test_a_wrong_parameter_is_refused_and_named(client, query, status, name):
    response = client.get(f"{URL}?{query}")
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    assert name in [error["parameter"] for error in response.json()["errors"]]


def test_fields_can_be_chosen_and_cost_less(client):
    full_article()
    listed(client)
    with CaptureQueriesContext(
        connection,
    ) as all_of_them:
        listed(client)
    with CaptureQueriesContext(connection) as few:
        assert listed(client, "fields=url,headline")[0].keys() == {"url", "headline"}
    assert len(few) < len(all_of_them) - 8
    assert "body" not in few.captured_queries[-1]["sql"]


def test_ten_and_twenty_rows_need_the_same_number_of_queries(client):
    counts = []
    for _ in range(2):
        for number in range(10):
            code = f"x{len(counts)}{number}"
            full_article(
                reference="2026-00005", regions=[make_region(code)], topics=[make_topic(code)],
                contacts=[make_contact(code)], office=make_office(code),
                body='<p>Text <a href="/en/news/old/">x</a></p>',
            )  # fmt: skip
        counts.append({})
        for query in ("", "q=text&language=en&", "reference=2026-00005&"):
            address = f"{URL}?{query}page_size=100"
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(address).json()
            assert len(answer["results"]) == 10 * len(counts)
            counts[-1][query] = len(queries)
    assert counts[0] == counts[1]


@pytest.mark.parametrize("is_warm", [True, False])
def test_the_pages_together_are_the_list_though_many_have_one_moment(client, is_warm, monkeypatch):
    moment = NOW() - timedelta(days=3)
    for number in range(13):
        make_article(publish_at=moment - timedelta(hours=number // 5), language="en", reference="2026-00001")
    if not is_warm:
        monkeypatch.setattr("articles.listing.in_memory.is_small", lambda: False)
        monkeypatch.setattr(lists_in_memory(), "build", lambda: None)
    expected = list(Article.objects.live().newest_first().values_list("pk", flat=True))
    for query in ("", "kind=news&", "q=text&", "q=text&sort=relevance&", "reference=2026-00001&"):
        assert [one["id"] for one in whole_list(client, f"{query}page_size=3")] == expected, query


def test_what_comes_and_goes_between_two_pages_hides_and_repeats_nothing(client):
    moment = NOW() - timedelta(days=3)
    rows = [make_article(publish_at=moment - timedelta(hours=number)) for number in range(6)]
    first = client.get(f"{URL}?page_size=2").json()
    make_article()
    rows[1].state, rows[1].withdrawal_note = "withdrawn", "Wrong."
    rows[1].save()
    after_save.sync(rows[1])
    second = client.get(first["next"].removeprefix("https://news.example.org")).json()
    assert [one["id"] for one in second["results"]] == [rows[2].pk, rows[3].pk]


def test_links_lead_to_the_next_page_and_to_the_page_for_people(client):
    for _ in range(3):
        make_article(kind="speech")
    response = client.get(f"{URL}?kind=speech&language=fr&page_size=2")
    assert response["Link"] == '<https://news.example.org/fr/news/?kind=speech>; rel="alternate"; type="text/html"'
    response = client.get(f"{URL}?kind=speech&page_size=2")
    assert response["Link"] == f'<{response.json()["next"]}>; rel="next"'
    assert response.json()["count"] == 3


def test_corrections_are_paged_by_moment(client):
    articles = [make_article(language=language) for language in ("en", "en", "fr")]
    for article in articles:
        Correction.objects.create(article=article, edition=2, wrong="Nine.", now="Eleven.", at=NOW())
    address, found = "/api/v1/corrections/?page_size=1&language=en", []
    while address:
        answer = client.get(address).json()
        found += [one["article"]["id"] for one in answer["results"]]
        address = (answer["next"] or "").removeprefix("https://news.example.org")
    assert found == [articles[1].pk, articles[0].pk]
