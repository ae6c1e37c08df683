"""Has large tables planned and imported in the background, for the admin, so that no request has to wait.

The job claims a waiting table and has a process of its own work on it, so that readers are not slowed. If that ends
before its time (a restart, a kill), nothing of the import is stored and the table is claimed again.
"""

import subprocess
import sys
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language

from ... import jobs
from ...models import WaitingTable

JOB, LOOK_EVERY = "large tables", 20  # seconds
LONGEST = 3600  # seconds that a table may take; then its process is taken for lost
TRIES = 3


def ask(waiting, user, wanted, leave_out=False):
    """Have the table planned or imported (`wanted`: "plan", "import") on behalf of the user."""
    same = WaitingTable.objects.filter(pk=waiting.pk, wanted=waiting.wanted)  # unless somebody else has just asked
    asked = {"by": user, "wanted": wanted, "leave_out": leave_out, "language": get_language()}
    same.update(**asked, claimed_at=None, outcome=None, tries=0, done=0)
    transaction.on_commit(lambda: jobs.wake(JOB))


def look():
    """The background job: work on the tables that wait, one after the other, each in a process of its own."""
    while waiting := _claimed():
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "work", "--table", str(waiting.pk)]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        is_stopped = False
        while process.poll() is None:
            if jobs.ends_within(1) and not is_stopped:
                process.terminate()
                is_stopped = True
        if process.returncode:  # nothing was stored: it is tried again
            WaitingTable.objects.filter(pk=waiting.pk, claimed_at=waiting.claimed_at).update(claimed_at=None)
        if process.returncode or is_stopped:
            return


def _claimed():
    """The next table that waits and that no other process has, claimed; None if there is none."""
    now = timezone.now()
    free = Q(claimed_at=None) | Q(claimed_at__lt=now - timedelta(seconds=LONGEST))
    for waiting in WaitingTable.objects.exclude(wanted="").filter(free).defer("data").order_by("pk"):
        same = WaitingTable.objects.filter(pk=waiting.pk, claimed_at=waiting.claimed_at).exclude(wanted="")
        if same.update(claimed_at=now, tries=F("tries") + 1):
            waiting.claimed_at = now
            return waiting
    return None
