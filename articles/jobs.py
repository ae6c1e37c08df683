"""Background jobs: what is done again and again beside the requests, such as sending mail.

An app registers its jobs at start-up (`articles.apps`). `manage.py work` runs them, and so does each process of
`serve`, `runserver` and `demo`: one thread for each job, so that a long one keeps no other waiting. A job that fails is
logged and runs again. Each process stores once a minute how its jobs ended, for `manage.py doctor` and /metrics.
"""

import logging
import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from smtplib import SMTPException

from django.apps import apps
from django.db import DatabaseError, InterfaceError, OperationalError, connections, transaction
from django.utils import timezone

logger = logging.getLogger(__name__)

FIRST_LOOK = 5  # seconds after the start, at most; processes that start together do not look together
LONGEST_WAIT = 300  # seconds between two looks whether a job is due that one process does for all
# Errors of a database, a mail server or another server that does not answer or refuses.
AWAY = (OperationalError, InterfaceError, ConnectionError, TimeoutError, SMTPException)
READ_ONLY = "25006"  # what PostgreSQL answers to a write on a replica
NOTING, NOTE_EVERY = "noting outcomes", 60  # seconds


@dataclass(eq=False)
class Job:
    """`every`: seconds between two runs. `for_all`: one process runs it for all; the database says when it is due.

    Without `for_all` every process runs it: such a job claims the rows that it works on. `longest`: seconds that a run
    may take when there is much to do.
    """

    name: str
    run: Callable
    every: float
    for_all: bool = False
    longest: float = 0
    woken: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread | None = None
    outcome: dict = field(default_factory=dict)  # of the last runs in this process, until it is stored

    def run_if_due(self):
        """Run the job, unless another process does it for all. Errors are logged. Returns whether it failed."""
        try:
            if self.for_all and not _rows().claim(self.name, self.every):
                return False
            self.run()
        except Exception as error:
            # Of a server that is away the place in the code says nothing: a line for each job is enough.
            is_away = isinstance(error, AWAY) or _is_read_only(error)
            why = next(iter(str(error).splitlines()), "") or type(error).__name__
            logger.error("The job “%s” failed; it runs again. %s", self.name, why, exc_info=not is_away)
            self.outcome |= {"failed_at": timezone.now(), "error": type(error).__name__}
            return True
        self.outcome |= {"succeeded_at": timezone.now()}
        return False

    @property
    def is_late_after(self):
        """Seconds without a success after which something is wrong."""
        return 2 * max(self.every, LONGEST_WAIT) + NOTE_EVERY + self.longest


def _is_read_only(error):
    return getattr(error.__cause__, "sqlstate", None) == READ_ONLY


_jobs = {}
_ends = threading.Event()


def register(name, run, every, for_all=False, longest=0):
    """Have `run()` called every so many seconds."""
    _jobs[name] = Job(name, run, every, for_all, longest)


def registered():
    """[Job], in the order of their names."""
    return sorted(_jobs.values(), key=lambda job: job.name)


def note_outcomes():
    """Store how the jobs of this process ended since the last time. If the database is busy: the next time."""
    outcomes = {}
    for job in _jobs.values():
        if job.outcome:
            outcomes[job], job.outcome = job.outcome, {}
    try:
        with transaction.atomic():
            for job, outcome in outcomes.items():
                _rows().note(job.name, **outcome)
    except (DatabaseError, InterfaceError) as error:
        logger.info("How jobs ended is stored later: %s", type(error).__name__)
        for job, outcome in outcomes.items():
            job.outcome = outcome | job.outcome


def _rows():
    return apps.get_model("articles.BackgroundJob").objects


def start():
    """Start the threads of this process, unless they run already."""
    _ends.clear()
    for job in _jobs.values():
        if job.thread is None or not job.thread.is_alive():
            job.thread = threading.Thread(target=_watch, args=[job], name=job.name, daemon=True)
            job.thread.start()


def stop():
    """End the threads, after the work that they have started."""
    _ends.set()
    for job in _jobs.values():
        job.woken.set()
        if job.thread is not None:
            job.thread.join()


def ends_within(seconds):
    """Wait so long at most; whether the jobs of this process are to end."""
    return _ends.wait(seconds)


def wake(name):
    """Have a job run at once. Where its thread does not run, other processes find out by themselves."""
    _jobs[name].woken.set()


def run_once():
    """Run every job that is due, one after the other, in this thread. Returns the names of those that failed."""
    failed = [name for name, job in _jobs.items() if job.run_if_due()]
    note_outcomes()
    return failed


def _watch(job):
    job.woken.wait(random.uniform(0, FIRST_LOOK))
    while not _ends.is_set():
        job.woken.clear()
        job.run_if_due()
        connections.close_all()
        job.woken.wait(min(job.every, LONGEST_WAIT))
