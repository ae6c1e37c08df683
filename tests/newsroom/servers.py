"""Real server processes for tests, on the tests' database."""

import contextlib
import http.client
import os
import socket
import subprocess
import time
from pathlib import Path

from django.db import connection

from newsroom.serving import server

ROOT = Path(__file__).parents[2]


def database_url():
    own = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{own['NAME']}"
    password = f":{own['PASSWORD']}" if own["PASSWORD"] else ""
    return f"postgres://{own['USER']}{password}@{own['HOST']}:{own['PORT']}/{own['NAME']}"


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextlib.contextmanager
def serving(target="newsroom.wsgi:application", threads=4, workers=1, errors=None, **environment):
    """(its port, the process), as `manage.py serve` runs it; `errors`: a file."""
    port = free_port()
    env = os.environ | {"DATABASE_URL": database_url(), "DEBUG": "1", "PAGE_CACHE": "1"} | environment
    command = [*server.command("127.0.0.1", port, workers, threads), "--log-level=error", target]
    process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=errors)
    try:
        yield port, process
    finally:
        process.terminate()
        process.wait()


def wait_for(port):
    """Until the server answers /readyz with 200, as every application of these tests does."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with (
            contextlib.suppress(OSError, http.client.HTTPException),
            contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection,
        ):
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                return
        time.sleep(0.1)
    raise AssertionError("the server did not start")
