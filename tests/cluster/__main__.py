"""`python -m tests.cluster`: newsroom on several machines, as real processes on this one, with a day of work and faults.

It starts PostgreSQL with a replica and a pooler, Redis, an object storage, a mail server, two machines (`serve` and
`work`), Varnish and nginx, all on 127.0.0.1 and with the files of `deploy/`. Readers read all the time while people
write, publish, schedule, upload and withdraw; then each part is killed and started again. Programs that are missing are
installed by apt-get as root, or left out, and the table says so. It ends with 1 if a line of the table is wrong.

    python -m tests.cluster            all faults
    python -m tests.cluster --small    what CI runs: a short day, the database and one machine killed; it allows for a
                                       machine that is busy, so its figures are no measurements
"""

import argparse
import os
import signal
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from . import programs
from .cluster import Cluster, remove
from .day import Day
from .faults import Faults, describe
from .processes import end_all
from .readers import Readers, connection
from .table import Table

PATHS = ["/en/", "/en/news/", "/fr/", "/ar/news/", "/en/offices/", "/api/v1/articles/?language=en", "/sitemap.xml"]
PATHS += ["/en/news/harbours-get-level-forecasts/", "/en/news/?q=levels+{}", "/api/v1/articles/?q=levels+{}"]


@dataclass(frozen=True)
class Form:
    seconds: int  # after which the command gives up
    subscribers: int
    pause: float  # of a reader between two pages, in seconds
    away: float  # seconds that a part is away
    fail_over: float
    seen: tuple  # seconds until a publication is seen, on the machines and in front of them


FULL = Form(seconds=1200, subscribers=20, pause=0.04, away=2, fail_over=1, seen=(1, 5))
SMALL = Form(seconds=400, subscribers=5, pause=0.2, away=1, fail_over=5, seen=(10, 15))


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--no-install", action="store_true", help="leave out what is missing on this machine")
    parser.add_argument("--without", nargs="+", default=[], choices=programs.PACKAGES, help="leave these out")
    parser.add_argument("--keep", action="store_true", help="keep the folder with the logs")
    options = parser.parse_args(arguments)
    form = SMALL if options.small else FULL
    os.nice(5)
    signal.signal(signal.SIGALRM, give_up)
    missing = programs.find_or_install(options.without, not options.no_install)
    signal.alarm(form.seconds)
    folder, table = Path(tempfile.mkdtemp(prefix="newsroom-cluster-")), Table()
    os.chmod(folder, 0o755)
    begun = time.monotonic()

    def say(what):
        print(f"[{time.monotonic() - begun:5.1f} s] {what}", flush=True)

    cluster = Cluster(folder, missing, say, options.small)
    try:
        for program in missing:
            table.add(
                f"{program} is left out", "asked for" if program in options.without else "not on this machine", ""
            )
        run(cluster, table, form)
    finally:
        end_all()
        cluster.end()
        if options.keep:
            print(f"Logs: {folder}")
        else:
            remove(folder)
    sum_of_all = "All as it must be" if table.is_right else "Something is wrong"
    print(f"\n{table}\n\n{sum_of_all} after {time.monotonic() - begun:.0f} s")
    return 0 if table.is_right else 1


class TooLong(BaseException):
    """Nothing catches it but the end of the command, which ends all processes."""


def give_up(*args):
    raise TooLong("the cluster took too long")


def run(cluster, table, form):
    cluster.start_shared()
    cluster.start_front()
    drafts = cluster.fill(form.subscribers)["drafts"]
    cluster.start_site()

    def open_front():
        return connection(cluster.front, cluster.is_tls)

    with Readers(open_front, cluster.headers, PATHS, number=3, pause=form.pause) as readers:
        day = Day(cluster, readers, table, drafts, form.subscribers, form.seen)
        faults = Faults(cluster, readers, table, form.away, form.fail_over)
        (short_day if cluster.is_small else whole_day)(cluster, day, faults)
        day.nothing_is_lost()


def whole_day(cluster, day, faults):
    cluster.say("a day: publish, schedule, upload, withdraw")
    begun = time.monotonic()
    day.seen("a publication is seen", *day.publish())
    day.purge_from_outside()
    day.upload()
    day.seen("a scheduled publication is seen", *day.schedule(), is_scheduled=True)
    day.seen("a withdrawal is seen", *day.withdraw())
    readers_meanwhile(day, begun)
    cluster.say("faults")
    every_fault(cluster, faults)
    faults.mail_server(day)
    faults.reload()
    day.seen("afterwards a publication is seen", *day.publish())
    cluster.say("the mails, and whether all is there")
    day.mails_came_once("mails to subscribers", day.published)


def every_fault(cluster, faults):
    faults.kill(cluster.serve["a"])
    faults.kill(cluster.work["a"])
    if cluster.redis:
        faults.kill(cluster.redis)
    faults.kill(cluster.servers.primary)
    faults.kill(cluster.servers.replica)
    if cluster.pooler:
        faults.kill(cluster.pooler)
    if cluster.varnish and cluster.nginx:
        faults.kill(cluster.varnish)
    if cluster.nginx:
        faults.kill(cluster.nginx, only_one=True)
    faults.freeze(cluster.store)


def short_day(cluster, day, faults):
    """Nothing is killed while its mails are on their way: what a killed process had claimed is free after minutes."""
    cluster.say("a short day: publish, schedule, upload, withdraw")
    begun = time.monotonic()
    day.seen("a publication is seen", *day.publish())
    first = list(day.published)
    day.purge_from_outside()
    scheduled = day.schedule()
    day.upload()
    day.seen("a scheduled publication is seen", *scheduled, is_scheduled=True)
    readers_meanwhile(day, begun)
    day.mails_came_once("mails to subscribers", first)
    cluster.say("faults")
    faults.kill(cluster.servers.primary)
    faults.kill(cluster.serve["a"])
    day.seen("afterwards a withdrawal is seen", *day.withdraw())
    day.mails_came_once("the same mails, afterwards", first)


def readers_meanwhile(day, begun):
    readings = day.readers.since(begun)
    wrong = [one for one in readings if one.is_error]
    figure = f"{len(wrong)} of {len(readings)} {describe(wrong)}"
    day.table.add("errors of readers meanwhile", figure, "0", readings and not wrong)
    day.table.add("readers", f"{len(readings) / (time.monotonic() - begun):.0f} pages a second", "")


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(main(sys.argv[1:]))
