"""Has the smaller copies of pictures made in the background: in a child process, whenever copies are missing.

Every process looks, as a background job (`articles.jobs`): while one works, the others start none. A child that is
killed leaves its pictures due.
"""

import logging
import subprocess
import sys

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connections

from .. import jobs
from . import renditions

logger = logging.getLogger(__name__)

JOB = "smaller copies"
LOOK_EVERY = 30  # seconds
LONGEST = 6 * 3600  # seconds that the pictures of a large import may take


def wake():
    """Mark that copies are due, for the job."""
    jobs.wake(JOB)


def look():
    """Make the copies that are due, unless a process is at work. Errors are logged: the next look tries again."""
    try:
        is_needed = renditions.unclaimed().exists() and not renditions.is_claimed()
    except (DatabaseError, InterfaceError) as error:
        logger.warning("Whether copies of pictures are due cannot be read: %s", type(error).__name__)
        return
    finally:
        connections.close_all()
    if is_needed:
        # It reports what fails to the log, and ends if this process does.
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "renditions", "--background"]
        subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False)
