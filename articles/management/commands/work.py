"""`manage.py work`: runs the background jobs, such as sending mail."""

import os
import signal
import sys
import threading

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from ... import jobs

NICENESS = 10  # of a large table: readers go first


class Command(BaseCommand):
    help = "Runs the background jobs until it is stopped. SIGTERM and Ctrl-C let the work that has begun end."
    requires_migrations_checks = True

    def check_migrations(self):
        """Refuse to start without them, as `serve` does: else every job would fail."""
        executor = MigrationExecutor(connection)
        if pending := len(executor.migration_plan(executor.loader.graph.leaf_nodes())):
            raise CommandError(f"{pending} migrations are pending: run manage.py migrate.")

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="Run each job that is due once, and end.")
        parser.add_argument("--table", type=int, help="Only plan or import this large table: the jobs call it so.")

    def handle(self, *, once, table, **options):
        if table:
            return self.work_on(table)
        if once:
            return self.work_once()
        ends = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: ends.set())
        jobs.start()
        ends.wait()
        jobs.stop()
        return None

    def work_once(self):
        if failed := jobs.run_once():
            raise CommandError(f"Failed, and due again: {', '.join(failed)}. The log says why.")

    def work_on(self, table):
        """Plan or import one large table, for the job that has claimed it. It gives way to readers."""
        from ...importing.tables import large

        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that it takes its temporary files along
        if hasattr(os, "nice"):
            os.nice(NICENESS)
        if not large.work(table):
            raise CommandError("Another import is running, or the table is gone; nothing was stored.")
