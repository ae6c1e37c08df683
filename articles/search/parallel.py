"""Vectors of many articles, cut by all processors while the database writes those before."""

import multiprocessing
import os
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager

from .document import several

PAYS_FROM = 4000  # articles; below, starting the processes takes longer than they save


@contextmanager
def analysers(number):
    """A function from an iterator of portions (lists of Content) to an iterator of lists of Vector."""
    processes = os.cpu_count() or 1
    if number < PAYS_FROM or processes < 2:
        yield lambda portions: map(several, portions)
        return
    # "spawn": a forked process would share this one's connection to the database.
    with ProcessPoolExecutor(processes, multiprocessing.get_context("spawn")) as pool:
        yield lambda portions: _ahead(pool, portions, processes + 1)


def _ahead(pool, portions, most):
    waiting = deque()
    for portion in portions:
        waiting.append(pool.submit(several, portion))
        if len(waiting) >= most:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
