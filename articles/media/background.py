"""Has the smaller copies of pictures made while the server runs: in a child process, whenever copies are due.

`start()` runs a thread that looks into the database; `wake()` makes it look at once. Every process of the server may
have such a thread: while one process works, the others start none. A child that is killed leaves its pictures due.
"""

import logging
import random
import subprocess
import sys
import threading

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connections

from . import renditions

logger = logging.getLogger(__name__)

LOOK_EVERY = 30  # seconds
FIRST_LOOK = 5  # seconds after the start, at most; processes that start together do not look together

_wake = threading.Event()
_ends = threading.Event()
_thread = None


def start():
    """Start the thread of this process, unless it runs already."""
    global _thread
    if _thread is None or not _thread.is_alive():
        _ends.clear()
        _thread = threading.Thread(target=_watch, name="smaller copies", daemon=True)
        _thread.start()


def stop():
    """End the thread, after the work that it has started."""
    _ends.set()
    _wake.set()
    if _thread is not None:
        _thread.join()


def wake():
    """Tell the thread that copies are due. Where there is none, the server's processes find out by themselves."""
    _wake.set()


def _watch():
    _wake.wait(random.uniform(0, FIRST_LOOK))
    while True:
        _wake.clear()
        if _ends.is_set():
            return
        look()
        _wake.wait(LOOK_EVERY)


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
