"""/healthz and /readyz for load balancers, and the 503 page for readers while the database is down."""

import sqlite3
import sys

from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from django.shortcuts import render
from django.views import defaults

from articles.listing.in_memory import lists_in_memory
from articles.media.storage import StorageAway
from contacts import public_pages
from newsroom.cluster import replica
from newsroom.pagecache import siteversion

RETRY_SECONDS = 5
READ_ONLY = "The database can only be read: is DATABASE_URL that of the primary?"
# https://www.sqlite.org/rescode.html: the primary codes; the class of a code in PostgreSQL's appendix A: connection,
# rolled back, resources, not in the required state, operator's intervention, system.
SQLITE_AWAY = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
}
POSTGRESQL_DISK_FULL = "53100"
POSTGRESQL_READ_ONLY = "25006"  # a replica, or a primary that an operator has closed to writers
POSTGRESQL_NO_TABLE, POSTGRESQL_NO_COLUMN = "42P01", "42703"
POSTGRESQL_AWAY = {"08", "40", "53", "55", "57", "58"}
# Whether all migrations were applied. New ones come with new code, and so with a new process.
_migrated = False


def healthz():
    """200 while the process answers. It checks nothing else, or every outage of the database would cause restarts."""
    return _plain("ok", 200)


def readyz():
    """200 if the database answers and has every migration and the lists have their index, else 503 with the reason.

    What is late is mentioned, for monitoring, but the process still counts as ready: "overdue" are new editions.
    """
    late = {}
    try:
        connection.cursor().execute("SELECT 1")
        pending = pending_migrations()
        reason = f"{pending} migrations are pending" if pending else ""
        if not reason:
            late = {"overdue": public_pages.overdue()} | public_pages.late_numbers()
            reason = "" if lists_are_ready() else "lists are being read"
    except (DatabaseError, InterfaceError):
        reason = "the database does not answer"
    finally:
        connection.close_if_unusable_or_obsolete()
    lines = [reason or "ok", *(f"{what}: {number}" for what, number in late.items() if number)]
    return _plain("\n".join(lines), 503 if reason else 200)


def lists_are_ready():
    """Whether lists have an index of each database that pages read now; if not, one is being built."""
    is_ready = lists_in_memory().is_ready()
    if not replica.is_configured():
        return is_ready
    siteversion.watch.refresh()
    try:
        with replica.read_for(siteversion.watch.version) as is_read:
            return (not is_read or lists_in_memory().is_ready()) and is_ready
    except DatabaseError as error:  # pages read the primary then
        replica.leave_alone(type(error).__name__)
        return is_ready


def pending_migrations():
    """How many migrations are not applied; looks at the files no more once there were none."""
    global _migrated
    if not _migrated:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
        _migrated = not pending
        return len(pending)
    return 0


def _plain(text, status):
    response = HttpResponse(f"{text}\n", status=status, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return response


def is_outage(error):
    """Whether the error means that the database or the media storage is down or busy. Other errors are bugs."""
    if isinstance(error, StorageAway) or is_read_only(error):
        return True
    if not isinstance(error, OperationalError):
        return isinstance(error, InterfaceError)
    cause = error.__cause__
    if code := getattr(cause, "sqlite_errorcode", None):
        return code & 0xFF in SQLITE_AWAY
    # No code: the server could not be reached.
    state = getattr(cause, "sqlstate", None)
    return not state or state[:2] in POSTGRESQL_AWAY


def is_read_only(error):
    """Whether the database can be read and not written: DATABASE_URL leads to a replica, or to a read-only file."""
    cause = error.__cause__
    is_closed = getattr(cause, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_READONLY
    return is_closed or getattr(cause, "sqlstate", None) == POSTGRESQL_READ_ONLY


def in_one_line(error):
    """What an operator has to mend, of an error that ended a command; "" if the error is a bug of the code."""
    if is_read_only(error):
        return READ_ONLY
    if is_outage(error):
        return f"{reason(error)} See DATABASE_URL."
    lacks_table = getattr(error.__cause__, "sqlstate", None) in (POSTGRESQL_NO_TABLE, POSTGRESQL_NO_COLUMN)
    if not (lacks_table or str(error).startswith(("no such table", "no such column"))):
        return ""
    try:
        pending = pending_migrations()
    except DatabaseError:
        return ""
    return f"{pending} migrations are pending: run manage.py migrate." if pending else ""


def reason(error):
    """One sentence on why the database does not answer, without the advice that drivers add."""
    line = next(iter(str(error).strip().splitlines()), "") or type(error).__name__
    return f"The database does not answer: {line.removeprefix('connection failed: ').rstrip('.')}."


def is_disk_full(error):
    """Whether the database has no room left on its disk."""
    cause = error.__cause__
    return getattr(cause, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL or (
        getattr(cause, "sqlstate", None) == POSTGRESQL_DISK_FULL
    )


def server_error(request):
    """`handler500`: 503 with Retry-After while the database is down, 507 if its disk is full, else Django's page.

    Of a posted form of the admin the page keeps what was typed, with a button that posts it again.
    """
    # Nothing here may use the database, a session or a context processor.
    error = sys.exception()
    if request.path_info.startswith("/api/"):
        return api_error(error)
    if not is_outage(error):
        return defaults.server_error(request)
    is_full = is_disk_full(error)
    context = {"is_full": is_full, "address": request.get_full_path(), "words": typed_words(request)}
    response = render(None, "503.html", context, status=507 if is_full else 503)
    if not is_full:
        response["Retry-After"] = str(RETRY_SECONDS)
    response["Cache-Control"] = "no-store"
    return response


def api_error(error):
    """The response to an error in the API, as `application/problem+json`."""
    from articles.api import problems

    if not is_outage(error):
        return problems.answer(500)
    if is_disk_full(error):
        return problems.answer(507, headers={"Cache-Control": "no-store"})
    return problems.answer(503, headers={"Retry-After": str(RETRY_SECONDS), "Cache-Control": "no-store"})


def typed_words(request):
    """[(name, text)] of a posted form of the admin, if it comes from a page of this site."""
    from newsroom.login import kept_posts

    words = kept_posts.typed(request) if kept_posts.is_own_page(request) else {}
    return [(name, text) for name, texts in words.items() for text in texts]
