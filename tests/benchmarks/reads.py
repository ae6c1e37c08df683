"""What each list, count and search costs at several sizes, as whole pages without the page cache.

    python -m tests.benchmarks.reads 1000 100000          SQLite, or the server of DATABASE_URL
    python -m tests.benchmarks.reads 10000 1000000        a million different articles; takes long to make
    python -m tests.benchmarks.reads 10000 100000*10      a million on PostgreSQL, in minutes: each ten times
    python -m tests.benchmarks.reads 1000 --plans         also how the database answers the main queries
    python -m tests.benchmarks.reads --only "API|feed|sitemap|archive|verify" 10000 100000*10

Each size is built in a test database of its own, which is dropped unless --keep is given. "ms" is the best of nine
whole pages (filters, hits, counts of every filter, twenty cards, template), in processor time of this process and of
the database server's, if that runs on the same machine. "db" counts what the
database did for one of them, which is the same every time: pages touched (PostgreSQL), or thousands of
steps of its machine (SQLite). "×" is the last size's figure by the first one's.
"""

import argparse
import gc
import os
import re
import resource
import shutil
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass

from . import processor
from .generate import NOW
from .pages import PAGES, POSTS

STEPS = 1000


@dataclass(frozen=True)
class Cost:
    ms: float
    db: float
    queries: int


class Buffers:
    """Counts the pages that PostgreSQL touches for each query of a page; the query is answered all the same."""

    unit = "pages"

    def __init__(self, connection):
        self.connection, self.done, self.queries = connection, 0, 0

    def __enter__(self):
        self._wrapper = self.connection.execute_wrapper(self)
        self._wrapper.__enter__()
        return self

    def __exit__(self, *error):
        self._wrapper.__exit__(*error)

    def __call__(self, execute, sql, params, many, context):
        self.queries += 1
        if sql.lstrip().startswith(("SELECT", "(SELECT", "WITH")) and "set_config" not in sql:
            with context["connection"].wrap_database_errors, context["connection"].connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}", params)
                plan = cursor.fetchone()[0][0]["Plan"]
                self.done += plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
        return execute(sql, params, many, context)


class Steps:
    """Counts the steps of SQLite's virtual machine, in thousands."""

    unit = "k steps"

    def __init__(self, connection):
        self.connection, self.done, self.queries = connection, 0, 0

    def __enter__(self):
        self.connection.ensure_connection()
        self.connection.connection.set_progress_handler(self._count, STEPS)
        self._wrapper = self.connection.execute_wrapper(self._query)
        self._wrapper.__enter__()
        return self

    def __exit__(self, *error):
        self._wrapper.__exit__(*error)
        self.connection.connection.set_progress_handler(None, 0)

    def _count(self):
        self.done += 1
        return 0

    def _query(self, execute, *rest):
        self.queries += 1
        return execute(*rest)


def meter(connection):
    return (Buffers if connection.vendor == "postgresql" else Steps)(connection)


def measure(connection, options):
    """{name: Cost} of every page; pages that this size does not have are left out."""
    from django.core.cache import cache
    from django.test import Client

    visitor, names = Client(), _names()

    def ask(address):
        cache.clear()  # or the limits of forms would refuse the eleventh post
        if address in POSTS:
            path, data = POSTS[address]
            return visitor.post(path, {name: text.format(**names) for name, text in data.items()})
        return visitor.get(address.format(**names))

    costs = {}
    for name, address in (PAGES | dict(zip(POSTS, POSTS, strict=True))).items():
        if not re.search(options.only, name) or ask(address).status_code != 200:
            continue
        with meter(connection) as counted:
            ask(address)
        ms = processor.best(lambda address=address: ask(address), options.repeats, connection)
        costs[name] = Cost(ms, counted.done, counted.queries)
    return costs


