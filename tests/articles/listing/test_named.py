"""Names that somebody types: suggested, and on top of the hits; only what is public."""

from datetime import date

import pytest

from tests.cast import make_article, make_contact, make_country, make_office, make_region, make_topic

URL = "/en/news/names.json"


@pytest.fixture
def directory(db):
    floods = make_topic("floods", "Floods")
    make_topic("old-floods", "Old floods", merged_into=floods)
    make_country("KEN", "Kenya", region=make_region("africa", "Africa"))
    make_country("CIV", "Côte d’Ivoire", aliases=["Ivory Coast"])
    nairobi = make_office("nairobi", "Nairobi Office")
    make_office("closed", "Nairobi Bureau", closed=date(2001, 1, 1))
    make_contact("ann", "Ann Otieno", office=nairobi, kind="person")
    make_contact("bob", "Ann Former", office=nairobi, kind="person", valid_until=date(2001, 1, 1))


def ask(client, words, language="en"):
    return [one["name"] for one in client.get(URL.replace("en", language, 1), {"q": words}).json()]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("flo", ["Floods"]),
        ("floods in Kenya", ["Floods", "Kenya"]),
        ("cote", ["Côte d’Ivoire"]),
        ("ivory coast", ["Côte d’Ivoire"]),
        ("nairobi", ["Nairobi Office"]),
        ("ann", ["Ann Otieno"]),
        ("K", []),
        ("", []),
        ("%_(", []),
        ("zzz", []),
    ],
)
def test_names_that_are_found(client, directory, typed, found):
    assert ask(client, typed) == found


def test_chinese_names_are_found_within_a_text_without_spaces(client, directory):
    make_topic("floods").translations.create(language="zh", name="洪水")
    assert ask(client, "肯尼亚洪水预警", "zh")[0] == "洪水"


def test_they_stand_on_top_of_the_hits(client, directory):
    make_article(headline="Floods in Kenya")
    page = client.get("/en/news/", {"q": "floods kenya"}).content.decode()
    assert page.index('href="/en/topics/floods/"><span') < page.index("card-title")
    assert 'class="named"' not in client.get("/en/news/").content.decode()


def test_no_query_for_another_suggestion(client, directory, django_assert_num_queries):
    client.get("/en/news/")  # reads the lists
    ask(client, "ken")
    with django_assert_num_queries(1):  # of the journal of changes
        assert ask(client, "flo") == ["Floods"]
