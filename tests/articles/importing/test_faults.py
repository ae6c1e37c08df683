"""Run twice at once, interrupted, on a database that is busy: whole rows or none, and a sentence. Kills: test_kills."""

import io
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection

from articles.models import Article, ImportRun
from tests.articles.importing.fixture_records import article, is_empty, newsroom, run, write

ROOT = Path(__file__).parents[3]
ARTICLES = 1100  # more than one batch, more than a pipe holds


def rows(database):
    """{table: the number of its rows}"""
    with closing(sqlite3.connect(database.removeprefix("sqlite:///"))) as stored:
        tables = [name for (name,) in stored.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: stored.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}


def environment(database):
    return os.environ | {"DATABASE_URL": database, "DEBUG": "1", "PYTHONPATH": str(ROOT)}


def start(database, *arguments, **options):
    return subprocess.Popen(
        [sys.executable, "manage.py", *map(str, arguments)],
        cwd=ROOT,
        env=environment(database),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # ignored in background jobs
        **{"stdin": subprocess.DEVNULL} | options,
    )


def interrupted(database, path, share):
    """What an import says that has read that share of the file when Ctrl-C is pressed."""
    process = start(database, "import_fixture", "-", stdin=subprocess.PIPE)
    text = path.read_bytes()
    process.stdin.write(text[: int(len(text) * share)])
    process.stdin.flush()
    process.send_signal(signal.SIGINT)
    _, err = process.communicate()
    assert process.returncode
    return err


def manage(database, *arguments):
    process = start(database, *arguments)
    out, err = process.communicate(timeout=120)
    return subprocess.CompletedProcess(arguments, process.returncode, out, err.decode())


@pytest.fixture
def many(tmp_path):
    return write(tmp_path / "many.jsonl", newsroom(*[article(f"story-{n}") for n in range(ARTICLES)]))


@pytest.fixture
def database(db, tmp_path):
    """A SQLite database of the test's own: the empty tables of the run's, which is on SQLite, too."""
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as empty:
        empty.execute("VACUUM INTO ?", [str(tmp_path / "own.sqlite3")])
    return f"sqlite:///{tmp_path / 'own.sqlite3'}"


@pytest.mark.one_database
def test_interrupted_and_run_again_it_is_as_if_nothing_had_happened(database, many):
    before = rows(database)
    err = interrupted(database, many, 0.9)
    assert err.endswith(b"CommandError: Stopped. Nothing was stored.\n")
    assert b"Traceback" not in err
    assert rows(database) == before
    assert manage(database, "import_fixture", many).returncode == 0
    assert rows(database)["articles_article"] == ARTICLES
    assert b"Nothing to change: nothing was written." in manage(database, "import_fixture", many).stdout


@pytest.mark.one_database
def test_two_at_once_give_what_one_gives(database, many):
    both = [start(database, "import_fixture", many) for _ in range(2)]
    results = [(process.communicate(timeout=120), process.returncode) for process in both]
    assert 0 in [code for _, code in results]
    for (_, err), code in results:
        assert b"Traceback" not in err
        assert code == 0 or b"already running" in err
    assert rows(database)["articles_article"] == ARTICLES


@pytest.mark.one_database
def test_without_a_database_there_is_a_sentence(many):
    done = manage("sqlite:////nowhere/at/all.sqlite3", "import_fixture", many)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    done = manage("postgres://nobody@127.0.0.1:1/none", "import_fixture", many)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


@pytest.mark.one_database
def test_closed_standard_input(database):
    process = subprocess.run(
        [sys.executable, "manage.py", "import_fixture", "-"],
        cwd=ROOT,
        env=environment(database),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    assert (process.returncode, process.stderr.decode()) == (1, "CommandError: -: standard input is empty.\n")


@pytest.mark.django_db(transaction=True)
def test_a_second_import_is_told_that_one_is_running(tmp_path):
    if connection.vendor != "postgresql":
        return  # SQLite has its write lock; see above
    import psycopg

    from articles.importing.bulk import ADVISORY

    with psycopg.connect(
        **{
            k: v
            for k, v in connection.get_connection_params().items()
            if k in ("dbname", "user", "host", "port", "password")
        }
    ) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [ADVISORY])
        code, _, err = run(write(tmp_path / "news.json", newsroom()))
    assert (code, err) == (1, "Another import is already running; wait until it has ended.")
    assert is_empty()
    assert run(tmp_path / "news.json")[0] == 0


@pytest.mark.django_db
def test_a_database_that_goes_away_gives_a_sentence(tmp_path, monkeypatch):
    def gone(*arguments):
        raise OperationalError("server closed the connection unexpectedly\n\tThis probably means …")

    monkeypatch.setattr("articles.importing.bulk.BulkDatabase.insert", gone)
    code, _, err = run(write(tmp_path / "news.json", newsroom()))
    assert err == "The database cannot be used: server closed the connection unexpectedly. Nothing was stored."
    assert (code, is_empty()) == (1, True)


@pytest.mark.django_db
def test_nobody_is_mailed(tmp_path, mailoutbox):
    run(write(tmp_path / "news.json", newsroom()))
    assert mailoutbox == []


@pytest.mark.django_db
def test_by_names_the_user_of_the_run_and_of_its_articles(tmp_path, django_user_model):
    edna = django_user_model.objects.create_user("edna")
    run(write(tmp_path / "news.json", newsroom()), by="edna")
    assert ImportRun.objects.get().by == "edna"
    assert set(Article.objects.values_list("created_by", flat=True)) == {edna.pk}


@pytest.mark.django_db
def test_export_to_standard_output_is_a_fixture(tmp_path, capfdbinary):
    run(write(tmp_path / "news.json", newsroom()))
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    call_command("export_fixture", stdout=out)
    (tmp_path / "again.json").write_bytes(out.buffer.getvalue())
    assert "unchanged" in run(tmp_path / "again.json")[1]
