"""A search asks the newest months first: every article lies in one window, and in none what was not asked for."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articles.facets import Criteria, date_codes
from articles.search.document import facet_terms
from articles.search.find import Windows
from tests.cast import make_article, search

moments = st.datetimes(datetime(2024, 11, 1), datetime(2027, 2, 28), timezones=st.just(UTC))
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)


@given(
    newest=moments,
    until=moments,
    published=moments,
    since=st.none() | moments,
    lengths=st.lists(st.integers(1, 30), max_size=4),
)
@example(newest=NEW_YEAR, until=NEW_YEAR, published=NEW_YEAR - timedelta(seconds=1), since=NEW_YEAR, lengths=[2])
@example(newest=NEW_YEAR, until=NEW_YEAR, published=NEW_YEAR, since=NEW_YEAR, lengths=[2])
def test_every_article_lies_in_one_window(newest, until, published, since, lengths):
    words = set(facet_terms(date_codes(published.date()), published).split())
    found = [
        before
        for expression, before in _all_windows(Windows(newest, until, since), lengths)
        if published < before and (expression is None or words & _texts(expression))
    ]
    if since is None or published >= since:  # the database leaves out what is older
        assert len(found) == (published <= until)
    else:
        assert len(found) <= 1


def _all_windows(windows, lengths):
    for months in (*lengths, None):
        if not windows.is_done:
            yield windows.next(months)


def test_a_whole_year_in_a_window_is_one_word():
    expression, _ = Windows(NEW_YEAR, NEW_YEAR).next(14)
    assert _texts(expression) == {"=m202412", "=m2025", "=m202601"}


def _texts(expression):
    return {word.text for word in getattr(expression, "parts", [expression])}


@pytest.mark.django_db
def test_in_january_the_year_that_was_is_not_in_the_new_one():
    make_article(headline="Flood in December", publish_at=datetime(2025, 12, 31, 23, 59, tzinfo=UTC))
    make_article(headline="Flood in January", publish_at=datetime(2026, 1, 1, tzinfo=UTC))
    january = Criteria("en", at=datetime(2026, 1, 2, tzinfo=UTC))
    assert search("flood", criteria=january.having("year", "2026")) == ["Flood in January"]
    assert search("flood", criteria=january.having("year", "2025")) == ["Flood in December"]
    assert search("flood", criteria=january) == ["Flood in January", "Flood in December"]


@pytest.mark.parametrize(
    ("since", "before", "expected"),
    [
        (date(2026, 3, 1), date(2026, 4, 1), ["31 March", "1 March"]),
        (date(2026, 3, 1), None, ["1 April", "31 March", "1 March"]),
        (None, date(2026, 3, 31), ["1 March", "February", "long ago"]),
        (date(1990, 1, 1), date(2026, 3, 2), ["1 March", "February", "long ago"]),
        (date(2026, 4, 1), date(2026, 3, 1), []),
        (date(2100, 1, 1), None, []),
    ],
)
@pytest.mark.django_db
def test_dates_combine_with_words(since, before, expected):
    for name, moment in {
        "long ago": datetime(1998, 5, 1, tzinfo=UTC),
        "February": datetime(2026, 2, 28, 23, 59, 59, 999999, tzinfo=UTC),
        "1 March": datetime(2026, 3, 1, tzinfo=UTC),
        "31 March": datetime(2026, 3, 31, 23, 59, 59, 999999, tzinfo=UTC),
        "1 April": datetime(2026, 4, 1, tzinfo=UTC),
    }.items():
        make_article(headline=name, body="<p>needle</p>", publish_at=moment)
    now = datetime(2026, 6, 1, tzinfo=UTC)
    for by in ("date", "relevance"):
        assert search("needle", by=by, criteria=Criteria("en", since=since, before=before, at=now)) == expected
    assert search('"needle"', criteria=Criteria("en", since=since, before=before, at=now)) == expected
