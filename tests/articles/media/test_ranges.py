"""Players ask for parts of a film: each part is what the file has there."""

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.cast import create_attachment, make_article, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

FILM = b"\x00\x00\x00\x18ftypisom" + bytes(range(256)) * 3
SIZE = len(FILM)


@pytest.fixture
def film():
    film = create_attachment(FILM, title="A film", language="en", name="film.mp4")
    make_article(attachments=[film])
    return film


def part(client, film, asked, **headers):
    answer = client.get(film.get_absolute_url(), headers={"Range": asked} | headers)
    return answer.status_code, answer.get("Content-Range"), b"".join(answer) if answer.streaming else answer.content


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-1", 0, 1), ("bytes=0-", 0, SIZE - 1), ("bytes=100-199", 100, 199), ("bytes=-5", SIZE - 5, SIZE - 1),
        ("bytes=700-99999999", 700, SIZE - 1), ("bytes=-99999999", 0, SIZE - 1), (f"bytes={SIZE - 1}-", SIZE - 1, SIZE - 1),
    ],
)  # fmt: skip
def test_one_range_is_answered_with_that_part(client, film, asked, first, last):
    assert part(client, film, asked) == (206, f"bytes {first}-{last}/{SIZE}", FILM[first : last + 1])


@pytest.mark.parametrize("asked", [f"bytes={SIZE}-", "bytes=5-4", "bytes=-0", "bytes=999999999999999999-"])
def test_a_range_that_the_file_does_not_have_is_refused(client, film, asked):
    assert part(client, film, asked)[:2] == (416, f"bytes */{SIZE}")


@pytest.mark.parametrize("asked", ["bytes=0-1,4-5", "bytes=-", "bytes=a-b", "items=0-1", "bytes=" + "9" * 40 + "-", ""])
def test_what_is_no_single_range_gets_the_whole_file(client, film, asked):
    assert part(client, film, asked) == (200, None, FILM)


def test_a_part_of_another_version_is_not_mixed_in(client, film):
    etag = client.get(film.get_absolute_url())["ETag"]
    assert part(client, film, "bytes=0-1", **{"If-Range": etag})[0] == 206
    assert part(client, film, "bytes=0-1", **{"If-Range": '"other"'})[0] == 200
    assert part(client, film, "bytes=0-1", **{"If-None-Match": etag})[0] == 304


def test_a_part_has_the_headers_of_the_whole(client, film):
    whole = client.get(film.get_absolute_url())
    one = client.get(film.get_absolute_url(), headers={"Range": "bytes=2-9"})
    assert one["Content-Length"] == "8"
    for name in ("Content-Type", "Content-Security-Policy", "Cache-Control", "ETag", "Accept-Ranges"):
        assert one[name] == whole[name]


def test_parts_of_a_drafts_film_are_nobody_elses(client):
    film = create_attachment(FILM, title="A film", language="en", name="film.mp4")
    make_article(attachments=[film], state="draft")
    assert client.get(film.get_absolute_url(), headers={"Range": "bytes=0-1"}).status_code == 404
    client.force_login(make_user("edna", "editor"))
    answer = client.get(film.get_absolute_url(), headers={"Range": "bytes=0-1"})
    assert (answer.status_code, answer["Cache-Control"]) == (206, "private, no-store")


@settings(max_examples=settings().max_examples // 10)
@given(st.lists(st.integers(0, SIZE), max_size=5))
@example([])
def test_parts_put_together_are_the_film(client, film, cuts):
    edges = sorted({0, SIZE, *cuts})
    parts = [part(client, film, f"bytes={first}-{last - 1}")[2] for first, last in pairwise(edges)]
    assert b"".join(parts) == FILM
