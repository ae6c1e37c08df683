"""Backup, restore and an upgrade of a full newsroom: how long they take, and what readers notice meanwhile.

    python -m tests.benchmarks.upkeep                50,000 articles, on SQLite and PostgreSQL
    python -m tests.benchmarks.upkeep 1000           a look

The upgrade is that to a copy of this code with one more migration: a column that may be empty, and an index. It is
migrated, a text is changed, and migrated one step back, while the former code serves readers. It ends with 1 if a
reader got an error or waited for more than five seconds, if a text was lost, or if a restore took ten minutes.
PostgreSQL is the server of DATABASE_URL, else a temporary one.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import psycopg

from tests import postgres
from tests.cluster.faults import describe
from tests.cluster.readers import Readers, connection, read

from .imports import ROOT

PACKAGES = ("contacts", "articles", "newsroom", "templates", "tests")
PATHS = ["/en/", "/en/news/", "/fr/news/", "/ar/", "/en/news/?q=number{}", "/api/v1/articles/?language=en"]
BEHIND_TLS = {"X-Forwarded-Proto": "https"}
LONGEST_WAIT, LONGEST_RESTORE = 5, 600  # seconds
COLUMN, NEXT = "of_the_next_release", "9999_next_release"
MIGRATION = """
from contacts.models.index_while_serving import AddIndexWhileServing
from django.db import migrations, models

class Migration(migrations.Migration):
    atomic = False
    dependencies = [("articles", "{last}")]
    operations = [
        migrations.AddField("article", "{column}", models.CharField(max_length=40, null=True)),
        AddIndexWhileServing("article", models.Index(fields=["{column}", "publish_at"], name="articles_next_release")),
    ]
