"""Checks of the database: that it answers, has all migrations and the settings it needs, and agrees about the time."""

from datetime import timedelta

from django.db import DatabaseError, InterfaceError, connection, connections
from django.utils import timezone

from articles.models import BackgroundJob

from ..serving.health import pending_migrations, reason
from .finding import Finding

REPLICA = "replica"  # the alias of the read replica in settings.DATABASES, if there is one
CLOCKS_DIFFER = 5  # seconds
NO_ANSWER = float("inf")
REPLICA_BEHIND = 30  # seconds: readers may see an article that was withdrawn for so long


def answers():
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        connection.check_database_version_supported()
    except (DatabaseError, InterfaceError) as error:
        remedy = "Is the server running, and is DATABASE_URL right? Readers get stored pages or 503."
        yield Finding("away", reason(error), remedy)
        return
    except Exception as error:  # NotSupportedError says which version is needed
        yield Finding("version", str(error), "Update the database server.")
        return
    if connection.vendor == "postgresql" and _value("SHOW transaction_read_only") == "on":
        remedy = "Lead DATABASE_URL to the primary. Readers are served; nobody can log in or save."
        yield Finding("read only", "The database can only be read: it is a replica, or closed to writers.", remedy)
    if connection.vendor == "sqlite" and _value("PRAGMA journal_mode") not in ("wal", "memory"):
        remedy = "Put the file on a local disk that allows it: network file systems do not."
        yield Finding("journal", "SQLite does not keep a write-ahead log, so that readers wait for writers.", remedy)
    if connection.vendor == "postgresql" and (encoding := _value("SHOW server_encoding")) != "UTF8":
        sentence = f"The encoding of the database is {encoding}, which cannot store every language."
        remedy = "Move to one that was created with createdb --encoding=UTF8 --template=template0."
        yield Finding("encoding", sentence, remedy)


def _value(sql, using=connection):
    with using.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def migrations():
    if pending := pending_migrations():
        yield Finding("pending", f"{pending} migrations are pending.", "Run manage.py migrate.")


def clocks_agree():
    """Publication depends on the clock of each machine. SQLite has none, but what others wrote has its time, too."""
    if connection.vendor == "postgresql":
        difference = abs((timezone.now() - _value("SELECT clock_timestamp()")).total_seconds())
        if difference > CLOCKS_DIFFER:
            sentence = f"The clock of this machine and that of the database differ by {difference:,.0f} seconds."
            yield Finding("database", sentence, "Let both machines set their clocks by NTP.")
    latest = BackgroundJob.objects.exclude(succeeded_at=None).order_by("-succeeded_at").first()
    ahead = latest and latest.succeeded_at - timezone.now()
    if ahead and ahead > timedelta(seconds=CLOCKS_DIFFER):
        sentence = f"Something was done {ahead.total_seconds():,.0f} seconds from now, by the clock of this machine."
        remedy = "Its clock or that of another machine is or was wrong. Let all set their clocks by NTP."
        yield Finding("future", sentence, remedy)


def replica_follows():
    seconds = replica_lag()
    if seconds is None:
        return
    remedy = "See its log and the network. Readers get old pages while it is behind."
    if seconds == NO_ANSWER:
        yield Finding("away", "The replica does not answer.", remedy)
    elif seconds > REPLICA_BEHIND:
        yield Finding("behind", f"The replica is {seconds:,.0f} seconds behind.", remedy)


def replica_lag():
    """Seconds by which the read replica is behind; None without one, NO_ANSWER if it does not answer."""
    if REPLICA not in connections.settings:
        return None
    sql = (
        "SELECT CASE WHEN NOT pg_is_in_recovery() OR pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0"
        " ELSE coalesce(extract(epoch FROM now() - pg_last_xact_replay_timestamp()), 0) END"
    )
    try:
        return max(0.0, float(_value(sql, connections[REPLICA])))
    except (DatabaseError, InterfaceError):
        return NO_ANSWER
