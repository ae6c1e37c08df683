"""Processor time of this process and of its process of PostgreSQL: other work on the machine hardly changes it."""

import contextlib
import time


def used(connection):
    """Milliseconds that both have computed so far; of a database server on another machine nothing is known."""
    server = 0
    if connection.vendor == "postgresql":
        connection.ensure_connection()
        with contextlib.suppress(OSError), open(f"/proc/{connection.connection.info.backend_pid}/schedstat") as file:
            server = int(file.read().split()[0]) / 1e6
    return time.process_time() * 1000 + server


def best(deed, repeats, connection):
    """The least of several times, in ms."""
    times = []
    for _ in range(repeats):
        begun = used(connection)
        deed()
        times.append(used(connection) - begun)
    return min(times)


def one_connection():
    """Requests of the test client then keep the connection, whose process is measured."""
    from django.core.signals import request_finished, request_started
    from django.db import close_old_connections

    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
