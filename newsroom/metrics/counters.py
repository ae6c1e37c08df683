"""Counts requests by kind of page, cache and status, and the time that pages take, over all workers of a server.

Each worker has a file of numbers in a folder that the server makes (newsroom/serving/server.py) and names in the
environment; it is mapped into memory, so that counting is an addition, and reading adds the files up. The file of a
worker that has ended stays and counts on in the sum. Without such a folder a process counts for itself.
"""

import mmap
import os
import secrets
import threading
from bisect import bisect_left
from pathlib import Path

from .kinds import KINDS, kind_of

FOLDER = "NEWSROOM_COUNTERS"  # the variable that names the folder
# From the page cache; made for the page cache; what is never stored, such as the admin.
CACHE = ("hit", "miss", "none")
STATUS = ("1xx", "2xx", "3xx", "4xx", "5xx")
UP_TO = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)  # seconds; a last bucket has what takes longer
NUMBER = 8  # bytes
_requests = len(KINDS) * len(CACHE) * len(STATUS)
_of_times = len(UP_TO) + 2  # the buckets and the sum in microseconds
SIZE = _requests + len(KINDS) * _of_times


class Counters:
    def __init__(self, folder=None):
        self.folder = Path(folder) if folder else None
        self._lock = threading.Lock()
        if self.folder:
            path = self.folder / f"{os.getpid()}-{secrets.token_hex(4)}"
            with path.open("x+b") as file:
                file.truncate(SIZE * NUMBER)
                self._memory = mmap.mmap(file.fileno(), SIZE * NUMBER)
        else:
            self._memory = mmap.mmap(-1, SIZE * NUMBER)
        self._numbers = memoryview(self._memory).cast("Q")

    def place(self, path, cache):
        """Where requests for this path are counted, for `add`: that of the status line "1…", less the code of the 1."""
        return (KINDS.index(kind_of(path)) * len(CACHE) + CACHE.index(cache)) * len(STATUS) - ord("1")

    def add(self, place, status):
        """Count a request. status: a line such as "200 OK"."""
        with self._lock:
            self._numbers[place + ord(status[0])] += 1

    def add_rendered(self, path, cache, status, seconds):
        """Count a request that Django answered, and how long that took."""
        kind = KINDS.index(kind_of(path))
        times = _requests + kind * _of_times
        with self._lock:
            self._numbers[(kind * len(CACHE) + CACHE.index(cache)) * len(STATUS) + status // 100 - 1] += 1
            if cache != "hit":
                self._numbers[times + bisect_left(UP_TO, seconds)] += 1
                self._numbers[times + _of_times - 1] += int(seconds * 1e6)

    def _sums(self):
        if self.folder is None:
            return list(self._numbers)
        sums = [0] * SIZE
        for path in self.folder.iterdir():
            content = path.read_bytes()
            if len(content) == SIZE * NUMBER:  # else it is being made
                sums = [a + b for a, b in zip(sums, memoryview(content).cast("Q"), strict=True)]
        return sums

    def read(self):
        """([(kind, cache, status, number)] without zeros, {kind: (numbers of the buckets, sum in seconds)})"""
        sums = self._sums()
        names = ((kind, cache, status) for kind in KINDS for cache in CACHE for status in STATUS)
        requests = [(*name, number) for name, number in zip(names, sums, strict=False) if number]
        times = {}
        for index, kind in enumerate(KINDS):
            *buckets, total = sums[_requests + index * _of_times :][:_of_times]
            if any(buckets):
                times[kind] = buckets, total / 1e6
        return requests, times


_counters = None


def counters():
    """The counters of this process; None while nobody may read them."""
    return _counters


def start(is_on):
    """Begin to count in this process, if there is a token with which the numbers can be read."""
    global _counters
    _counters = Counters(os.environ.get(FOLDER)) if is_on else None
