"""`manage.py serve`: the production server."""

import os

from django.conf import settings
from django.core.checks import ERROR, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management import BaseCommand, CommandError
from django.db import DatabaseError, InterfaceError, connections

from newsroom import env
from newsroom.serving import server
from newsroom.serving.health import pending_migrations, reason

THREADS = 4
MOST_WORKERS = 8
LAST_PORT = 65535


class Command(BaseCommand):
    help = (
        "Runs the production server. Refuses to start if the configuration is incomplete; SIGTERM lets requests "
        "finish, SIGHUP loads the code anew and refuses no request meanwhile."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
        parser.add_argument("--port", type=int)
        parser.add_argument("--workers", type=int, help="processes")
        parser.add_argument("--threads", type=int, help="requests at a time in a process")

    def handle(self, *, host, **options):
        port = _number(options["port"], "PORT", 8000)
        workers = _number(options["workers"], "WORKERS", min(_cores(), MOST_WORKERS))
        threads = _number(options["threads"], "THREADS", THREADS)
        if workers < 1 or threads < 1:
            raise CommandError("There must be at least one worker and one thread.")
        if not 0 <= port <= LAST_PORT:
            raise CommandError(f"Port {port} does not exist: ports are 1 to {LAST_PORT}.")
        if settings.DEBUG:
            raise CommandError(
                "DEBUG is on. For production set SECRET_KEY and ALLOWED_HOSTS; to develop, use runserver."
            )
        refuse_to_serve()
        self.stdout.write(f"At most {workers * threads} database connections")
        self.stdout.flush()
        # Replaces this process, so that the workers load the code again when it gets SIGHUP.
        os.environ["PYTHONPATH"] = os.pathsep.join([str(settings.BASE_DIR), os.environ.get("PYTHONPATH", "")])
        command = server.command(host, port, workers, threads)
        os.execv(command[0], command)


def refuse_to_serve():
    """Raise CommandError, with one line, if the site cannot be served as it is; not in development."""
    if not settings.DEBUG:
        _refuse_mistakes()
        _refuse_database()


def _number(given, name, default):
    """What the command line says, else the environment variable, else the default."""
    try:
        return env.number(name, default) if given is None else given
    except ImproperlyConfigured as error:
        raise CommandError(str(error)) from None


def _cores():
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _refuse_mistakes():
    """Raise CommandError with the first error of `check --deploy`; warnings are left to that command."""
    told = (found for found in run_checks(include_deployment_checks=True) if not found.is_silenced())
    wrong = next((found for found in told if found.level >= ERROR), None)
    if wrong:
        raise CommandError(f"{wrong.msg} {wrong.hint or ''}".strip().replace("\n", " "))


def _refuse_database():
    try:
        pending = pending_migrations()
    except (DatabaseError, InterfaceError) as error:
        raise CommandError(f"{reason(error)} See DATABASE_URL.") from None
    finally:
        connections.close_all()
    if pending:
        raise CommandError(f"{pending} migrations are pending: run manage.py migrate.")
