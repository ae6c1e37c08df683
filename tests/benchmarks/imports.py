"""The import against Django's own `loaddata`: the same file, both databases, one run, one table.

    python -m tests.benchmarks.imports                      20,000 articles, some minutes
    python -m tests.benchmarks.imports --articles 1000      a look
    python -m tests.benchmarks.imports --large 200000       also a large file, for memory and rate

Only ratios within one run count: seconds depend on the machine and its mood. Each step is a process
of its own, with the start of Django in its time. PostgreSQL is DATABASE_URL's server, else a
temporary one.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests import postgres

from . import generate

ROOT = Path(__file__).parents[2]
NAME, EMPTY = "newsroom_benchmark", "newsroom_benchmark_empty"
STEPS = {
    "loaddata": ["loaddata"],
    "--plan, new": ["import_fixture", "--plan"],
    "import, no search": ["import_fixture", "--no-index"],
    "import": ["import_fixture"],
    "import again": ["import_fixture"],
    "--plan again": ["import_fixture", "--plan"],
    "export": ["export_fixture", "-o"],
}
ALONE = ("loaddata", "import, no search")


@dataclass
class Measured:
    seconds: float
    cpu: float
    megabytes: float


def measured(url, folder, *arguments):
    """One command in a process of its own."""
    environment = os.environ | {
        "DATABASE_URL": url,
        "MEDIA_ROOT": str(folder / "media"),
        "SECRET_KEY": "of-this-benchmark-only-" * 3,
        "ALLOWED_HOSTS": "localhost",
        "DEBUG": "0",
    }
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    complaints = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{' '.join(arguments)} failed:\n{complaints.decode()[-2000:]}")
    return Measured(time.perf_counter() - begun, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


@contextmanager
def sqlite(folder, empty=""):
    """Gives a function that makes a database, migrated and empty, and returns its address."""
    used = folder / "benchmark.sqlite3"
    if not empty:
        empty = folder / "empty.sqlite3"
        measured(f"sqlite:///{empty}", folder, "migrate", "-v0")

    def fresh():
        for one in folder.glob(f"{used.name}*"):
            one.unlink()
        shutil.copy(empty, used)
        return f"sqlite:///{used}"

    yield fresh


@contextmanager
def postgresql(folder, server, empty=""):
    """As `sqlite`. The databases that it makes are dropped at the end."""
    with psycopg.connect(server, autocommit=True) as connection:

        def drop(*names):
            for name in names:
                connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

        def fresh():
            drop(NAME)
            connection.execute(f"CREATE DATABASE {NAME} TEMPLATE {empty or EMPTY}")
            return f"{server.rpartition('/')[0]}/{NAME}"

        try:
            if not empty:
                drop(EMPTY)
                connection.execute(f"CREATE DATABASE {EMPTY}")
                measured(f"{server.rpartition('/')[0]}/{EMPTY}", folder, "migrate", "-v0")
            yield fresh
        finally:
            drop(NAME, EMPTY)


def run(database, folder, path, steps):
    """{step: Measured} on a fresh database; those in ALONE have one each of their own."""
    found = {}
    together = [name for name in steps if name not in ALONE]
    with database() as fresh:
        for names in (*([name] for name in steps if name in ALONE), together):
            url = fresh() if names else ""
            for name in names:
                target = folder / "export.jsonl" if name == "export" else path
                found[name] = measured(url, folder, *STEPS[name], str(target))
                print(f"  {name}: {found[name].seconds:.1f} s", file=sys.stderr)
    return found


def table(title, articles, results):
    """Lines of a Markdown table."""
    names = list(results)
    yield f"**{title}**"
    yield ""
    yield "| | " + " | ".join(f"{name}: s | articles/s | × loaddata | MB" for name in names) + " |"
    yield "|---" * (1 + 4 * len(names)) + "|"
    for step in next(iter(results.values())):
        cells = []
        for name in names:
            one, base = results[name][step], results[name].get("loaddata")
            ratio = f"{base.seconds / one.seconds:.1f}" if base else "–"
            cells.append(f"{one.seconds:.1f} | {articles / one.seconds:,.0f} | {ratio} | {one.megabytes:.0f}")
        yield f"| {step} | " + " | ".join(cells) + " |"
    yield ""


def main(options):
    with tempfile.TemporaryDirectory(prefix="newsroom-benchmark-") as name, ExitStack() as stack:
        folder, chosen = Path(name), {}
        if "sqlite" in options.databases:
            chosen["SQLite"] = lambda: sqlite(folder, options.empty)
        if "postgresql" in options.databases:
            server = options.postgres or stack.enter_context(postgres.server())
            chosen["PostgreSQL"] = lambda: postgresql(folder, server, options.empty)
        for articles, steps in ((options.articles, options.steps), (options.large, ["import", "import again"])):
            if articles:
                path = generate.write(folder / f"{articles}.json", articles)
                size = path.stat().st_size / 1_000_000
                results = {}
                for name, database in chosen.items():
                    print(f"{name}, {articles:,} articles", file=sys.stderr)
                    results[name] = run(database, folder, path, steps)
                print("\n".join(table(f"{articles:,} articles, {size:,.0f} MB", articles, results)), flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--steps", nargs="+", default=list(STEPS), choices=STEPS)
    parser.add_argument("--large", type=int, default=0, help="also import a file of so many articles")
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"], choices=["sqlite", "postgresql"])
    parser.add_argument("--postgres", default="", help="the address of a server on which a database may be created")
    parser.add_argument("--empty", default="", help="a database with empty tables (SQLite's file, PostgreSQL's name)")
    main(parser.parse_args())
