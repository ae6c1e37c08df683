"""Readers of the cluster: threads that read public pages all the time and note every answer."""

import http.client
import random
import socket
import ssl
import threading
import time
from dataclasses import dataclass

SECONDS = 10  # that a reader waits for an answer


@dataclass(frozen=True)
class Reading:
    at: float  # by the monotonic clock, when it was asked for
    seconds: float
    path: str
    status: int  # 0: no answer
    said: str = ""

    @property
    def is_error(self):
        return not 200 <= self.status < 400


class Readers:
    """`open`: a function that gives a connection. `paths`: what they read; `{}` becomes a number that no cache has seen.

    `pause`: seconds between two pages of one reader.
    """

    def __init__(self, open, headers, paths, number, pause):
        self.open, self.headers, self.paths, self.pause = open, headers, paths, pause
        self.readings, self._ends = [], threading.Event()
        self._threads = [threading.Thread(target=self._read, args=[one], daemon=True) for one in range(number)]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *error):
        self._ends.set()
        for thread in self._threads:
            thread.join(SECONDS + 2)

    def since(self, moment, until=float("inf")):
        """What was asked for in this time."""
        return [one for one in list(self.readings) if moment <= one.at < until]

    def _read(self, number):
        draw, link = random.Random(number), None
        while not self._ends.wait(self.pause):
            link = link or self.open()
            reading = read(link, draw.choice(self.paths).format(draw.randrange(10**9)), self.headers)
            self.readings.append(reading)
            if reading.status == 0:
                link.close()
                link = None


def connection(port, is_tls):
    if not is_tls:
        return http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    return http.client.HTTPSConnection("127.0.0.1", port, timeout=SECONDS, context=trusting)


def read(link, path, headers=None):
    """A Reading of this path by an open connection; a connection that was closed meanwhile is opened once more."""
    begun = time.monotonic()
    for is_last in (False, True):
        is_kept = link.sock is not None
        try:
            link.request("GET", path, headers=headers or {})
            answer = link.getresponse()
            body = answer.read()
            said = "" if answer.status < 400 else body[:200].decode(errors="replace")
            return Reading(begun, time.monotonic() - begun, path, answer.status, said)
        except (OSError, http.client.HTTPException) as error:
            link.close()
            # A server may close a connection on which nothing was asked for a while: browsers ask again.
            may_ask_again = is_kept and not is_last and not isinstance(error, socket.timeout)
            if not may_ask_again:
                return Reading(begun, time.monotonic() - begun, path, 0, repr(error))
    raise AssertionError("unreachable")
