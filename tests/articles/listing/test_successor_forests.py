"""Random trees and chains of successors: lists, counts, the search and the database say the same of them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.facets import Criteria
from articles.listing.facet_counts import counted
from articles.listing.filters import ArticleFilter
from articles.listing.in_memory import ListsInMemory
from articles.models import Article, Topic, list_changes
from articles.search.find import _newest as newest_by_slot
from articles.search.find import find
from contacts.models import Region
from tests.cast import make_article, make_office

pytestmark = pytest.mark.django_db
YESTERDAY = timezone.now().date() - timedelta(1)

# The rows of one model, as random trees and chains: for each row the numbers of its parent and of its successor, which
# are smaller or None, and whether it has ended. (A row with a greater number cannot be above it: so there is no circle.)
SIZE = 6
numbers = st.one_of(st.none(), st.integers(0, SIZE - 1))
forests = st.lists(st.tuples(numbers, numbers, st.booleans()), min_size=SIZE, max_size=SIZE)
carried = st.lists(st.lists(st.integers(0, SIZE - 1), unique=True, max_size=3), min_size=4, max_size=8)


class Taken(Exception):
    """Takes the rows of an example back."""


def rows_of(forest, make):
    rows = []
    for number, (parent, successor, ended) in enumerate(forest):
        above = [None if one is None or one >= number else rows[one] for one in (parent, successor)]
        rows.append(make(f"row-{number}", *above, ended))
    list_changes.note_names()
    return rows


def region(code, parent, successor, ended):
    return Region.objects.create(code=code, parent=parent, successor=successor, is_active=not ended)


def topic(code, parent, successor, ended):
    return Topic.objects.create(code=code, parent=parent, merged_into=successor if ended else None)


def office(code, parent, successor, ended):
    return make_office(code, successor=successor, closed=YESTERDAY if ended else None)


def stands_in(row, forest, nested):
    """The numbers of the rows in whose lists the articles of a row stand, upwards from it."""
    while forest[row][2] and forest[row][1] is not None and forest[row][1] < row:
        row = forest[row][1]
    parent = forest[row][0]
    if not nested or parent is None or parent >= row:
        return {row}
    return {row} | stands_in(parent, forest, nested)


@pytest.mark.parametrize("name", ["region", "topic", "office"])
def test_list_count_search_and_database_agree(name):
    @settings(max_examples=settings().max_examples // 10)
    @given(forests, carried)
    def agree(forest, carried):
        try:
            with transaction.atomic():
                check(name, forest, carried)
                raise Taken
        except Taken:
            pass

    agree()


def check(name, forest, carried):
    make, nested = {"region": (region, True), "topic": (topic, True), "office": (office, False)}[name]
    rows, lists, articles = rows_of(forest, make), ListsInMemory(), {}
    newest_by_slot.cache_clear()  # it remembers what another example had

    def write(some):
        for numbers in some:
            own = [rows[number] for number in numbers]
            has = {"office": own[0] if own else None} if name == "office" else {f"{name}s": own}
            articles[make_article(headline="Flood", **has).pk] = [row.code for row in own[: 1 if has.get(name) else 9]]

    write(carried[::2])
    lists.now()
    write(carried[1::2])  # these are read one by one
    snapshot = lists.now()
    expected = {row.code: set() for number, row in enumerate(rows) if stands_in(number, forest, nested) >= {number}}
    for pk, codes in articles.items():
        for code in codes:
            for number in stands_in(int(code[-1]), forest, nested):
                expected[f"row-{number}"].add(pk)
    names, counts = snapshot.names, {code: len(pks) for code, pks in expected.items() if pks}
    assert snapshot.select(Criteria("en")).counts(name, names.groups(name)) == counts
    in_sql = {"region": "in_region", "topic": "about", "office": "from_office"}[name]
    for row in rows:
        final = names.known(name, row.code)
        criteria = Criteria("en").having(name, *names.group(name, final))
        assert set(snapshot.select(criteria)[:]) == expected[final]
        assert len(snapshot.select(criteria)) == len(expected[final])
        assert set(replace(snapshot, index=None).select(criteria)[:50]) == expected[final]
        assert set(Article.objects.matching(criteria).values_list("pk", flat=True)) == expected[final]
        assert set(getattr(Article.objects, in_sql)(row).values_list("pk", flat=True)) == expected[final]
        assert set(find("flood", [criteria])[0].ids) == expected[final]
    found = ArticleFilter(QueryDict("q=flood"), language="en", names=names)
    assert found.is_valid()
    numbers = next(menu.numbers for menu in counted(found)[1] if menu.name == name)
    assert numbers == counts
