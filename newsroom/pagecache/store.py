"""The stored pages of a process: up to a number of bytes, and those that are requested again stay longest."""

import threading
from collections import OrderedDict

NEW_SHARE = 0.25  # of the bytes: for pages that were requested once only, such as somebody's search


class PageStore:
    """Two queues, each in order of last use: pages requested once, and pages requested again.

    So a crawler that walks through a million addresses, or as many wrong ones, cannot push out the front page.
    """

    def __init__(self, limit):
        self.limit, self.size, self.new_size = limit, 0, 0
        self._new, self._again = OrderedDict(), OrderedDict()
        self._lock = threading.Lock()

    def __len__(self):
        return len(self._new) + len(self._again)

    def get(self, key):
        with self._lock:
            if page := self._again.get(key):
                self._again.move_to_end(key)
                return page
            page = self._new.get(key)
            if page and page.status == 200:
                self._again[key] = self._new.pop(key)
                self.new_size -= page.size
            return page

    def put(self, key, page):
        with self._lock:
            if page.size > self.limit * NEW_SHARE:
                return
            queue = self._again if key in self._again else self._new
            self._drop(queue, key)
            queue[key] = page
            self._count(queue, page.size)
            while self.size > self.limit:
                queue = self._new if self.new_size > self.limit * NEW_SHARE or not self._again else self._again
                self._drop(queue, next(iter(queue)))

    def _drop(self, queue, key):
        if page := queue.pop(key, None):
            self._count(queue, -page.size)

    def _count(self, queue, size):
        self.size += size
        if queue is self._new:
            self.new_size += size
