"""A search asks the newest months first: every article lies in one window, and in none what was not asked for."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articles.models import Article
from articles.search.document import facets
from articles.search.time_windows import Windows
from tests.cast import make_article

moments = st.datetimes(datetime(2024, 11, 1), datetime(2027, 2, 28), timezones=st.just(UTC))
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)


@given(
    newest=moments,
    until=moments,
    published=moments,
    year=st.sampled_from([None, 2024, 2025, 2026, 2027]),
    lengths=st.lists(st.integers(1, 30), max_size=4),
)
@example(newest=NEW_YEAR, until=NEW_YEAR, published=NEW_YEAR - timedelta(seconds=1), year=2026, lengths=[2])
def test_every_article_lies_in_one_window(newest, until, published, year, lengths):
    words = set(facets("en", "news", published).split())
    found = [
        before
        for expression, before in _all_windows(Windows(newest, until, year), lengths)
        if published < before and (expression is None or words & _texts(expression))
    ]
    assert len(found) == (published <= until and year in (None, published.year))


def _all_windows(windows, lengths):
    for months in (*lengths, None):
        if not windows.is_done:
            yield windows.next(months)


def test_a_whole_year_in_a_window_is_one_word():
    expression, _ = Windows(NEW_YEAR, NEW_YEAR).next(14)
    assert _texts(expression) == {"=m202412", "=y2025", "=m202601"}


def _texts(expression):
    return {word.text for word in getattr(expression, "parts", [expression])}


@pytest.mark.django_db
def test_in_january_the_year_that_was_is_not_in_the_new_one():
    old = make_article(headline="Flood in December", publish_at=datetime(2025, 12, 31, 23, 59, tzinfo=UTC))
    new = make_article(headline="Flood in January", publish_at=datetime(2026, 1, 1, tzinfo=UTC))
    january = Article.objects.live(datetime(2026, 1, 2, tzinfo=UTC)).in_language("en")
    assert january.in_year(2026).search("flood").hits.ids == (new.pk,)
    assert january.in_year(2025).search("flood").hits.ids == (old.pk,)
    assert january.search("flood").hits.ids == (new.pk, old.pk)
