"""The list of news: filters combine, the address is the state, nonsense is refused."""

from datetime import UTC, datetime, timedelta

import pytest
from django.http import QueryDict

from articles.listing.filters import ArticleFilter
from tests.cast import NOW, make_article, make_country, make_office, make_region, make_topic

pytestmark = pytest.mark.django_db
URL = "/en/news/"


def headlines(response):
    assert response.status_code == 200
    return {article.headline for article in response.context["page"]}


def facet(response, name):
    return {
        choice.code: choice.number for row in response.context["facets"] if row.name == name for choice in row.choices
    }


@pytest.fixture
def three():
    europe, africa = make_region(), make_region("africa", "Africa")
    floods, finance = make_topic("floods", "Floods"), make_topic("finance", "Finance")
    make_article(headline="A", regions=[europe], topics=[floods], kind="speech")
    make_article(headline="B", regions=[africa], topics=[floods, finance], countries=[make_country("KEN", "Kenya")])
    make_article(
        headline="C", regions=[africa, europe], topics=[finance], office=make_office(), body="<p>100% rain</p>"
    )


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "ABC"),
        ("region=africa", "BC"),
        ("region=africa&topic=floods", "B"),
        ("region=africa&region=europe", "AC"),
        ("kind=speech", "A"),
        ("country=ken", "B"),
        ("country=KEN", "B"),
        ("office=geneva", "C"),
        ("from=2000-01-01&region=africa", "BC"),
        ("from=2000-01-01&to=2000-01-02", ""),
        ("q=100%25", "C"),
        ("q=rain&from=2000-01-01", "C"),
        ("q=++", "ABC"),
        ("region=&topic=&q=&year=&page=", "ABC"),
        ("utm_source=x&nonsense=1", "ABC"),
    ],
)
def test_filters_combine(client, three, query, expected):
    assert headlines(client.get(f"{URL}?{query}", follow=True)) == set(expected)
    articles = ArticleFilter.asked(QueryDict(query), "en").qs  # as the database answers it
    assert {article.headline for article in articles} == set(expected)


def test_the_queryset_of_a_filter_has_public_articles_only():
    make_article(state="draft")
    assert not ArticleFilter.asked(QueryDict("")).qs.exists()


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("region=africa&region=europe", "?region=europe"),
        ("country=KEN", "?country=ken"),
        ("q=+rain++", "?q=rain"),
        ("q=++", ""),
        ("page=1", ""),
        ("page=01", ""),
        ("from=2026-3-1&to=+2026-03-31+", "?from=2026-03-01&to=2026-03-31"),
        ("missing=garbage", ""),
        ("missing=fr%2Fnone&topic=floods&utm_source=x", "?topic=floods"),
    ],
)
def test_a_question_has_one_address(client, three, query, address):
    response = client.get(f"{URL}?{query}")
    assert (response.status_code, response["Location"]) == (301, URL + address)
    assert client.get(response.url).status_code == 200


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("region=atlantis", 404),
        ("country=zzz", 404),
        ("topic=%00", 404),
        ("office=%27%20or%201=1", 404),
        ("kind=gossip", 404),
        ("page=2", 404),
        ("page=0", 404),
        ("page=-1", 404),
        ("page=two", 400),
        ("page=" + "9" * 40, 400),
        ("from=x", 400),
        ("from=2026-02-30", 400),
        ("to=2026-13-01", 400),
        ("to=20260301", 400),
        ("to=01/03/2026", 400),
        ("from=0000-00-00", 400),
        ("from=2026-03-01T00:00", 400),
        ("from=%00", 400),
        ("year=x", 400),
        ("year=999999", 400),
        ("year=-5", 400),
        ("year=%2B2025", 400),
        ("year=+2025", 400),
        ("year=%D9%A2%D9%A0%D9%A2%D9%A5", 400),
        ("q=%00", 400),
        ("q=" + "a" * 300, 400),
    ],
)
def test_unknown_codes_are_not_found_and_malformed_values_are_refused(client, three, query, status):
    assert client.get(f"{URL}?{query}").status_code == status


def test_a_year_is_a_calendar_year_in_utc(client):
    make_article(headline="old", publish_at=datetime(2023, 12, 31, 23, 59, 59, tzinfo=UTC))
    make_article(headline="new", publish_at=datetime(2024, 1, 1, tzinfo=UTC))
    assert headlines(client.get(f"{URL}?year=2024")) == {"new"}
    assert facet(client.get(URL), "year") == {"2024": 1, "2023": 1}


