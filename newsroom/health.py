"""Is it alive, is it ready, and what readers get while the database is away."""

import sqlite3
import sys

from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from django.shortcuts import render
from django.views import defaults

from contacts import public_pages

RETRY_SECONDS = 5
# https://www.sqlite.org/rescode.html: the primary codes; the class of a code in PostgreSQL's appendix A: connection,
# rolled back, resources, not in the required state, operator's intervention, system.
SQLITE_AWAY = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
}
POSTGRESQL_AWAY = {"08", "40", "53", "55", "57", "58"}
# Migrations come with new code and so with a new process: what was complete stays complete.
_migrated = False


def probes(get_response):
    """The outermost middleware: answers /healthz and /readyz whatever the Host, TLS or language is.

    A load balancer asks by address and over plain HTTP; the layers below would redirect or refuse it.
    """

    def middleware(request):
        probe = {"/healthz": healthz, "/readyz": readyz}.get(request.path_info)
        return probe() if probe and request.method in ("GET", "HEAD") else get_response(request)

    return middleware


def healthz():
    """The process answers; no word about what it depends on, or a restart would follow every outage."""
    return _plain("ok", 200)


def readyz():
    """200 when the database answers and has every migration; else 503 with the reason.

    What is overdue is said to whoever watches, and is no reason to send readers elsewhere.
    """
    late = 0
    try:
        connection.cursor().execute("SELECT 1")
        pending = pending_migrations()
        reason = f"{pending} migrations are pending" if pending else ""
        late = 0 if pending else public_pages.overdue()
    except (DatabaseError, InterfaceError):
        reason = "the database does not answer"
    finally:
        connection.close_if_unusable_or_obsolete()
    lines = [reason or "ok", *([f"overdue: {late}"] if late else [])]
    return _plain("\n".join(lines), 503 if reason else 200)


def pending_migrations():
    """How many; asked of the files once only, when there were none."""
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
    """Whether the database is away or busy; what it merely refuses to do is a fault of ours."""
    if not isinstance(error, OperationalError):
        return isinstance(error, InterfaceError)
    cause = error.__cause__
    if code := getattr(cause, "sqlite_errorcode", None):
        return code & 0xFF in SQLITE_AWAY
    # Without a code the server could not even be asked.
    state = getattr(cause, "sqlstate", None)
    return not state or state[:2] in POSTGRESQL_AWAY


def server_error(request):
    """`handler500`: a database that is away is 503 with Retry-After, in whichever layer it was missed."""
    # Nothing here may need the database, a session or a context processor.
    if not is_outage(sys.exception()):
        return defaults.server_error(request)
    response = render(None, "503.html", status=503)
    response["Retry-After"] = str(RETRY_SECONDS)
    response["Cache-Control"] = "no-store"
    return response
