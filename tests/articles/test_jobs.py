"""Background jobs: each in a thread of its own, at once when it is woken."""

import time

import pytest
from django.core.management import CommandError, call_command
from django.db import InternalError, OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from articles import jobs
from articles.models import BackgroundJob

pytestmark = pytest.mark.one_database


def test_a_job_runs_at_once_when_it_is_woken_and_a_long_one_keeps_no_other_waiting(monkeypatch):
    runs, goes_on = [], []
    monkeypatch.setattr(jobs, "_jobs", {})
    monkeypatch.setattr(jobs, "FIRST_LOOK", 0)
    monkeypatch.setattr(jobs.connections, "close_all", lambda: None)

    def long():
        while not goes_on:
            time.sleep(0.01)

    jobs.register("long", long, 1000)
    jobs.register("short", lambda: runs.append(time.monotonic()), 1000)
    jobs.start()
    jobs.start()
    until = time.monotonic() + 20
    while len(runs) < 2 and time.monotonic() < until:
        jobs.wake("short")
        time.sleep(0.01)
    goes_on.append(True)
    jobs.stop()
    assert len(runs) >= 2


@pytest.mark.django_db
def test_how_jobs_ended_is_stored_and_kept_while_the_database_is_busy(monkeypatch):
    monkeypatch.setattr(jobs, "_jobs", {})
    jobs.register("works", lambda: None, 1000)
    jobs.register("fails", lambda: 1 / 0, 1000)
    with monkeypatch.context() as patch:

        def refuse(*args, **outcome):
            raise OperationalError("database is locked")

        patch.setattr(type(BackgroundJob.objects), "note", refuse)
        jobs.run_once()
    assert not BackgroundJob.objects.exists()
    jobs.note_outcomes()
    works, fails = (BackgroundJob.objects.get(name=name) for name in ("works", "fails"))
    assert works.succeeded_at <= timezone.now()
    assert (works.fails, fails.fails, fails.error) == (False, True, "ZeroDivisionError")


def refuse():
    raise OperationalError("connection refused\n\tIs the server running?")


@pytest.mark.django_db
def test_run_once_from_cron_tells_what_failed_in_lines_without_a_traceback(monkeypatch, caplog):
    monkeypatch.setattr(jobs, "_jobs", {})
    jobs.register("works", lambda: None, 1000)
    jobs.register("away", refuse, 1000)
    with pytest.raises(CommandError, match="due again: away"):
        call_command("work", once=True)
    (line,) = (record for record in caplog.records if record.name == "articles.jobs")
    assert line.getMessage() == "The job “away” failed; it runs again. connection refused"
    assert not line.exc_info


class ReadOnly(Exception):
    sqlstate = "25006"


@pytest.mark.django_db
def test_a_replica_in_the_place_of_the_primary_is_a_line_for_each_job(monkeypatch, caplog):
    def write():
        raise InternalError("cannot execute UPDATE in a read-only transaction") from ReadOnly()

    monkeypatch.setattr(jobs, "_jobs", {})
    jobs.register("writes", write, 1000)
    assert jobs.run_once() == ["writes"]
    assert not caplog.records[0].exc_info


@pytest.mark.django_db
def test_a_bug_in_a_job_keeps_its_traceback(monkeypatch, caplog):
    monkeypatch.setattr(jobs, "_jobs", {})
    jobs.register("fails", lambda: 1 / 0, 1000)
    assert jobs.run_once() == ["fails"]
    assert caplog.records[0].exc_info


@pytest.mark.django_db
def test_work_without_all_migrations_is_refused(monkeypatch):
    monkeypatch.setattr(jobs, "_jobs", {})
    _app, last = MigrationLoader(connection).graph.leaf_nodes("contacts")[0]
    MigrationRecorder(connection).record_unapplied("contacts", last)
    with pytest.raises(CommandError, match="1 migrations are pending"):
        call_command("work", once=True)
