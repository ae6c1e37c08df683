"""How fast pages are served: `python -m tests.benchmarks.serving` prints one table.

The demo content is loaded into a database of its own (SQLite, or an empty one that DATABASE_URL names), or
with `--articles 1000` a generated newsroom, which has no pictures.
Three servers of the same shape then run side by side: a bare Django view of each page's size, the site
with its page cache, and the site without. Only the ratios of one run say anything.
"""

import argparse
import contextlib
import json
import math
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

from newsroom.serving import server
from tests.newsroom.servers import wait_for

from . import generate, load

ROOT = Path(__file__).parents[2]
PAGES = {"home": "/en/", "list": "/en/news/", "filtered": "/en/news/?region={region}", "article": "{article}"}
PAGES |= {"api": "/api/v1/articles/?language=en"}
READER = "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36"  # is counted; programs are not
GOALS = "goals: cached ≥ 0.8 and 304 ≥ 0.9 of bare; cached ≥ 50 of uncached"


def environment(folder):
    return {
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        **os.environ,
        "SECRET_KEY": "a key for a benchmark on one machine, of no use elsewhere 0123456789",
        "DEBUG": "0",
        "ALLOWED_HOSTS": "127.0.0.1",
        "SECURE_SSL_REDIRECT": "0",
        "NEWSROOM_BASE_URL": "http://127.0.0.1",
        "STATIC_ROOT": f"{folder}/static",
        "MEDIA_ROOT": f"{folder}/media",
        "LOG_LEVEL": "ERROR",
        "API_PER_MINUTE": "0",
        "METRICS_TOKEN": "benchmark-0123456789",
    }


def manage(env, *arguments):
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)


@contextlib.contextmanager
def serving(env, options, target="newsroom.wsgi:application"):
    """A server on a free port: gives its address and the process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [*server.command("127.0.0.1", port, options.workers, options.threads), "--log-level=error", target]
    process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield f"http://127.0.0.1:{port}", process
    finally:
        process.terminate()
        process.wait()


def fetch(url):
    with urllib.request.urlopen(url) as response:
        return response.read(), response.headers


def per_second(url, options, *headers):
    try:
        return load.rate(url, options.connections, options.seconds, READER, *headers)
    except load.Wrong as wrong:
        raise SystemExit(str(wrong)) from None


def addresses(site):
    """The pages to ask for, on the content that is there."""
    front = fetch(f"{site}/en/")[0].decode()
    region = re.search(r"/en/regions/([\w-]+)/", front)[1]
    article = re.search(r'"(/en/news/[\w-]+/)"', front)[1]
    return {name: path.format(region=region, article=article) for name, path in PAGES.items()}


def measure(bare, site, slow, pages, options):
    """{page: {kind: requests per second}}, the median of rounds that take turns."""
    rounds = {name: {} for name in pages}
    for _ in range(options.rounds):
        for name, path in pages.items():
            tag = fetch(site + path)[1]["ETag"]
            found = {
                "bare": per_second(f"{bare}/{name}/", options),
                "cached": per_second(site + path, options),
                "304": per_second(site + path, options, f"If-None-Match: {tag}"),
                "uncached": per_second(slow + path, options),
            }
            for kind, rate in found.items():
                rounds[name].setdefault(kind, []).append(rate)
    return {name: {kind: statistics.median(rates) for kind, rates in row.items()} for name, row in rounds.items()}


def mixed(site, pages, count):
    """So many requests to known, unknown, wrong and varied addresses, eight at a time."""
    script = f"""
        local paths = {{{", ".join(f'"{path}"' for path in pages.values())}, "/ar/", "/fr/news/", "/en/offices/"}}
        local n = 0
        request = function()
            n = n + 1
            local path = paths[n % #paths + 1]
            if n % 10 == 0 then path = "/en/nope-" .. n .. "/" end
            if n % 10 == 1 then path = "/en/news/?q=word" .. n end
            if n % 10 == 2 then path = "/en/?utm_source=" .. n end
            local coding = n % 3 == 0 and "gzip, br" or n % 3 == 1 and "gzip" or "identity"
            return wrk.format("GET", path, {{["Accept-Encoding"] = coding}})
        end"""
    done = 0
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script)
        file.flush()
        while done < count:
            out = subprocess.run(
                ["wrk", "-c8", "-t1", "-d5s", "-s", file.name, site], capture_output=True, text=True, check=True
            )
            done += int(re.search(r"(\d+) requests in", out.stdout)[1])
    return done


def memory(process):
    """Megabytes of each worker."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    status = [Path(f"/proc/{child}/status").read_text() for child in children]
    return [int(re.search(r"VmRSS:\s+(\d+)", text)[1]) / 1024 for text in status]


def show(rates, pages, sizes):
    print(f"\n{'page':<10}{'bytes':>8}{'bare':>9}{'cached':>9}{'304':>9}{'uncached':>10}", end="")
    print(f"{'cached/bare':>13}{'304/bare':>10}{'cached/uncached':>17}")
    for name in pages:
        row = {way: rate or math.nan for way, rate in rates[name].items()}  # too short a look may see no answer
        print(f"{name:<10}{sizes[name]:>8}{row['bare']:>9.0f}{row['cached']:>9.0f}{row['304']:>9.0f}", end="")
        print(f"{row['uncached']:>10.1f}{row['cached'] / row['bare']:>13.2f}{row['304'] / row['bare']:>10.2f}", end="")
        print(f"{row['cached'] / row['uncached']:>17.0f}")
    print(f"requests/s, medians; {GOALS}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=0, help="generated instead of the demo content")
    parser.add_argument("--seconds", type=float, default=3, help="of each measurement")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=4)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument("--mixed", type=int, default=20_000, help="requests before memory is read; 0: leave it out")
    parser.add_argument("--debug", action="store_true", help="start sooner: with DEBUG, static files are not collected")
    parser.add_argument("--empty", default="", help="a SQLite file with empty tables, to start sooner")
    options = parser.parse_args()
    if options.mixed and not shutil.which("wrk"):
        raise SystemExit("wrk is missing, which asks for the mixed pages: apt-get install wrk, or --mixed 0")
    with tempfile.TemporaryDirectory(prefix="newsroom-") as folder, contextlib.ExitStack() as stack:
        env = environment(folder)
        if options.debug:
            env |= {"DEBUG": "1", "PAGE_CACHE": "1"}
        else:
            manage(env, "collectstatic", "--noinput", "-v0")
        if options.empty:
            shutil.copy(options.empty, Path(folder) / "db.sqlite3")
        else:
            manage(env, "migrate", "-v0")
        if options.articles:
            manage(env, "import_fixture", str(generate.write(Path(folder) / "news.jsonl", options.articles)))
        else:
            manage(env, "import_fixture", "places")
            manage(env, "import_fixture", "newsroom/demo")
        site, process = stack.enter_context(serving(env, options))
        slow, _ = stack.enter_context(serving(env | {"PAGE_CACHE": "off"}, options))
        pages = addresses(site)
        sizes = {name: len(fetch(site + path)[0]) for name, path in pages.items()}
        bare, _ = stack.enter_context(
            serving(os.environ | {"SIZES": json.dumps(sizes)}, options, "tests.benchmarks.bare:application")
        )
        show(measure(bare, site, slow, pages, options), pages, sizes)
        if options.mixed:
            before = memory(process)
            counts = mixed(site, pages, options.mixed), mixed(site, pages, options.mixed)
            middle = memory(process)
            print(f"worker memory, MB: {before} before, {middle} after {sum(counts)} mixed requests")


if __name__ == "__main__":
    main()
