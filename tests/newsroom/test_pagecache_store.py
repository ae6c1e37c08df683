"""Pages are kept within their bytes, and a walk through many addresses does not push out what is read."""

from types import SimpleNamespace

import pytest

from newsroom.pagecache.store import PageStore

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
