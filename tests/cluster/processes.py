"""The processes of the cluster: each is started, killed, stopped and ended with the command that runs it."""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import time

PR_SET_PDEATHSIG = 1  # prctl(2): the kernel kills a process whose parent has died
STOP_SECONDS = 15


class NotStarted(Exception):
    """A part did not get ready in time; with the end of its log."""


class Part:
    """One process: `command` as a list, `ready()` says whether it does its work. `user` is what Popen takes."""

    known = []

    def __init__(self, name, command, folder, ready, environment=None, user=None, seconds=60):
        self.name, self.command, self.ready, self.seconds = name, [str(word) for word in command], ready, seconds
        self.environment, self.user = environment or {}, user or {}
        self.log = folder / f"{name.replace(' ', '-')}.log"
        self.process = None
        Part.known.append(self)

    def start(self, wait=True):
        """Start it and, unless `wait` is false, wait until it is ready. Returns itself."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                env=os.environ | self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_die_with_parent,
                **self.user,
            )
        if wait:
            self.wait()
        return self

    def wait(self):
        """Until it is ready; returns how many seconds that took."""
        begun = time.monotonic()
        while not self.ready():
            if self.process.poll() is not None or time.monotonic() > begun + self.seconds:
                raise NotStarted(f"{self.name} did not start: {self.tail()}")
            time.sleep(0.05)
        return time.monotonic() - begun

    def tail(self):
        return self.log.read_text(errors="replace")[-1500:].strip() if self.log.exists() else ""

    def send(self, number):
        """To the process alone, such as SIGHUP."""
        self.process.send_signal(number)

    def kill(self):
        """SIGKILL to the process and all that it has started."""
        self._group(signal.SIGKILL)
        self.process.wait()

    def freeze(self):
        self._group(signal.SIGSTOP)

    def thaw(self):
        self._group(signal.SIGCONT)

    def end(self, number):
        """Ask it to end, then kill what is left of it."""
        if self.process.poll() is None:
            self.thaw()
            self.process.send_signal(number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(STOP_SECONDS)
        self.kill()

    def _group(self, number):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)


def end_all():
    """Kill them, and what they have started; databases last, which tidy up."""
    databases = [part for part in Part.known if part.name.startswith("PostgreSQL") and part.process]
    for part in Part.known:
        if part.process and part not in databases:
            part.kill()
    for part in reversed(databases):
        part.end(signal.SIGINT)
    Part.known.clear()


def _die_with_parent():
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def is_listening(port):
    """A function for `ready`: whether something takes connections at this port."""

    def look():
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            return False
        return True

    return look
