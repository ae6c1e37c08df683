"""`manage.py serve`: the production server."""

import os
import sys

from django.conf import settings
from django.core.checks import ERROR, run_checks
from django.core.management import BaseCommand, CommandError
from django.db import DatabaseError, InterfaceError, connections

THREADS = 4
MOST_WORKERS = 8
STOP_SECONDS = 30


class Command(BaseCommand):
    help = (
        "Runs the production server. Refuses to start if the configuration is incomplete; SIGTERM lets requests finish."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
        parser.add_argument("--port", type=int, default=os.environ.get("PORT", 8000))
        parser.add_argument(
            "--workers", type=int, default=os.environ.get("WORKERS", min(_cores(), MOST_WORKERS)), help="processes"
        )
        parser.add_argument(
            "--threads", type=int, default=os.environ.get("THREADS", THREADS), help="requests at a time in a process"
        )

    def handle(self, *, host, port, workers, threads, **options):
        if workers < 1 or threads < 1:
            raise CommandError("There must be at least one worker and one thread.")
        if settings.DEBUG:
            raise CommandError(
                "DEBUG is on. For production set SECRET_KEY and ALLOWED_HOSTS; to develop, use runserver."
            )
        _refuse_mistakes()
        _refuse_database()
        self.stdout.write(
            f"http://{host}:{port}/ · {workers} × {threads} requests at a time, "
            f"and at most {workers * threads} database connections"
        )
        self.stdout.flush()
        # Replaces this process, so that the workers load the code again when it gets SIGHUP.
        os.execv(sys.executable, [sys.executable, "-m", "granian", *server(host, port, workers, threads)])


def server(host, port, workers, threads):
    """Granian's arguments. Each blocking thread may keep one database connection, so their number is limited."""
    return [
        "--interface=wsgi", f"--host={host}", f"--port={port}", f"--workers={workers}", f"--blocking-threads={threads}",
        "--http=1", "--no-ws", "--respawn-failed-workers", f"--workers-kill-timeout={STOP_SECONDS}",
        "newsroom.wsgi:application",
    ]  # fmt: skip


def _cores():
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _refuse_mistakes():
    """Raise CommandError with the first error of `check --deploy`; warnings are left to that command."""
    told = (found for found in run_checks(include_deployment_checks=True) if not found.is_silenced())
    wrong = next((found for found in told if found.level >= ERROR), None)
    if wrong:
        raise CommandError(f"{wrong.msg} {wrong.hint or ''}".strip().replace("\n", " "))


def _refuse_database():
    from newsroom.health import pending_migrations  # needs the apps, which `server` does not

    try:
        pending = pending_migrations()
    except (DatabaseError, InterfaceError):
        raise CommandError("The database does not answer: see DATABASE_URL.") from None
    finally:
        connections.close_all()
    if pending:
        raise CommandError(f"{pending} migrations are pending: run manage.py migrate.")