def test_dates_are_days_in_utc_and_the_last_one_is_among_them(client):
    region = make_region("africa", "Africa")
    for name, moment in {
        "before": datetime(2026, 2, 28, 23, 59, 59, 999999, tzinfo=UTC),
        "first": datetime(2026, 3, 1, tzinfo=UTC),
        "last": datetime(2026, 3, 31, 23, 59, 59, 999999, tzinfo=UTC),
        "after": datetime(2026, 4, 1, tzinfo=UTC),
    }.items():
        make_article(headline=name, publish_at=moment, regions=[region] if name != "last" else [])
    response = client.get(f"{URL}?from=2026-03-01&to=2026-03-31")
    assert headlines(response) == {"first", "last"}
    assert facet(response, "region") == {"africa": 1}
    assert headlines(client.get(f"{URL}?from=2026-04-01")) == {"after"}
    assert headlines(client.get(f"{URL}?to=2026-02-28")) == {"before"}
    assert headlines(client.get(f"{URL}?region=africa&year=2026&from=2026-03-02")) == {"after"}
    assert headlines(client.get(f"{URL}?region=africa&q=text&from=2026-03-01")) == {"first", "after"}
    assert headlines(client.get(f"{URL}?from=0001-01-01&to=9999-12-31")) == {"before", "first", "last", "after"}


def test_each_day_is_shown_in_the_form_and_can_be_taken_back(client, three):
    page = client.get(f"{URL}?region=africa&from=2020-03-01&to=2100-03-31").content.decode()
    assert 'name="from" form="filters" value="2020-03-01"' in page
    assert 'name="to" form="filters" value="2100-03-31"' in page
    assert '<a href="/en/news/?region=africa&amp;to=2100-03-31"><span class="visually-hidden">Remove filter:' in page
    assert '<a href="/en/news/?region=africa&amp;from=2020-03-01"><span class="visually-hidden">Remove filter:' in page
    assert '<summary>Filter <span class="number">3</span></summary>' in page
    assert "from 1 March 2020" in page
    assert "to 31 March 2100" in page
    assert 'href="/en/news/?from=2020-03-01&amp;to=2100-03-31&amp;topic=finance' not in page
    assert "?region=africa&amp;from=2020-03-01&amp;to=2100-03-31&amp;topic=finance" in page


def test_a_first_day_after_the_last_one_finds_nothing_and_says_why(client, three):
    for words in ("", "&q=text"):
        response = client.get(f"{URL}?from=2026-04-01&to=2026-03-01{words}")
        assert headlines(response) == set()
        assert b"The first day is after the last day" in response.content
        assert b"noindex" in response.content


def test_nothing_but_live_articles_of_the_language_is_listed_or_counted(client):
    region = make_region()
    make_article(headline="live", regions=[region])
    make_article(headline="draft", state="draft", regions=[region])
    make_article(headline="later", publish_at=NOW() + timedelta(hours=1), regions=[region])
    make_article(headline="withdrawn", state="withdrawn", withdrawal_note="Wrong.", regions=[region])
    make_article(headline="gone", state="gone", regions=[region])
    make_article(headline="copy", revises=make_article(state="draft"), regions=[region])
    make_article(headline="ailleurs", language="fr", regions=[region])
    response = client.get(URL)
    assert headlines(response) == {"live"}
    assert facet(response, "region") == {"europe": 1}
    assert response.context["page"].paginator.count == 1


def test_a_facet_is_counted_with_the_other_filters_but_not_its_own(client, three):
    response = client.get(f"{URL}?region=europe&topic=floods")
    assert facet(response, "region") == {"europe": 1, "africa": 1}
    assert facet(response, "topic") == {"floods": 1, "finance": 1}
    assert facet(response, "kind") == {"speech": 1}


def test_every_value_on_offer_leads_to_as_many_articles_as_it_says(client, three):
    for row in client.get(f"{URL}?topic=finance").context["facets"]:
        for choice in row.choices:
            response = client.get(URL + choice.query) if not choice.chosen else client.get(f"{URL}?topic=finance")
            assert response.context["page"].paginator.count == choice.number > 0, (row.name, choice.code)


