"""Where pages are kept: so many bytes, and what is asked for most stays longest."""

import threading
from collections import OrderedDict

NEWCOMERS = 0.25  # the share of what was asked for once only, such as somebody's search


class Shelf:
    """Two queues, each in the order of last use: a page that is asked for again leaves the newcomers.

    So a walk through a million addresses, or as many wrong ones, cannot push out the front page.
    """

    def __init__(self, limit):
        self.limit, self.size, self.new_size = limit, 0, 0
        self._new, self._known = OrderedDict(), OrderedDict()
        self._lock = threading.Lock()

    def __len__(self):
        return len(self._new) + len(self._known)

    def get(self, key):
        with self._lock:
            if page := self._known.get(key):
                self._known.move_to_end(key)
                return page
            page = self._new.get(key)
            if page and page.status == 200:
                self._known[key] = self._new.pop(key)
                self.new_size -= page.size
            return page

    def put(self, key, page):
        with self._lock:
            if page.size > self.limit * NEWCOMERS:
                return
            queue = self._known if key in self._known else self._new
            self._forget(queue, key)
            queue[key] = page
            self._count(queue, page.size)
            while self.size > self.limit:
                queue = self._new if self.new_size > self.limit * NEWCOMERS or not self._known else self._known
                self._forget(queue, next(iter(queue)))

    def _forget(self, queue, key):
        if page := queue.pop(key, None):
            self._count(queue, -page.size)

    def _count(self, queue, size):
        self.size += size
        if queue is self._new:
            self.new_size += size
