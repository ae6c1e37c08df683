"""Logs queries that take longer than LOG_SLOW_QUERIES: the SQL with placeholders, never the values."""

import logging
import time

from django.conf import settings
from django.db.backends.signals import connection_created

logger = logging.getLogger(__name__)

LONGEST_SQL = 1000  # characters


def watch():
    """Begin, if the setting asks for it. Call it once, at the start."""
    if settings.LOG_SLOW_QUERIES:
        connection_created.connect(_wrap, dispatch_uid="newsroom.serving.slow_queries")


def _wrap(connection, **kwargs):
    if timed not in connection.execute_wrappers:
        connection.execute_wrappers.append(timed)


def timed(execute, sql, params, many, context):
    began = time.perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        milliseconds = round((time.perf_counter() - began) * 1000)
        if milliseconds >= settings.LOG_SLOW_QUERIES:
            shown = " ".join(str(sql).split())[:LONGEST_SQL]
            told = {"milliseconds": milliseconds}
            logger.warning("A query took %d ms: %s", milliseconds, shown, extra=told)
