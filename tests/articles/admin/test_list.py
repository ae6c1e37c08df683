"""The list of articles: its columns, its questions, and what it costs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.cast import make_article, make_office, make_region, make_topic, make_user

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/article/"


def found(client, **question):
    return {article.headline for article in client.get(LIST, question).context["cl"].result_list}


def fill(number, start=0):
    for index in range(start, start + number):
        make_article(
            language=["en", "fr", "ar"][index % 3],
            regions=[make_region(f"region-{index}", "Region")],
            topics=[make_topic(f"topic-{index}", "Topic")],
            office=make_office(f"office-{index}", "Office"),
            created_by=make_user(f"user-{index}"),
        )


def test_ten_rows_and_twenty_cost_the_same_number_of_queries(client, edna, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    fill(10)
    client.get(LIST)
    with CaptureQueriesContext(connection) as ten:
        client.get(LIST)
    fill(10, start=10)
    with django_assert_num_queries(len(ten)):
        client.get(LIST)


def test_every_row_says_its_language_and_direction(client, edna):
    make_article(language="ar", headline="أمطار")
    assert '<bdi class="headline" lang="ar" dir="rtl">أمطار</bdi>' in client.get(LIST).content.decode()


def test_a_headline_is_never_markup(client, edna):
    make_article(headline="<img src=x onerror=alert(1)>")
    assert b"<img src=x" not in client.get(LIST).content
    assert b"<img src=x" not in client.get("/admin/").content


@pytest.mark.parametrize(
    ("state", "headlines"),
    [
        ("draft", {"draft"}),
        ("in_review", {"review"}),
        ("live", {"live"}),
        ("scheduled", {"scheduled"}),
        ("withdrawn", {"withdrawn"}),
        ("copies", {"copy"}),
    ],
)
def test_states_as_editors_speak_of_them(client, edna, state, headlines):
    soon = timezone.now() + timedelta(days=1)
    live = make_article(headline="live")
    make_article(headline="draft", state="draft")
    make_article(headline="review", state="in_review")
    make_article(headline="scheduled", publish_at=soon)
    make_article(headline="withdrawn", state="withdrawn", withdrawal_note="Wrong.")
    make_article(headline="copy", state="in_review", revises=live)
    expected = headlines | ({"copy"} if state == "in_review" else set())
    assert found(client, state=state) == expected


def test_filters_combine(client, edna):
    africa, water, office = make_region("africa", "Africa"), make_topic("water", "Water"), make_office()
    make_article(headline="both", regions=[africa], topics=[water], office=office, kind="statement")
    make_article(headline="region alone", regions=[africa])
    make_article(headline="neither")
    assert found(client, region=africa.pk) == {"both", "region alone"}
    assert found(client, region=africa.pk, topic=water.pk, office=office.pk, kind="statement") == {"both"}


@pytest.mark.parametrize("nonsense", ["x", "-1", "9" * 40, "%00"])
@pytest.mark.parametrize("name", ["region", "topic", "office", "author", "published_on__year", "state", "language"])
def test_nonsense_in_the_address_is_no_fault_of_the_server(client, edna, name, nonsense):
    make_article()
    assert client.get(LIST, {name: nonsense}).status_code in (200, 302, 400)


@pytest.mark.parametrize("words", ["harbour", "HARBOUR", "2026-00007", "calm-water"])
def test_search_knows_headline_reference_and_slug(client, edna, words):
    make_article(headline="The harbour", reference="2026-00007", slug="calm-water")
    make_article(headline="Something else")
    assert found(client, q=words) == {"The harbour"}


def test_dates_are_walked_by_year_month_and_day(client, edna):
    make_article(headline="March", publish_at=timezone.datetime(2025, 3, 4, tzinfo=timezone.get_fixed_timezone(0)))
    make_article(headline="May", publish_at=timezone.datetime(2024, 5, 6, tzinfo=timezone.get_fixed_timezone(0)))
    html = client.get(LIST).content.decode()
    assert "published_on__year=2024" in html
    assert found(client, published_on__year=2025) == {"March"}
    assert found(client, published_on__year=2024, published_on__month=5, published_on__day=6) == {"May"}


def test_counting_stops_at_a_limit(client, edna, monkeypatch):
    from articles.admin.article.change_list import BoundedPaginator

    monkeypatch.setattr(BoundedPaginator, "limit", 3)
    for _ in range(5):
        make_article()
    assert client.get(LIST).context["cl"].result_count == 3
