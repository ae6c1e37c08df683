"""How a kept page is answered: 304, encodings, freshness."""

import gzip
from datetime import timedelta

import brotli
import pytest
from django.utils import timezone

from newsroom.pagecache.stored_page import accepted, cache_control
from tests.cast import make_article

pytestmark = pytest.mark.one_database


def test_the_second_reader_gets_the_kept_page(cached):
    first = cached.get("/en/")
    second = cached.get("/en/")
    assert (first.status_code, second.status_code, cached.renders) == (200, 200, 1)
    assert second.content == first.content
    assert dict(second.headers) == dict(first.headers)
    assert second["Vary"] == "Accept-Encoding"
    assert int(second["Content-Length"]) == len(second.content)


def test_who_has_the_page_is_told_so_without_rendering(cached):
    tag = cached.get("/en/")["ETag"]
    assert tag.startswith('"')
    for wanted in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        response = cached.get("/en/", if_none_match=wanted)
        assert (response.status_code, response.content, response["ETag"]) == (304, b"", tag)
        assert response["Cache-Control"].startswith("public")
    assert cached.get("/en/", if_none_match='"other"').status_code == 200
    assert cached.renders == 1


def test_the_tag_stays_while_the_page_stays_the_same(cached):
    tag = cached.get("/en/")["ETag"]
    cached.publish()
    assert cached.get("/en/")["ETag"] == tag
    assert cached.renders == 2
    make_article()
    cached.publish()
    assert cached.get("/en/", if_none_match=tag).status_code == 200


def test_every_encoding_is_kept_under_a_tag_of_its_own(cached):
    plain = cached.get("/en/")
    br = cached.get("/en/", accept_encoding="gzip, deflate, br")
    gz = cached.get("/en/", accept_encoding="gzip")
    assert "Content-Encoding" not in plain
    assert (br["Content-Encoding"], gz["Content-Encoding"]) == ("br", "gzip")
    assert brotli.decompress(br.content) == gzip.decompress(gz.content) == plain.content
    assert len({plain["ETag"], br["ETag"], gz["ETag"]}) == 3
    assert cached.get("/en/", accept_encoding="gzip", if_none_match=gz["ETag"]).status_code == 304
    assert cached.get("/en/", accept_encoding="gzip", if_none_match=br["ETag"]).status_code == 200
    assert cached.renders == 1


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        ("", ""),
        ("identity", ""),
        ("gzip;q=0.5, br;q=0", "gzip"),
        ("br;q=0.000, gzip;q=0", ""),
        ("*", "br"),
        ("*;q=0", ""),
        ("br;q=0, *", "gzip"),
        ("GZIP", "gzip"),
        ("zstd", ""),
    ],
)
def test_the_encoding_is_one_that_was_offered(header, encoding):
    assert accepted(header) == encoding


def test_head_is_answered_with_the_headers_of_get(cached):
    head = cached.client.head("/en/")
    assert (head.status_code, head.content) == (200, b"")
    assert dict(head.headers) == dict(cached.get("/en/").headers)
    assert cached.renders == 1


def test_freshness_leaves_everybody_less_than_a_minute():
    assert cache_control(55) == "public, max-age=10, s-maxage=30, stale-while-revalidate=15"
    assert cache_control(35) == "public, max-age=10, s-maxage=30, stale-while-revalidate=5"
    assert cache_control(7) == "public, max-age=7, s-maxage=7"
    assert cache_control(0) == "public, max-age=0, s-maxage=0"


def test_an_unknown_address_is_kept_ten_seconds_in_all(cached, clock):
    assert cached.get("/en/nope/")["Cache-Control"] == "public, max-age=10, s-maxage=10"
    clock.shift(4)
    response = cached.get("/en/nope/")
    assert (response.status_code, response["Cache-Control"]) == (404, "public, max-age=6, s-maxage=6")
    assert cached.renders == 1
    clock.shift(7)
    cached.get("/en/nope/")
    assert cached.renders == 2


def test_a_page_is_kept_a_minute_where_nothing_tells_of_a_change(cached, clock):
    cached.get("/en/")
    make_article(headline="Loaded behind its back")
    clock.shift(58)
    assert b"behind its back" not in cached.get("/en/").content
    clock.shift(3)
    assert b"behind its back" in cached.get("/en/").content


def test_nobody_keeps_a_page_beyond_the_next_publication(cached, clock):
    make_article(headline="Out at last", publish_at=timezone.now() + timedelta(seconds=35))
    early = cached.get("/en/")
    assert early["Cache-Control"] == "public, max-age=10, s-maxage=30, stale-while-revalidate=5"
    clock.shift(31)
    assert cached.get("/en/")["Cache-Control"] == "public, max-age=4, s-maxage=4"
    clock.shift(3.9)
    assert cached.get("/en/", if_none_match=early["ETag"]).status_code == 304
    assert cached.get("/en/")["Cache-Control"] == "public, max-age=0, s-maxage=0"
    assert cached.renders == 1
    clock.shift(0.1)
    late = cached.get("/en/", if_none_match=early["ETag"])
    assert (late.status_code, cached.renders) == (200, 2)
    assert b"Out at last" in late.content
    assert late["Cache-Control"] == cache_control(55)


def test_a_clock_set_back_keeps_no_page_beyond_its_minute(cached, clock):
    make_article(publish_at=timezone.now() + timedelta(seconds=30))
    cached.get("/en/")
    clock.wall.shift(-3600)
    clock.shift(61)
    cached.get("/en/")
    assert cached.renders == 2


def test_a_new_edition_that_is_due_is_a_publication_too(cached, clock):
    live = make_article(slug="story", headline="First words")
    due = timezone.now() + timedelta(seconds=20)
    make_article(slug="story", revises=live, headline="Second words", publish_at=due)
    assert cached.get("/en/news/story/")["Cache-Control"] == "public, max-age=10, s-maxage=20"
    clock.shift(20)
    assert b"Second words" in cached.get("/en/news/story/").content
