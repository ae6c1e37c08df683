"""`python -m tests.cluster`: newsroom on several machines, as real processes on this one, with a day of work and faults.

It starts PostgreSQL with a replica and a pooler, Redis, an object storage, a mail server, two machines (`serve` and
`work`), Varnish and nginx, all on 127.0.0.1 and with the files of `deploy/`. Readers read all the time while people
write, publish, schedule, upload and withdraw; then each part is killed and started again. Programs that are missing are
installed by apt-get as root, or left out, and the table says so. It ends with 1 if a line of the table is wrong.

    python -m tests.cluster            all faults
    python -m tests.cluster --small    fewer faults and mails
"""

import argparse
import os
import signal
import sys
import tempfile
import time
from pathlib import Path

from . import programs
from .cluster import Cluster, remove
from .day import Day
from .faults import Faults, describe
from .processes import end_all
from .readers import Readers
from .table import Table

SECONDS = {False: 900, True: 400}  # after which the command gives up, by --small
PATHS = ["/en/", "/en/news/", "/fr/", "/ar/news/", "/en/offices/", "/api/v1/articles/?language=en", "/sitemap.xml"]
PATHS += ["/en/news/harbours-get-level-forecasts/", "/en/news/?q=levels+{}", "/api/v1/articles/?q=levels+{}"]


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--no-install", action="store_true", help="leave out what is missing on this machine")
    parser.add_argument("--keep", action="store_true", help="keep the folder with the logs")
    options = parser.parse_args(arguments)
    os.nice(5)
    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(SECONDS[options.small])
    missing = programs.find_or_install(not options.no_install)
    folder, table = Path(tempfile.mkdtemp(prefix="newsroom-cluster-")), Table()
    os.chmod(folder, 0o755)
    begun = time.monotonic()
    cluster = Cluster(folder, missing, lambda what: print(f"[{time.monotonic() - begun:5.1f} s] {what}", flush=True))
    try:
        for program in missing:
            table.add(f"{program} is not on this machine", "left out", "", True)
        run(cluster, table, options.small)
    finally:
        end_all()
        cluster.end()
        if options.keep:
            print(f"Logs: {folder}")
        else:
            remove(folder)
    print(
        f"\n{table}\n\n{'All as it must be' if table.is_right else 'Something is wrong'} after {time.monotonic() - begun:.0f} s"
    )
    return 0 if table.is_right else 1


class TooLong(BaseException):
    """Nothing catches it but the end of the command, which ends all processes."""


def give_up(*args):
    raise TooLong("the cluster took too long")


def run(cluster, table, is_small):
    subscribers = 5 if is_small else 20
    cluster.start_shared()
    drafts = cluster.fill(subscribers)["drafts"]
    cluster.start_site()
    cluster.start_front()
    with Readers(cluster.front, PATHS, number=3, pause=0.04) as readers:
        day = Day(cluster, readers, table, drafts, subscribers)
        a_day(cluster, day, table, readers)
        faults(cluster, day, Faults(cluster, readers, table, 1.0 if is_small else 2.0), is_small)
        cluster.say("the mails, and whether all is there")
        day.mails_came_once("mails to subscribers")
        day.nothing_is_lost()


def a_day(cluster, day, table, readers):
    begun = time.monotonic()
    cluster.say("a day: publish, schedule, upload, withdraw")
    day.seen("a publication is seen", *day.publish(), (1.0, 5.0))
    day.purge_from_outside()
    day.upload()
    day.seen("a scheduled publication is seen", *day.schedule(), (1.0, 5.0), is_scheduled=True)
    day.seen("a withdrawal is seen", *day.withdraw(), (1.0, 5.0))
    readings = readers.since(begun)
    wrong = [one for one in readings if one.is_error]
    rate = len(readings) / (time.monotonic() - begun)
    table.add(
        "errors of readers meanwhile", f"{len(wrong)} of {len(readings)} {describe(wrong)}", "0", readings and not wrong
    )
    table.add("readers", f"{rate:.0f} pages a second", "")


def faults(cluster, day, faults, is_small):
    cluster.say("faults")
    faults.kill(cluster.serve["a"])
    faults.kill(cluster.work["a"])
    if cluster.redis:
        faults.kill(cluster.redis)
    faults.kill(cluster.servers.primary)
    if not is_small:
        faults.kill(cluster.servers.replica)
        if cluster.pooler:
            faults.kill(cluster.pooler)
        if cluster.varnish and cluster.nginx:
            faults.kill(cluster.varnish)
        if cluster.nginx:
            faults.kill(cluster.nginx, only_one=True)
        faults.freeze(cluster.store)
    faults.mail_server(day)
    faults.reload()
    day.seen("afterwards a publication is seen", *day.publish(), (1.0, 5.0))


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(main(sys.argv[1:]))
