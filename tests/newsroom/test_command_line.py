"""A database that is away, read-only or old ends every command with one line that says what to do, and no traceback."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import InternalError, OperationalError, ProgrammingError

from newsroom.serving import health
from tests.postgres import free_port

pytestmark = pytest.mark.one_database


def refusal(url, *arguments):
    """What the command says with this DATABASE_URL."""
    command = [sys.executable, "manage.py", *arguments]
    environment = os.environ | {"DATABASE_URL": url}
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    (line,) = done.stderr.splitlines()
    return line


@pytest.mark.parametrize("arguments", [["migrate"], ["work", "--once"]])
def test_a_database_that_is_away(arguments):
    port = free_port()
    line = refusal(f"postgres://newsroom:secret@127.0.0.1:{port}/newsroom", *arguments)
    assert line.startswith("newsroom: The database does not answer: connection to server at")
    assert line.endswith("Connection refused. See DATABASE_URL.")
    assert "secret" not in line


def test_a_database_without_tables(tmp_path):
    line = refusal(f"sqlite:///{tmp_path}/empty.sqlite3", "verify_editions")
    assert line.endswith("migrations are pending: run manage.py migrate.")


class ServerSays(Exception):
    sqlstate = "25006"


def test_only_what_an_operator_mends_is_told_in_one_line(db):
    read_only = InternalError("cannot execute UPDATE in a read-only transaction")
    read_only.__cause__ = ServerSays()
    assert "primary" in health.in_one_line(read_only)
    assert "too many clients." in health.in_one_line(OperationalError("FATAL: too many clients\n\tmore"))
    assert health.in_one_line(ProgrammingError("no such column: x")) == ""  # all migrations are there: a bug
