"""The server after many requests, and its log-in: what it must not lose (memory) and must not tell (who has an account).

    python -m tests.benchmarks.endurance                     20,000 requests, 40 log-ins
    python -m tests.benchmarks.endurance --requests 2000     a look

The site has the example's content, on DATABASE_URL's server or a temporary PostgreSQL, and a page cache so small that
the first tenth of the requests fills it: with 32 MB, 20,000 requests do not, and the worker grows by as much. It ends
with 1 if the worker grew by a tenth after the first tenth of the requests, or if wrong log-ins of a known and of an
unknown name differ by a fifth.
"""

import argparse
import os
import random
import re
import statistics
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import psycopg

from tests import postgres
from tests.cluster import content
from tests.cluster.readers import connection, read

from .upkeep import BEHIND_TLS, Site

NAME = "newsroom_endurance"
PAGES = ["/en/", "/fr/", "/ar/news/", "/en/offices/", "/sitemap.xml", "/api/v1/articles/?language=en", "/en/nothing/{}"]
PAGES += ["/en/news/", "/en/media-contacts/", "/en/news/?q=levels+{}", "/en/news/?kind=news", "/admin/login/?next={}"]
GROWTH, DIFFERENCE, PATIENCE = 0.10, 0.20, 60


def memory(site, number):
    """Whether the worker kept its size over so many mixed requests."""
    draw, before = random.Random(1), 0
    with closing(connection(site.port, is_tls=False)) as link:
        link.timeout = PATIENCE
        for count in range(number):
            if count == number // 10:
                before = megabytes(site.process.pid)
            reading = read(link, draw.choice(PAGES).format(draw.randrange(10**6)), BEHIND_TLS)
            if reading.status not in (200, 302, 404):
                sys.exit(f"{reading.path}: {reading.status} {reading.said}")
    after = megabytes(site.process.pid)
    growth = after / before - 1
    print(
        f"{number:,} requests: {before:.0f} MB after a tenth of them, {after:.0f} MB after all ({growth:+.1%})",
        flush=True,
    )
    return growth < GROWTH


def megabytes(parent):
    """What the largest process that the server has started holds in memory."""
    sizes = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            text = status.read_text()
        except OSError:  # it has ended
            continue
        if re.search(rf"^PPid:\t{parent}$", text, re.M) and (size := re.search(r"^VmRSS:\s+(\d+)", text, re.M)):
            sizes.append(int(size[1]) / 1024)
    return max(sizes)


def log_ins(site, number):
    """Whether it takes as long to refuse a name that there is as one that there is not."""
    times = {"walt": [], "nobody": []}
    for count in range(number):
        for name in times:
            times[name].append(log_in(site, name, f"10.{count}.{name == 'walt':d}.1"))
    known, unknown = (statistics.median(seconds) for seconds in times.values())
    difference = abs(known - unknown) / unknown
    print(
        f"{number} wrong log-ins each: {known * 1000:.0f} ms known, {unknown * 1000:.0f} ms unknown ({difference:.1%})"
    )
    return difference < DIFFERENCE


def log_in(site, name, client):
    """How many seconds a wrong password takes, from an address that has not tried before."""
    headers = BEHIND_TLS | {"X-Forwarded-For": client, "Host": f"127.0.0.1:{site.port}"}
    with closing(connection(site.port, is_tls=False)) as link:
        link.timeout = PATIENCE
        link.request("GET", "/admin/login/", headers=headers)
        answer = link.getresponse()
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', answer.read().decode())[1]
        cookie = answer.headers["Set-Cookie"].partition(";")[0]
        form = urlencode({"csrfmiddlewaretoken": token, "username": name, "password": "wrong", "next": "/admin/"})
        more = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        more["Origin"] = f"https://127.0.0.1:{site.port}"
        begun = time.monotonic()
        link.request("POST", "/admin/login/", form, headers | more)
        answer = link.getresponse()
        answer.read()
        if answer.status != 200:
            sys.exit(f"A wrong password is answered by {answer.status}.")
        return time.monotonic() - begun


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--requests", type=int, default=20_000)
    parser.add_argument("--log-ins", type=int, default=20)
    options = parser.parse_args(arguments)
    os.environ["PAGE_CACHE"] = "2M"
    with (
        tempfile.TemporaryDirectory(prefix="newsroom-endurance-") as folder,
        postgres.server() as server,
        psycopg.connect(server, autocommit=True) as administrator,
    ):
        administrator.execute(f"DROP DATABASE IF EXISTS {NAME}")
        administrator.execute(f"CREATE DATABASE {NAME}")
        site = Site(f"{server.rpartition('/')[0]}/{NAME}", Path(folder) / "site")
        site.run("-m", content.__name__, "--from-nothing", "1")
        with site.served():
            right = [log_ins(site, options.log_ins), memory(site, options.requests)]
        administrator.execute(f"DROP DATABASE {NAME}")
    return 0 if all(right) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
