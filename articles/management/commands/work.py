"""`manage.py work`: runs the background jobs, such as sending mail."""

import signal
import threading

from django.core.management.base import BaseCommand

from ... import jobs


class Command(BaseCommand):
    help = "Runs the background jobs until it is stopped. SIGTERM and Ctrl-C let the work that has begun end."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="Run each job that is due once, and end.")

    def handle(self, *, once, **options):
        if once:
            return jobs.run_once()
        ends = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: ends.set())
        jobs.start()
        ends.wait()
        jobs.stop()
        return None
