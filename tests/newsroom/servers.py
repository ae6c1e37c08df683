"""Real server processes for tests, on the tests' database."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

from django.db import connection

from newsroom.management.commands.serve import server

ROOT = Path(__file__).parents[2]


def database_url():
    own = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{own['NAME']}"
    password = f":{own['PASSWORD']}" if own["PASSWORD"] else ""
    return f"postgres://{own['USER']}{password}@{own['HOST']}:{own['PORT']}/{own['NAME']}"


@contextlib.contextmanager
def serving(target="newsroom.wsgi:application", threads=4):
    """(its port, the process), as `manage.py serve` runs it, with one worker."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    arguments = server("127.0.0.1", port, 1, threads)[:-1]
    env = os.environ | {"DATABASE_URL": database_url(), "DEBUG": "1", "PAGE_CACHE": "1"}
    command = [sys.executable, "-m", "granian", *arguments, "--log-level=error", target]
    process = subprocess.Popen(command, cwd=ROOT, env=env)
    try:
        yield port, process
    finally:
        process.terminate()
        process.wait()


def wait_for(port):
    for _ in range(600):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise AssertionError("the server did not start")
