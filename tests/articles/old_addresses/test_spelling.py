"""Old addresses have one spelling, and patterns fit what they say and nothing else."""

import pytest
from django.core.exceptions import ValidationError

from articles.models.moving_in.spelling import (
    exactness,
    filled,
    match,
    names,
    one_spelling,
    parsed,
    start,
    starts,
    validate_address,
)

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("https://old.example.org/News/A.html#top", "/news/a.html"),
        ("//old.example.org/x", "/x"),
        ("news//2019/", "/news/2019"),
        ("/?p=42&utm_source=mail", "/?p=42"),
        ("/index.php?view=article&ID=17", "/index.php?id=17&view=article"),
        ("/caf%C3%A9", "/café"),
        ("/cafe\u0301", "/café"),
        ("/caf%E9", "/caf%e9"),
        ("/a%2520b", "/a b"),
        ("/s?q=a%26b", "/s?q=a%26b"),
        ("/Новости/1/", "/новости/1"),
    ],
)
def test_an_address_has_one_spelling(typed, stored):
    assert one_spelling(typed) == stored
    assert one_spelling(stored) == stored


FITS = [
    ("/old-site/press/*", "/old-site/press/2019/a.html", {"*": "2019/a.html"}),
    ("/old-site/press/*", "/old-site/press", None),
    ("/news/*/{slug}", "/news/2019/floods", {"slug": "floods"}),
    ("/news/*/{slug}", "/news/2019/10/floods", None),
    ("/news/*/{slug}", "/news/floods", None),
    ("/news-{id}.html", "/news-17.html", {"id": "17"}),
    ("/news-{id}.html", "/news-.html", None),
    ("/node-*/view", "/node-3/view", {}),
    ("/index.php?id={id}", "/index.php?id=17&x=1", {"id": "17"}),
    ("/index.php?id={id}", "/index.php", None),
    ("/index.php?cat=2&id={id}", "/index.php?id=17&cat=3", None),
    ("/{slug}", "/floods", {"slug": "floods"}),
    ("/a.b", "/axb", None),
]


@pytest.mark.parametrize(("pattern", "address", "values"), FITS)
def test_a_pattern_fits_what_it_says(pattern, address, values):
    validate_address(one_spelling(pattern))
    asked = parsed(one_spelling(address))
    assert match(parsed(pattern), asked) == values
    if values is not None:
        assert start(pattern) in starts(asked)


@pytest.mark.parametrize(
    "wrong",
    ["/", "/*", "/*/*", "/news/{Slug!}", "/news/{", "/{a}-{b}", "/abc{id}", "/x{*}", "/{a}/{a}", "/x?{n}=1", "/a" * 21],
)
def test_what_is_no_address_is_refused(wrong):
    with pytest.raises(ValidationError):
        validate_address(one_spelling(wrong))


def test_the_target_repeats_what_a_wildcard_stood_for():
    assert names("/news/*/{slug}") == {"slug"}
    assert names("/press/*") == {"*"}
    assert filled("/en/news/{slug}/", {"slug": "a/../b"}) == "/en/news/a%2F..%2Fb/"
    assert filled("/media/*", {"*": "a b/c.pdf"}) == "/media/a%20b/c.pdf"
    assert filled("/en/news/{other}/", {"slug": "x"}) is None


def test_a_look_up_asks_for_few_values_whatever_the_address():
    asked = parsed("/" + "/".join("abcdefghij" * 30) + "?" + "&".join(f"p{n}={n}" for n in range(40)))
    assert len(starts(asked)) < 150


def test_the_most_exact_comes_last():
    texts = ["/news/*", "/news/*/{slug}", "/news/2019/{slug}", "/x", "/news/2019/a?id=1"]
    assert sorted(texts, key=lambda text: exactness(parsed(text))) == texts
