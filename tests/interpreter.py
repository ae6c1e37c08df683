"""What makes all tests quicker and changes no result: a quarter of their time (pyproject's `-p tests.interpreter`)."""

import gc
from contextlib import contextmanager
from functools import cache

import pytest


def _with_one_stack(function, *arguments):
    return function(*arguments)


# Python keeps the local variables of its calls in pieces of 16 KB. A loop that calls something at the end of a piece
# asks the system for the next one and gives it back each time: a fifth of the time of a page of the admin, whose
# templates are nested deeply. Within a call that asks for 1 MB, Python takes a piece of 2 MB, and all others fit in.
_with_one_stack.__code__ = _with_one_stack.__code__.replace(co_stacksize=2**20 // 8)


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session):
    from _pytest.main import pytest_runtestloop

    return _with_one_stack(pytest_runtestloop, session)


def pytest_collection_finish():
    """Modules and collected tests stay until the end. The garbage collector need not look through them ever again.

    What tests leave for good (templates, addresses) grows slowly: it looks at all of that a tenth as often as usual.
    """
    gc.collect()
    gc.freeze()
    young, middle, old = gc.get_threshold()
    gc.set_threshold(young, middle, 10 * old)


def pytest_sessionstart():
    """The test client copies the context of every template. Of those of single widgets, hundreds a page, nobody asks."""
    from django.test import client, testcases

    usual = client.store_rendered_templates

    def store(into, signal, sender, template, context, **more):
        if not (template.name or "").startswith("django/forms/"):
            usual(into, signal, sender, template, context, **more)

    client.store_rendered_templates = store
    testcases.TransactionTestCase._fixture_teardown = _delete_rows


_staying = set()  # the databases whose rows stay after a test


@contextmanager
def rows_stay(name="default"):
    """What tests commit meanwhile stays from one test to the next, and goes in the end."""
    _staying.add(name)
    try:
        yield
    finally:
        _staying.discard(name)
        _delete_rows_of(name)


def _delete_rows(case):
    """After a test that commits, as those of the browser do, rows go from the tables that have any.

    Django empties all hundred tables and does what follows a migration: types, permissions and triggers are made anew,
    0.3 s each time on PostgreSQL. They are not rows of a test, so they stay.
    """
    for name in case._databases_names(include_mirrors=False):
        if name not in _staying:
            _delete_rows_of(name)


def _delete_rows_of(name):
    from django.db import connections, transaction

    with transaction.atomic(name), connections[name].cursor() as cursor:
        tables = [connections[name].ops.quote_name(table) for table in _tables(name)]
        cursor.execute(" UNION ALL ".join(f"SELECT '{one}' WHERE EXISTS (SELECT 1 FROM {one})" for one in tables))
        for (table,) in cursor.fetchall():
            cursor.execute(f"DELETE FROM {table}")


@cache
def _tables(name):
    from django.db import connections

    tables = connections[name].introspection.django_table_names(only_existing=True, include_views=False)
    return [table for table in tables if table not in ("django_content_type", "auth_permission")]