def _names():
    """What stands in the addresses and posts: articles and places in the lists of this size."""
    from articles.api.paging import moment_cursor
    from articles.feeds.sitemaps import SECTION
    from articles.html import plain
    from articles.models import Article

    english = Article.objects.live().in_language("en")
    count = english.count()
    last = max(1, count // 20)
    ninth, middle = english.newest_first()[8], english.newest_first()[last // 2 * 20]
    text = plain(middle.body.replace("</p>", "\n"))
    return {
        "deep": 400,
        "middle": last // 2,
        "slug": ninth.slug,
        "pk": ninth.pk,
        "cursor": moment_cursor(middle.publish_at, middle.pk),
        "section": -(-count // SECTION),
        "text": text,
        "altered": f"{text} The figure is 4711, and this sentence is none of ours.",
        "old": middle.slug,
    }


def build(connection, number, times, paragraphs):
    from tqdm import tqdm

    from articles.models import Article, SearchEntry
    from articles.search import indexing

    from .archive import Archive, multiply

    quiet = None  # a bar on a terminal only
    if SearchEntry.objects.count() == number * times:
        return
    if Article.objects.count() != number:
        with tqdm(total=number, desc="articles", file=sys.stderr, disable=quiet) as bar:
            Archive(number, paragraphs).fill(bar.update)
    if SearchEntry.objects.count() != number:
        with tqdm(total=number, desc="index", file=sys.stderr, disable=quiet) as bar:
            indexing.keep(range(1, number + 1), fresh=True, done=bar.update)
    if times > 1:
        multiply(connection, times)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


@contextmanager
def database(number, times, options):
    """A test database with so many articles; gives its connection."""
    from django.db import connection

    name, keep = options.name.format(number * times), options.keep
    connection.settings_dict["TEST"]["NAME"] = name
    if options.empty:
        _copy(connection.vendor, options.empty, name)
    there = keep or bool(options.empty)
    connection.creation.create_test_db(verbosity=0, autoclobber=not there, keepdb=there, serialize=False)
    try:
        build(connection, number, times, options.paragraphs)
        yield connection
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0, keepdb=keep)


def _copy(vendor, empty, name):
    if vendor == "sqlite":
        shutil.copy(empty, name)
        return
    import psycopg

    with psycopg.connect(os.environ["DATABASE_URL"].rpartition("/")[0] + "/postgres", autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name}")
        server.execute(f"CREATE DATABASE {name} TEMPLATE {empty}")


def memory_read():
    """(seconds, megabytes) that it takes to read all lists into memory, as each process does when it starts."""
    from articles.listing import in_memory

    gc.collect()
    in_memory.forget()
    before, begun = _megabytes(), time.perf_counter()
    in_memory.lists_in_memory().build()  # lists wait for it only while there are few articles
    while not in_memory.lists_in_memory().is_ready():
        time.sleep(0.01)
    return time.perf_counter() - begun, max(0, _megabytes() - before)


def _megabytes():
    with open("/proc/self/status") as status:
        kilobytes = next((line.split()[1] for line in status if line.startswith("VmRSS")), None)
    return int(kilobytes or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) / 1024


def table(title, results, unit):
    """Lines of a Markdown table: {size: {page: Cost}}."""
    sizes = list(results)
    yield f"**{title}**"
    yield ""
    heads = [f"{size:,}: ms | db ({unit})" for size in sizes]
    yield "| | queries | " + " | ".join(heads) + " | × ms | × db |"
    yield "|---" * (4 + 2 * len(sizes)) + "|"
    for name in dict.fromkeys(name for costs in results.values() for name in costs):
        costs = [results[size].get(name) for size in sizes]
        cells = [f"{cost.ms:.1f} | {cost.db:,}" if cost else "– | –" for cost in costs]
        known = [cost for cost in costs if cost]
        growth = ["–", "–"]
        if len(known) > 1:
            growth = [f"{known[-1].ms / known[0].ms:.1f}", f"{known[-1].db / max(known[0].db, 1):.1f}"]
        label = name.format(deep=400, middle="half-way")
        yield f"| {label} | {known[0].queries} | " + " | ".join([*cells, *growth]) + " |"
    yield ""


def size(text):
    number, _, times = text.partition("*")
    return int(number), int(times or 1)


def parser():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", type=size, nargs="*", default=[(1000, 1), (100_000, 1)], metavar="SIZE")
    parser.add_argument("--paragraphs", type=int, default=6, help="of forty words, in each article")
    parser.add_argument("--repeats", type=int, default=9, help="of each page")
    parser.add_argument("--only", default="", metavar="PATTERN", help="pages whose names match a regular expression")
    parser.add_argument("--plans", action="store_true", help="print the plans of the main queries, too")
    parser.add_argument("--keep", action="store_true", help="keep the databases for the next run")
    parser.add_argument("--name", default="test_reads_{}", help="of the databases; {} is the size")
    parser.add_argument("--empty", default="", help="a database with empty tables (SQLite's file, PostgreSQL's name)")
    return parser


def main(options):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    os.environ["DEBUG"] = "0" if os.environ.get("SECRET_KEY") else "1"
    os.environ["PAGE_CACHE"], os.environ["API_PER_MINUTE"] = "off", "0"
    import django
    import time_machine
    from django.conf import settings
    from django.test.utils import setup_test_environment, teardown_test_environment

    django.setup()
    settings.DEBUG = False  # no list of all queries in memory, and HTML is kept as in production
    setup_test_environment(debug=False)
    processor.one_connection()
    from . import plans

    results, unit, name = {}, "", ""
    for number, times in options.sizes:
        with database(number, times, options) as connection:
            unit, name = meter(connection).unit, connection.display_name
            seconds, megabytes = memory_read()
            print(
                f"{name}: {number * times:,} articles read into memory: {seconds:.1f} s, {megabytes:.0f} MB", flush=True
            )
            with time_machine.travel(NOW, tick=True):
                results[number * times] = measure(connection, options)
            if options.plans and (number, times) == options.sizes[-1]:
                print(*plans.main_plans(connection), sep="\n", flush=True)
    teardown_test_environment()
    print("\n".join(table(f"{name}: pages without the page cache", results, unit)), flush=True)


if __name__ == "__main__":
    main(parser().parse_args())
