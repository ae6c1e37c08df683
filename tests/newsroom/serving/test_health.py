"""Probes answer whatever the host; a database that is away is 503 for readers, never a plain 500."""

import sqlite3
from datetime import timedelta

import pytest
from django.db import InterfaceError, OperationalError, connection, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from newsroom.serving import health
from tests.cast import make_article


@pytest.fixture(autouse=True)
def _a_process_that_has_just_started(monkeypatch):
    monkeypatch.setattr(health, "_migrated", False)


@pytest.fixture
def no_database(db, monkeypatch):
    def refuse(*args, **kwargs):
        raise OperationalError("connection refused")

    with monkeypatch.context() as patch:
        patch.setattr(type(connections["default"]), "cursor", refuse)
        yield


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_probes_answer_a_load_balancer_that_asks_by_address_and_without_tls(client, db, settings, path):
    settings.SECURE_SSL_REDIRECT, settings.ALLOWED_HOSTS = True, ["news.example.org"]
    response = client.get(path, headers={"host": "10.1.2.3"})
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response["Cache-Control"] == "no-store"


def test_without_a_database_the_process_lives_and_is_not_ready(client, no_database):
    assert client.get("/healthz").status_code == 200
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"the database does not answer\n")


def test_a_pending_migration_is_not_ready(client, db):
    _app, last = MigrationLoader(connection).graph.leaf_nodes("contacts")[0]
    MigrationRecorder(connection).record_unapplied("contacts", last)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert b"pending" in response.content


def test_what_is_overdue_is_said_but_the_site_stays_ready(client, db, monkeypatch):
    monkeypatch.setattr("contacts.public_pages._overdue_counts", [lambda: 2, lambda: 1])
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ok\noverdue: 3\n")


def test_a_new_edition_that_nobody_brought_in_is_overdue(client, db):
    live, long_ago = make_article(), timezone.now() - timedelta(hours=1)
    make_article(revises=live, slug=live.slug, publish_at=long_ago)
    assert client.get("/readyz").content == b"ok\noverdue: 1\n"


def test_readers_are_asked_to_come_back_while_the_database_is_away(client, no_database):
    client.raise_request_exception = False
    response = client.post("/admin/login/", {"username": "edna", "password": "wrong"})
    assert response.status_code == 503
    assert response["Retry-After"] == "5"
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_an_outage_inside_a_middleware_is_the_same(client, db, monkeypatch, error):
    def fail(*args):
        raise error("the connection is closed")

    monkeypatch.setattr("django.contrib.sessions.middleware.SessionMiddleware.process_response", fail)
    client.raise_request_exception = False
    assert client.get("/admin/login/").status_code == 503


class ServerSays(Exception):
    def __init__(self, **codes):
        self.__dict__ |= codes


@pytest.mark.parametrize(
    ("codes", "away"),
    [
        ({"sqlite_errorcode": sqlite3.SQLITE_BUSY}, True),
        ({"sqlite_errorcode": sqlite3.SQLITE_BUSY_SNAPSHOT}, True),
        ({"sqlite_errorcode": sqlite3.SQLITE_CANTOPEN}, True),
        ({"sqlite_errorcode": sqlite3.SQLITE_ERROR}, False),  # no such table; a pattern that is none
        ({"sqlstate": None}, True),  # the connection was refused
        ({"sqlstate": "57P01"}, True),  # shut down by the administrator
        ({"sqlstate": "53300"}, True),  # too many connections
        ({"sqlstate": "25006"}, True),  # a replica: its primary is being replaced
        ({"sqlite_errorcode": sqlite3.SQLITE_READONLY}, True),
        ({"sqlstate": "54001"}, False),  # the statement is too complex
    ],
)
def test_only_a_database_that_is_away_or_busy_is_an_outage(codes, away):
    error = OperationalError()
    error.__cause__ = ServerSays(**codes)
    assert health.is_outage(error) is away


def test_another_fault_is_a_plain_500(client, db, monkeypatch):
    def fail(*args):
        raise ValueError

    monkeypatch.setattr("django.contrib.sessions.middleware.SessionMiddleware.process_response", fail)
    client.raise_request_exception = False
    response = client.get("/admin/login/")
    assert response.status_code == 500
    assert "Retry-After" not in response
