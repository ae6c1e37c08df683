"""A consistent copy of the database as one file, while editors work, and back. SQLite and PostgreSQL."""

import os
import shutil
import sqlite3
import subprocess
from pathlib import Path

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from psycopg import conninfo

FILE = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
DEBIAN = Path("/usr/lib/postgresql")
# What libpq knows of the parameters that Django gives to psycopg.
LIBPQ = ("host", "port", "user", "dbname", "sslmode", "sslrootcert", "sslcert", "sslkey", "service", "connect_timeout")


class Failed(Exception):
    """The copy could not be made or loaded; the text says why."""


def dump(folder):
    """Write the database into the folder, as of one moment; {table: number of rows} of that moment."""
    target = folder / FILE[connection.vendor]
    return _dump_sqlite(target) if connection.vendor == "sqlite" else _dump_postgresql(target)


def load(folder):
    """Replace the content of the database by that of the folder's copy: all of it, or nothing."""
    source = folder / FILE[connection.vendor]
    if connection.vendor == "sqlite":
        _load_sqlite(source)
    else:
        _load_postgresql(source)


def rows():
    """{table: number of rows} of all tables of the database that the site is using."""
    with connection.cursor() as cursor:
        return _rows(cursor, sorted(connection.introspection.table_names(cursor)))


def is_empty():
    """Whether the database has no rows but those that `migrate` writes."""
    own = {"django_migrations", "django_content_type", "auth_permission", "sqlite_sequence"}
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if name not in own]
        if "articles_article" not in tables:
            return not tables
        people = "auth_user", "articles_article", "contacts_office"
        return not any(_rows(cursor, [name for name in tables if name in people]).values())


def migrations():
    """{app: name of its last migration} that the database has."""
    return dict(sorted(MigrationRecorder(connection).applied_migrations()))


def _rows(cursor, tables):
    counts = {}
    for table in tables:
        cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
        counts[table] = cursor.fetchone()[0]
    return counts


def _dump_sqlite(target):
    """By SQLite's online backup, in one step: nobody waits, because of the write-ahead log."""
    connection.ensure_connection()
    copy = sqlite3.connect(target)
    try:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a -wal beside it
        names = copy.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        tables = [name for (name,) in names if name in set(connection.introspection.table_names())]
        return {name: copy.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}
    except sqlite3.Error as error:
        raise Failed(f"SQLite could not be copied: {error}") from error
    finally:
        copy.close()


def _load_sqlite(source):
    """The connection that is open sees the new content; other processes have to be stopped before."""
    copy = sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)
    try:
        if copy.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise Failed(f"{source} is damaged.")
        connection.ensure_connection()
        copy.backup(connection.connection)
    except sqlite3.Error as error:
        raise Failed(f"{source} could not be loaded: {error}") from error
    finally:
        copy.close()
        connection.close()


def _dump_postgresql(target):
    """By pg_dump, on the snapshot of a transaction that counts the rows, too."""
    connection.close()
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = cursor.fetchone()[0]
            tables = sorted(connection.introspection.table_names(cursor))
            _run("pg_dump", f"--snapshot={snapshot}", "--format=custom", "--no-owner", "--no-acl", f"--file={target}")
            return _rows(cursor, tables)
        finally:
            cursor.execute("ROLLBACK")


def _load_postgresql(source):
    """In one transaction: whoever reads meanwhile waits, and a failure leaves everything as it was."""
    connection.close()
    _run("pg_restore", "--clean", "--if-exists", "--no-owner", "--no-acl", "--single-transaction", str(source))


def _run(program, *arguments):
    parameters = connection.get_connection_params()
    password = parameters.get("password") or ""
    address = conninfo.make_conninfo(**{name: parameters[name] for name in LIBPQ if parameters.get(name)})
    command = [_path(program), "--dbname", address, *arguments]
    environment = os.environ | ({"PGPASSWORD": password} if password else {})
    done = subprocess.run(command, env=environment, capture_output=True, text=True, errors="replace")
    if done.returncode:
        raise Failed(f"{program} failed: {done.stderr.strip()[-600:]}")


def _path(program):
    """PostgreSQL's own program: on PATH, else the newest that Debian has; not older than the server, says pg_dump."""
    installed = sorted(DEBIAN.glob(f"*/bin/{program}"), key=lambda path: float(path.parts[-3]))
    found = shutil.which(program) or (installed and str(installed[-1]))
    if not found:
        raise Failed(f"{program} was not found. Install PostgreSQL's client programs (Debian: postgresql-client).")
    return found
