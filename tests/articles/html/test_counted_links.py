"""A link by way of a counter of clicks leads where it was meant to lead."""

import pytest

from articles.html import clean, clean_with_report

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        (
            "https://www.google.com/url?q=https://example.org/a%3Fb%3D1%26c%3D%25D1%2584&sa=D",
            "https://example.org/a?b=1&amp;c=%D1%84",
        ),
        (
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2Fa&data=05",
            "https://example.org/a",
        ),
        ("https://urldefense.com/v3/__https://example.org/a__;!!x$", "https://example.org/a"),
        ("https://urldefense.com/v3/__https:/example.org/a__;!!x$", "https://example.org/a"),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.org%2Fa%20b&h=x", "https://example.org/a%20b"),
    ],
)
def test_it_leads_where_it_was_meant_to_lead(address, wanted):
    html = f'<p><a href="{address}">a</a></p>'
    assert clean(html) == f'<p><a href="{wanted}" rel="noopener">a</a></p>'
    assert [found.code for found in clean_with_report(html).findings] == ["link_completed"]


@pytest.mark.parametrize(
    "address",
    [
        "https://www.google.com/search?q=https://example.org",
        "https://www.google.com/url?q=floods",
        "https://example.org/url?q=https://example.com/",
    ],
)
def test_other_links_stay(address):
    html = f'<p><a href="{address}" rel="noopener">a</a></p>'
    assert clean(html) == html
