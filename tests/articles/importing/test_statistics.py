"""A long import has the database count what it wrote, so that look-ups at its end cost what they cost at its start."""

import pytest
from django.db import connection, transaction

from articles.importing import bulk
from articles.importing.bulk import BulkDatabase
from articles.models import Topic

pytestmark = pytest.mark.django_db
TABLE = Topic._meta.db_table


@pytest.fixture
def counted(monkeypatch):
    """How many rows the table had at each count."""
    numbers, execute = [], BulkDatabase.execute

    def watched(self, sql, params=()):
        if sql.startswith("ANALYZE"):
            numbers.append(Topic.objects.count())
        return execute(self, sql, params)

    monkeypatch.setattr(BulkDatabase, "execute", watched)
    monkeypatch.setattr(bulk, "FEW", 10)
    return numbers


def write(to, start, number):
    to.insert(TABLE, ["code", "order"], [(f"t-{at}", at) for at in range(start, start + number)])


def test_rows_of_the_running_transaction_are_counted_at_each_doubling(counted):
    to = BulkDatabase()
    with transaction.atomic():
        for start in range(0, 100, 5):
            write(to, start, 5)
        known = _known_values()
    if connection.vendor == "postgresql":
        assert counted == [10, 20, 40, 80]
        assert known == -1  # every value is another one
    else:  # SQLite plans by the indexes alone
        assert counted == []
    assert Topic.objects.count() == 100


def test_a_few_rows_are_no_reason(counted):
    write(BulkDatabase(), 0, 9)
    assert counted == []


def _known_values():
    """What PostgreSQL believes of the codes: n_distinct of pg_stats."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT n_distinct FROM pg_stats WHERE tablename = %s AND attname = 'code'", [TABLE])
        return cursor.fetchone()[0]