def test_a_chosen_value_without_articles_is_still_shown_and_can_be_taken_back(client, three):
    response = client.get(f"{URL}?region=africa&year=1999")
    assert facet(response, "year")["1999"] == 0
    chosen = {row.name: row.chosen.query for row in response.context["facets"] if row.chosen}
    assert chosen == {"region": "?year=1999", "year": "?region=africa"}
    assert b"No news matches" in response.content


def test_an_empty_list_says_which_languages_have_an_answer(client, three):
    response = client.get("/fr/news/?topic=floods")
    assert [(row["code"], row["number"], row["url"]) for row in response.context["elsewhere"]] == [
        ("en", 2, "/en/news/?topic=floods")
    ]


def test_a_topic_holds_its_subtopics_and_a_region_its_subregions(client):
    floods, africa = make_topic("floods", "Floods"), make_region("africa", "Africa")
    sub, east = make_topic("warnings", parent=floods), make_region("east-africa", "East Africa", parent=africa)
    make_article(headline="A", topics=[floods, sub], regions=[east])
    make_article(headline="B", topics=[sub], regions=[africa])
    response = client.get(f"{URL}?topic=floods&region=africa")
    assert headlines(response) == {"A", "B"}
    assert facet(response, "topic") == {"floods": 2, "warnings": 2}
    assert facet(response, "region") == {"africa": 2, "east-africa": 1}


def test_global_is_a_region_of_its_own(client):
    world = make_region("global", "Global", kind="global")
    make_article(headline="A", regions=[world])
    make_article(headline="B", regions=[make_region("europe", parent=world)])
    response = client.get(f"{URL}?region=global")
    assert headlines(response) == {"A"}
    assert facet(response, "region") == {"global": 1, "europe": 1}


def test_paging_and_facets_keep_every_filter_and_drop_what_nobody_knows(client, settings):
    settings.ARTICLES_PER_PAGE = 2
    region, topic = make_region(), make_topic()
    for _ in range(5):
        make_article(regions=[region], topics=[topic], headline="needle")
    page = client.get(f"{URL}?utm_source=x&region=europe&q=needle&page=2").content.decode()
    assert 'href="/en/news/?region=europe&amp;q=needle&amp;page=3"' in page
    assert 'rel="prev" href="/en/news/?region=europe&amp;q=needle"' in page
    assert "utm_source" not in page.split("</head>")[1].split("<main")[1]
    assert '<link rel="canonical" href="http://testserver/en/news/?region=europe&amp;q=needle&amp;page=2">' in page


def test_newest_come_first_and_pages_neither_repeat_nor_lose_any(client, settings):
    settings.ARTICLES_PER_PAGE = 3
    same = NOW() - timedelta(days=1)
    made = [make_article(publish_at=same) for _ in range(7)]
    pages = [client.get(f"{URL}?page={number}", follow=True).context["page"] for number in (1, 2, 3)]
    assert [article.pk for page in pages for article in page] == [article.pk for article in reversed(made)]


def fill(number):
    for index in range(number):
        region = make_region(f"region-{index}", f"Region {index}")
        make_article(
            regions=[region],
            topics=[make_topic(f"topic-{index}")],
            office=make_office(f"office-{index}"),
            publish_at=datetime(2001 + index, 1, 1, tzinfo=UTC),
        )


def test_the_list_costs_the_same_for_ten_and_for_twenty_articles(client, django_assert_num_queries):
    for number in (10, 20):
        fill(number)
        client.get(URL)  # the names and the changes since the last page are read once
        with django_assert_num_queries(3):
            client.get(URL)


def test_the_list_of_every_filter_stays_cheap(client, django_assert_max_num_queries):
    region, topic, office, country = make_region(), make_topic(), make_office(), make_country()
    make_article(regions=[region], topics=[topic], office=office, countries=[country])
    address = f"{URL}?region=europe&topic=diaspora&office=geneva&country=che&kind=news&year={NOW().year}"
    for asked, most in ((address, 4), (f"{address}&q=Text", 7), (f"{address}&q=absent", 12)):
        client.get(asked)  # the names and the changes since the last page are read once
        with django_assert_max_num_queries(most):
            client.get(asked)


def test_the_page_can_be_kept_by_shared_caches(client, three):
    response = client.get(f"{URL}?region=africa")
    assert "Cookie" not in response.get("Vary", "")
    assert not response.cookies


def test_words_of_a_reader_are_shown_as_words(client):
    page = client.get(URL + "?q=<script>alert(1)</script>").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
