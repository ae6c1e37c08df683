"""How long a search takes, for words of every frequency, beside every filter, at any size.

    python -m tests.benchmarks.search 10000 100000            SQLite, or the server of DATABASE_URL
    python -m tests.benchmarks.search 100000 --times 10       a million on PostgreSQL, in minutes
    python -m tests.benchmarks.search 1000000                 a million different ones, in hours

Each size is built in a test database of its own, which is dropped unless --keep is given; then the
next run with the same size finds it ready. "index" is the index alone: milliseconds (the best of nine) and, on
PostgreSQL, pages touched; "page" is all that a list page asks for: hits, counts, twenty cards.
"""

import argparse
import os
import sys
import time

QUERIES = [  # (name, words, filters)
    ("common", "commonword", {}),
    ("common two", "commonword number", {}),
    ("mid", "midword", {}),
    ("medium", "mediumword", {}),
    ("rare", "rareword", {}),
    ("absent", "absentword", {}),
    ("burst long ago", "burstword", {}),
    ("one article", "number77", {}),
    ("common + topic", "commonword", {"topic": "bench-0"}),
    ("common + rare topic", "commonword", {"topic": "bench-39"}),
    ("common + region, topic, kind", "commonword", {"region": "bench-1", "topic": "bench-2", "kind": "feature"}),
    ("common + country", "commonword", {"country": "QAA"}),
    ("common + year", "commonword", {"year": "2012"}),
    ("medium + year", "mediumword", {"year": "2012"}),
    ("medium + region", "mediumword", {"region": "bench-0"}),
    ("rare + region", "rareword", {"region": "bench-0"}),
    ("absent + topic", "absentword", {"topic": "bench-0"}),
    ("common by relevance", "commonword", {"sort": "relevance"}),
    ("medium by relevance", "mediumword", {"sort": "relevance"}),
    ("rare by relevance", "rareword", {"sort": "relevance"}),
    ("common + topic by relevance", "commonword", {"topic": "bench-0", "sort": "relevance"}),
    ("quoted phrase", '"commonword number77"', {}),
    ("beginning", "comm*", {}),
]
REPEATS = 9


def best_ms(deed):
    times = []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        deed()
        times.append((time.perf_counter() - begun) * 1000)
    return min(times)


class Pages:
    """Counts the pages that PostgreSQL touches for a search; the answer is still given."""

    def __init__(self):
        self.touched = 0

    def __call__(self, execute, sql, params, many, context):
        if "articles_found(" in sql:
            with context["connection"].connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}", params)
                plan = cursor.fetchone()[0][0]["Plan"]
                self.touched += plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
        return execute(sql, params, many, context)


def measure(connection):
    from django.http import QueryDict

    from articles.counts import counted
    from articles.filters import ArticleFilter
    from articles.models import Article

    live = Article.objects.live().in_language("en")
    for name, words, filters in QUERIES:
        data = QueryDict(mutable=True)
        data.update({**filters, "q": words})

        articles, by = ArticleFilter.asked(data, live).within_filters(), filters.get("sort", "date")

        def index(articles=articles, words=words, by=by):
            return articles.search(words, by=by).hits

        def page(data=data):
            found = ArticleFilter.asked(data, live)
            count, _ = counted(found)
            return list(found.page("1", count, 20)) if count else []

        pages = Pages()
        with connection.execute_wrapper(pages):
            hits = index()
        number = f"{len(hits.ids):,}{'+' if hits.more else ''}"
        touched = f"{pages.touched:,}" if connection.vendor == "postgresql" else "-"
        yield (name, number, f"{best_ms(index):.1f}", touched, f"{best_ms(page):.1f}")


def build(connection, number, options):
    from tqdm import tqdm

    from articles.models import Article, SearchEntry
    from articles.search import entries

    from .archive import Archive, multiply

    if Article.objects.count() == number * options.times:
        return
    if Article.objects.count() != number:
        with tqdm(total=number, desc="articles", file=sys.stderr) as bar:
            Archive(number, options.paragraphs).fill(bar.update)
    if SearchEntry.objects.count() != number:
        begun = time.perf_counter()
        with tqdm(total=number, desc="index", file=sys.stderr) as bar:
            entries.keep(range(1, number + 1), fresh=True, done=bar.update)
        print(f"Indexed {number / (time.perf_counter() - begun):,.0f} articles a second.")
    if options.times > 1:
        multiply(connection, options.times)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def run(number, options):
    from django.db import connection

    connection.settings_dict["TEST"]["NAME"] = options.name.format(number)
    connection.creation.create_test_db(verbosity=0, autoclobber=not options.keep, keepdb=options.keep, serialize=False)
    try:
        build(connection, number, options)
        print(
            f"\n{connection.display_name}, {number * options.times:,} articles in six languages; searching the English half"
        )
        table([("words", "hits", "index ms", "pages", "page ms"), *measure(connection)])
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0, keepdb=options.keep)


def table(rows):
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    for row in rows:
        print(row[0].ljust(widths[0]), *(value.rjust(width) for value, width in zip(row[1:], widths[1:], strict=True)))


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("sizes", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--paragraphs", type=int, default=6, help="of forty words, in each article")
    parser.add_argument("--times", type=int, default=1, help="each article so often (PostgreSQL)")
    parser.add_argument("--keep", action="store_true", help="keep the databases for the next run")
    parser.add_argument("--name", default="test_search_{}", help="of the databases; {} is the size")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    os.environ["DEBUG"] = "0" if os.environ.get("SECRET_KEY") else "1"
    import django
    from django.conf import settings

    django.setup()
    settings.DEBUG = False  # no list of all queries in memory
    for number in options.sizes:
        run(number, options)


if __name__ == "__main__":
    main()
