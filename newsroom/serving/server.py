"""The production server: granian, with a reload (SIGHUP) that refuses nobody.

`manage.py serve` checks the configuration and then becomes this process. It never imports the site, so each new worker
loads the code as it is then. Granian itself closes a worker's socket with the worker, and with it resets the
connections that wait there. Here this process opens the sockets and keeps them, one for each worker: the new worker
takes over the socket of the old one when it has loaded the site, and while there is none, connections wait.

The methods with an underscore are granian's: tests/newsroom/serving/test_reload.py fails if they change.
"""

import argparse
import errno
import logging
import multiprocessing
import os
import resource
import signal
import socket
import sys
import tempfile
import time
from functools import partial
from multiprocessing.connection import wait

from granian.constants import HTTPModes, Interfaces
from granian.net import SocketHolder
from granian.server.mp import MPServer

from .. import env
from .json_lines import JSONLines
from .worker import load_anew

COUNTERS = "NEWSROOM_COUNTERS"
SITE = "newsroom.wsgi:application"
STOP_SECONDS = 30  # for running requests
START_SECONDS = 60  # for a new worker to load the site
LEAVE_SECONDS = 1  # in which an old worker tells its clients to connect anew
BACKLOG = 1024
CONNECTIONS = 10_000  # of a worker, most of them idle: granian ends those that sent no request for half a minute
IS_JSON = env.text("LOG_FORMAT").lower() == "json"
JSON_LINES = {"()": JSONLines}


def command(host, port, workers, threads):
    """What starts this process. Each thread may keep one database connection, so their number is limited."""
    options = [f"--host={host}", f"--port={port}", f"--workers={workers}", f"--threads={threads}"]
    return [sys.executable, "-m", "newsroom.serving.server", *options]


def listeners(host, port, number):
    """So many sockets that listen at the IP address and port; OSError if that is not possible.

    They share the port (SO_REUSEPORT), and the system spreads connections over them.
    """
    family, _kind, _protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    # Without SO_REUSEPORT: otherwise another server that shares its port would be joined without a word.
    with socket.socket(family, socket.SOCK_STREAM) as alone:
        alone.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        alone.bind(address)
        alone.listen(1)
        address = alone.getsockname()
    return [_listener(family, address) for _ in range(number)]


def refusal(host, port, error):
    """Why there is no server at this IP address and port, in one line."""
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return f"{host} is no address of this machine: see HOST or --host."
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} on {host} is taken by another server: choose another with PORT or --port."
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"This user may not open port {port}: choose one above 1023 with PORT or --port."
    return f"Cannot listen on {host}, port {port}: {error.strerror}."


def _listener(family, address):
    listener = socket.socket(family, socket.SOCK_STREAM)
    for level, option in (
        (socket.SOL_SOCKET, socket.SO_REUSEADDR),
        (socket.SOL_SOCKET, socket.SO_REUSEPORT),
        (socket.IPPROTO_TCP, socket.TCP_NODELAY),
    ):
        listener.setsockopt(level, option, 1)
    listener.bind(address)
    listener.listen(BACKLOG)
    listener.setblocking(False)
    return listener


class Server(MPServer):
    def __init__(self, listeners, **options):
        super().__init__(workers=len(listeners), backlog=BACKLOG, **options)
        self.listeners = listeners

    def _init_shared_socket(self):
        """The sockets are open already."""

    def _drop_shared_socket(self):
        for listener in self.listeners:
            listener.close()

    def _spawn_workers(self, spawn_target, target_loader):
        for index in range(self.workers):
            worker = self._start(index, spawn_target, target_loader)
            worker.interrupt_by_parent = False
            self.wrks.append(worker)

    def _respawn_workers(self, workers, spawn_target, target_loader, delay=0):
        """Replace workers one by one, each when the new one has loaded the site; the dead at once."""
        for index in workers:
            old = self.wrks[index]
            is_reload = old.is_alive()
            new = self._start(index, spawn_target, target_loader, is_reload)
            if is_reload and not self._is_ready(new):
                new.kill()
                if not self.interrupt_signal:
                    say("The new code does not start: the old code goes on serving.")
                return
            new.interrupt_by_parent = False  # from now on granian replaces it if it dies
            self.respawned_wrks[index] = time.monotonic()
            self.wrks[index] = new
            if is_reload:
                self._retire(old)

    def _start(self, index, spawn_target, target_loader, is_reload=False):
        listener = self.listeners[index]
        ready, say_ready = multiprocessing.Pipe(duplex=False)
        self._shd, self._sso = SocketHolder(listener.fileno(), False, BACKLOG), listener
        loader = partial(load_anew, target_loader, listener.fileno(), self.blocking_threads, say_ready, is_reload)
        worker = self._spawn_worker(index, spawn_target, loader)
        worker.interrupt_by_parent = True
        worker.start()
        say_ready.close()
        worker.ready = ready
        return worker

    def _is_ready(self, worker):
        end = time.monotonic() + START_SECONDS
        while not worker.ready.poll(0.1):
            if time.monotonic() > end or self.interrupt_signal:
                return False
        try:
            return bool(worker.ready.recv_bytes())
        except EOFError:  # it has ended
            return False

    def _retire(self, worker):
        worker.interrupt_by_parent = True
        os.kill(worker.inner.pid, signal.SIGUSR1)  # see Application
        time.sleep(LEAVE_SECONDS)
        worker.terminate()
        if not wait([worker.inner.sentinel], STOP_SECONDS):  # join() returns too early: granian waits in a thread, too
            say(f"A request of worker {worker.idx + 1} did not end in {STOP_SECONDS} seconds.")
            worker.kill()
            worker.join()


def say(line):
    line = f"newsroom: {line}"
    if IS_JSON:
        record = logging.LogRecord("newsroom.serving", logging.WARNING, "", 0, line, (), None)
        line = JSONLines().format(record)
    print(line, file=sys.stderr, flush=True)


def _connections():
    """How many connections a worker may have: as many as it may open files, which is raised to what is allowed."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    allowed = CONNECTIONS + 1000 if hard == resource.RLIM_INFINITY else min(CONNECTIONS + 1000, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
    return max(128, allowed - 1000)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument("--log-level", default="info")
    parser.add_argument("target", nargs="?", default=SITE)
    options = parser.parse_args()
    try:
        sockets = listeners(options.host, options.port, options.workers)
    except OSError as error:
        sys.exit(f"newsroom: {refusal(options.host, options.port, error)}")
    port = sockets[0].getsockname()[1]
    shown = f"[{options.host}]" if ":" in options.host else options.host
    print(f"http://{shown}:{port}/ · {options.workers} × {options.threads} requests at a time", flush=True)
    with tempfile.TemporaryDirectory(prefix="newsroom-") as folder:
        os.environ[COUNTERS] = folder  # of the workers: newsroom/metrics/counters.py
        serve(options, sockets, port)


def serve(options, sockets, port):
    Server(
        sockets,
        target=options.target,
        address=options.host,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        blocking_threads=options.threads,
        backpressure=_connections(),
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
        log_level=options.log_level,
        log_dictconfig={"formatters": {"generic": JSON_LINES, "access": JSON_LINES}} if IS_JSON else None,
    ).serve()


if __name__ == "__main__":
    main()
