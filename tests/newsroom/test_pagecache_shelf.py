"""Pages are kept within their bytes, and a walk through many addresses does not push out what is read."""

from types import SimpleNamespace

import pytest

from newsroom.pagecache.store import Shelf

pytestmark = pytest.mark.one_database


def page(size=1000, status=200):
    return SimpleNamespace(size=size, status=status)


def test_no_more_bytes_than_allowed():
    shelf = Shelf(10_000)
    for number in range(100):
        shelf.put(number, page(700))
        shelf.get(number - 1)
        assert shelf.size <= 10_000
    assert len(shelf) == 10_000 // 700


def test_what_is_read_again_outlives_what_was_read_once():
    shelf = Shelf(10_000)
    shelf.put("front", page())
    shelf.get("front")
    for number in range(1000):
        shelf.put(number, page())
    assert shelf.get("front")


def test_wrong_addresses_push_nothing_out_however_often_they_are_asked_for():
    shelf = Shelf(10_000)
    shelf.put("front", page())
    shelf.get("front")
    for number in range(1000):
        shelf.put(number, page(status=404))
        shelf.get(number)
    assert shelf.get("front")


def test_a_new_copy_takes_the_place_of_the_old_one():
    shelf = Shelf(10_000)
    for size in (1000, 2000, 500):
        shelf.put("front", page(size))
        shelf.get("front")
        assert (len(shelf), shelf.size) == (1, size)


def test_a_page_larger_than_a_quarter_is_not_kept():
    shelf = Shelf(10_000)
    shelf.put("front", page(2_501))
    assert len(shelf) == 0
