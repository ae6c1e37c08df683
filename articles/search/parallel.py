"""Analyses the texts of many articles in several processes, for imports and `search_index`.

Meanwhile the calling process writes the entries of earlier articles to the database.
"""

import multiprocessing
import os
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager

from .document import several

# Articles. With 1,000 the calling process saves a quarter of its time (1.46 -> 1.12 s of an import), and the others
# need as much to start: on two cores it pays from there on. With 3,000 it saves more than it costs.
PAYS_FROM = 1000


@contextmanager
def analysers(number):
    """Give a function from an iterator of lists of Content to an iterator of lists of Vector, in the same order.

    `number`: how many articles there will be. A few are analysed in this process.
    """
    processes = os.cpu_count() or 1
    if number < PAYS_FROM or processes < 2:
        yield lambda portions: map(several, portions)
        return
    # "spawn": a forked process would share the connection to the database.
    with ProcessPoolExecutor(processes, multiprocessing.get_context("spawn")) as pool:
        yield lambda portions: _in_processes(pool, portions, processes + 1)


def _in_processes(pool, portions, most):
    """Keep up to `most` portions in the processes."""
    running = deque()
    for portion in portions:
        running.append(pool.submit(several, portion))
        if len(running) >= most:
            yield running.popleft().result()
    while running:
        yield running.popleft().result()
