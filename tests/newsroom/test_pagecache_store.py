"""Pages are kept within their bytes, and a walk through many addresses does not push out what is read."""

import tracemalloc
from random import Random
from types import SimpleNamespace

import pytest
from django.http import HttpResponse

from newsroom.pagecache.store import PageStore
from newsroom.pagecache.stored_page import StoredPage

pytestmark = pytest.mark.one_database


def page(size=1000, status=200):
    return SimpleNamespace(size=size, status=status)


def test_no_more_bytes_than_allowed():
    store = PageStore(10_000)
    for number in range(100):
        store.put(number, page(700))
        store.get(number - 1)
        assert store.size <= 10_000
    assert len(store) == 10_000 // 700


def test_what_is_read_again_outlives_what_was_read_once():
    store = PageStore(10_000)
    store.put("front", page())
    store.get("front")
    for number in range(1000):
        store.put(number, page())
    assert store.get("front")


def test_wrong_addresses_push_nothing_out_however_often_they_are_asked_for():
    store = PageStore(10_000)
    store.put("front", page())
    store.get("front")
    for number in range(1000):
        store.put(number, page(status=404))
        store.get(number)
    assert store.get("front")


def test_a_new_copy_takes_the_place_of_the_old_one():
    store = PageStore(10_000)
    for size in (1000, 2000, 500):
        store.put("front", page(size))
        store.get("front")
        assert (len(store), store.size) == (1, size)


def test_a_page_larger_than_a_quarter_is_not_kept():
    store = PageStore(10_000)
    store.put("front", page(2_501))
    assert len(store) == 0


@pytest.mark.parametrize(("text", "language"), [("word ", "en"), ("слово ", "ru"), ("新闻", "zh")])
@pytest.mark.parametrize("length", [2_000, 20_000])
def test_the_limit_is_what_the_pages_take_in_memory(text, language, length):
    """With bodies in all encodings, headers and keys; bodies are of random words, which do not become small."""
    random = Random(0)
    store = PageStore(3_000_000)
    tracemalloc.start()
    while len(store) < 10 or store.size < store.limit - 200_000:
        number = random.random()
        body = "".join(f"{text}{random.random()} " for _ in range(length // 20))
        response = HttpResponse(body.encode(), headers={f"X-Header-{n}": f"a value {number}" * 3 for n in range(8)})
        key = ("https", "", f"/{language}/news/an-address-{number}/", "", f"q={number}")
        store.put(key, StoredPage(key, 1, None, response))
        del body, response, key
    used = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert 0.9 < used / store.size < 1.1
