"""deploy/README.md's settings for point-in-time recovery of PostgreSQL bring back the minute before a mistake."""

import gzip
import re
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings

from tests import postgres

pytestmark = pytest.mark.one_database
README = (settings.BASE_DIR / "deploy" / "README.md").read_text(encoding="utf-8")
FOLDER = "/srv/recovery"  # in it


@pytest.fixture
def folder():
    folder = Path(tempfile.mkdtemp(prefix="newsroom-recovery-"))
    folder.chmod(0o777)
    yield folder
    shutil.rmtree(folder)


def documented(name, folder):
    """The option of `postgres` with the value that it gives."""
    value = re.search(rf"^{name} = '?(.+?)'?$", README, re.MULTILINE)[1]
    return "-c", f"{name}={value.replace(FOLDER, str(folder))}"


def test_the_minute_before_a_mistake_comes_back(folder):
    wal, base = folder / "wal", folder / "base"
    wal.mkdir()
    wal.chmod(0o777)
    first, second = folder / "first", folder / "second"
    first.mkdir()
    archive = [*documented("archive_mode", folder), *documented("archive_command", folder)]
    archive += documented("archive_timeout", folder)
    with postgres.cluster(first, *archive) as url, psycopg.connect(url, autocommit=True) as connection:
        programs, where = postgres.prepare(first), urlsplit(url)
        connection.execute("CREATE TABLE words (text text)")
        take = [programs / "pg_basebackup", "-h", where.hostname, "-p", str(where.port), "-U", where.username]
        postgres.run([*take, "-D", base, "--checkpoint=fast"], folder, PGPASSWORD=where.password)
        connection.execute("INSERT INTO words VALUES ('kept')")
        moment = connection.execute("SELECT clock_timestamp()").fetchone()[0]
        connection.execute("DELETE FROM words")
        segment = connection.execute("SELECT pg_walfile_name(pg_switch_wal())").fetchone()[0]
        wait_for((wal / f"{segment}.gz").exists)

    second.mkdir()
    programs = postgres.prepare(second)
    shutil.move(base, second / "data")
    (second / "data" / "recovery.signal").touch()
    recovery = [*documented("restore_command", folder), *documented("recovery_target_action", folder)]
    at = ["-c", f"recovery_target_time={moment.isoformat()}"]
    restored = postgres.running(programs, second / "data", where.password, *recovery, *at)
    with restored as url, psycopg.connect(url, autocommit=True) as connection:
        assert connection.execute("SELECT text FROM words").fetchall() == [("kept",)]
        wait_for(lambda: connection.execute("SELECT pg_is_in_recovery()").fetchone() == (False,))
        connection.execute("INSERT INTO words VALUES ('goes on')")


def test_a_segment_is_archived_once_and_never_replaced_by_another(folder):
    """PostgreSQL gives a segment again if it stopped before it had noted that it is there."""
    (folder / "wal").mkdir()
    segment = folder / "000000010000000000000001"
    command = documented("archive_command", folder)[1].partition("=")[2]
    command = command.replace("%f", segment.name).replace("%p", str(segment))
    for content, code in ((b"one", 0), (b"one", 0), (b"other", 1)):
        segment.write_bytes(content)
        assert subprocess.run(["sh", "-c", command], check=False).returncode == code
    assert gzip.decompress((folder / "wal" / f"{segment.name}.gz").read_bytes()) == b"one"


def wait_for(condition):
    until = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.05)