"""


class Site:
    """A database, with the settings of production; `code` is the folder of the version that does something with it."""

    def __init__(self, url, folder):
        self.url, self.folder, self.port = url, folder, postgres.free_port()
        folder.mkdir()

    @property
    def environment(self):
        return os.environ | {
            "DATABASE_URL": self.url,
            "MEDIA_ROOT": str(self.folder / "media"),
            "STATIC_ROOT": str(self.folder / "static"),
            "SECRET_KEY": "of-this-benchmark-only-0123456789-" * 2,
            "ALLOWED_HOSTS": "127.0.0.1",
            "NEWSROOM_BASE_URL": "https://127.0.0.1",
            "TRUST_PROXY_HEADERS": "1",
            "API_PER_MINUTE": "0",
            "DEBUG": "0",
            "DJANGO_SETTINGS_MODULE": "tests.cluster.quick_settings",
        }

    def run(self, *words, code=ROOT):
        """(seconds, output) of a command of Python."""
        begun = time.monotonic()
        done = subprocess.run([sys.executable, *words], cwd=code, env=self.environment, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"{' '.join(words)} failed:\n{done.stderr[-2000:]}")
        return time.monotonic() - begun, done.stdout

    def manage(self, *words, code=ROOT):
        return self.run("manage.py", *words, code=code)

    @contextmanager
    def served(self):
        """The site runs meanwhile, as `process`."""
        command = [sys.executable, "manage.py", "serve", f"--port={self.port}", "--workers=1"]
        with (self.folder / "log").open("w") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)
        try:
            while read(connection(self.port, is_tls=False), "/readyz").status != 200:
                if self.process.poll() is not None:
                    sys.exit(f"serve ended: {(self.folder / 'log').read_text()[-2000:]}")
                time.sleep(0.1)
            yield
        finally:
            self.process.terminate()
            self.process.wait()

    def readers(self):
        return Readers(lambda: connection(self.port, is_tls=False), BEHIND_TLS, PATHS, number=3, pause=0.05)

    def texts(self):
        """What stands in the columns that there were before, as one sum."""
        return self.run("-m", "tests.benchmarks.upkeep", "--sum")[1].strip()


def measure(site, other, number, name):
    """Print each step; whether all was as it must be."""
    site.manage("migrate", "-v0")
    site.manage("collectstatic", "--noinput", "-v0")
    print(
        f"{name}: {number:,} articles made in {site.run('-m', 'tests.benchmarks.upkeep', '--fill', str(number))[0]:.0f} s"
    )
    backups, right = site.folder / "backups", []
    with site.served(), site.readers() as readers:
        right.append(step(readers, f"{name}: nothing, to compare with", lambda: site.manage("check")))
        right.append(step(readers, f"{name}: backup", lambda: site.manage("backup", str(backups))))
        right.append(step(readers, f"{name}: backup --check", lambda: site.manage("backup", str(backups), "--check")))
    right.append(step(None, f"{name}: restore into an empty database", lambda: other.manage("restore", str(backups))))
    right.append(said(f"{name}: texts after the restore", site.texts() == other.texts()))
    with site.served(), site.readers() as readers:
        right += upgrade(site, readers, name)
    return all(right)


def upgrade(site, readers, name):
    last = max(path.stem for path in (ROOT / "articles" / "migrations").glob("0*.py"))
    code = site.folder / "next"
    for part in PACKAGES:
        shutil.copytree(ROOT / part, code / part)
    shutil.copy(ROOT / "manage.py", code)
    text = MIGRATION.format(last=last, column=COLUMN)
    (code / "articles" / "migrations" / f"{NEXT}.py").write_text(text)
    yield step(readers, f"{name}: migrate", lambda: site.manage("migrate", "-v0", code=code))
    site.run("-m", "tests.benchmarks.upkeep", "--change")
    before = site.texts()
    yield step(readers, f"{name}: one step back", lambda: site.manage("migrate", "articles", last, "-v0", code=code))
    yield said(f"{name}: texts after the step back", site.texts() == before)


def step(readers, what, deed):
    begun = time.monotonic()
    seconds, _out = deed()
    figure, right = f"{seconds:.1f} s", seconds < LONGEST_RESTORE
    if readers:
        time.sleep(1)  # answers that were waited for
        readings = readers.since(begun)
        errors = [one for one in readings if one.is_error]
        wrong = len(errors) + sum(one.seconds > LONGEST_WAIT for one in readings if not one.is_error)
        figure += f"; readers: {wrong} wrong of {len(readings)}, slowest {max(one.seconds for one in readings):.2f} s"
        figure += f" ({describe(errors)})" if errors else ""
        right = right and not wrong
    print(f"{'ok' if right else 'NO'}  {what}: {figure}", flush=True)
    return right


def said(what, right):
    print(f"{'ok' if right else 'NO'}  {what}: {'the same' if right else 'not the same'}", flush=True)
    return right


# What runs in processes of its own, with the settings of a Site.


def fill(number):
    from django.db import connection

    from .reads import build

    build(connection, number, 1, 6)


def change():
    """What somebody writes after the upgrade."""
    from articles.models import Article

    Article.objects.filter(pk=1).update(headline="Written after the upgrade")


def total():
    """A sum of the columns of all articles."""
    from articles.models import Article

    found, names = sha256(), [field.attname for field in Article._meta.concrete_fields]
    for row in Article.objects.order_by("pk").values_list(*names).iterator(1000):
        found.update(repr(row).encode())
    print(found.hexdigest())


INSIDE = {"--fill": fill, "--change": change, "--sum": total}


def databases(server, folder):
    """(name, address of a database, address of another), both empty."""
    yield "SQLite", *(f"sqlite:///{folder / name}.sqlite3" for name in ("one", "other"))
    names = "newsroom_upkeep", "newsroom_upkeep_other"
    with psycopg.connect(server, autocommit=True) as connection:
        for name in names:
            connection.execute(f"DROP DATABASE IF EXISTS {name}")
            connection.execute(f"CREATE DATABASE {name}")
        yield "PostgreSQL", *(f"{server.rpartition('/')[0]}/{name}" for name in names)
        for name in names:
            connection.execute(f"DROP DATABASE {name}")


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=int, nargs="?", default=50_000)
    number, right = parser.parse_args(arguments).articles, []
    with tempfile.TemporaryDirectory(prefix="newsroom-upkeep-") as folder, postgres.server() as server:
        for name, *urls in databases(server, Path(folder)):
            site, other = (Site(url, Path(folder) / f"{name}-{which}") for which, url in enumerate(urls))
            right.append(measure(site, other, number, name))
    return 0 if all(right) else 1


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in INSIDE:
        import django

        django.setup()
        INSIDE[sys.argv[1]](*map(int, sys.argv[2:]))
    else:
        sys.exit(main(sys.argv[1:]))
