"""The benchmark's newsroom is a good fixture, and its command works: how fast is not a test's business."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from articles.models import Article
from tests.articles.importing.fixture_records import counts, run
from tests.benchmarks import generate
from tests.sessions import end_other_sessions

ROOT = Path(__file__).parents[3]


@pytest.mark.django_db
def test_the_generated_newsroom_comes_in_whole(tmp_path):
    path = generate.write(tmp_path / "news.jsonl", 60)
    code, out, err = run(path)
    assert (code, err) == (0, "")
    assert Article.objects.count() == 60
    assert counts(run(path)[1]) == {"unchanged": counts(out)["create"]}


def test_the_same_seed_gives_the_same_newsroom(tmp_path):
    first = generate.write(tmp_path / "a.json", 20).read_bytes()
    assert generate.write(tmp_path / "b.json", 20).read_bytes() == first
    assert generate.write(tmp_path / "c.json", 20, seed=1).read_bytes() != first


@pytest.fixture
def empty(django_db_setup, django_db_blocker, tmp_path):
    """The empty tables of this run: to make others takes 10 seconds of processor time."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock():
            end_other_sessions()
        connection.close()  # the server copies only what nobody uses
        return name
    with closing(sqlite3.connect(name)) as tables:
        tables.execute("VACUUM INTO ?", [str(tmp_path / "empty.sqlite3")])
    return tmp_path / "empty.sqlite3"


def test_the_command_prints_its_tables(empty):
    command = [sys.executable, "-m", "tests.benchmarks", "--small", "--databases", connection.vendor]
    command.append(f"--empty={empty}")
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    for heading in ("| import | ", "| region + topic | ", "-- an article by its address"):
        assert heading in done.stdout
    assert ("\nhome " in done.stdout) == (connection.vendor == "sqlite")  # pages are served from SQLite
