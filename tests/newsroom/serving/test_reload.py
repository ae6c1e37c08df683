"""SIGHUP loads the code anew and refuses nobody; code that does not start leaves the old code serving."""

import http.client
import re
import signal
import sys
import threading
import time
from collections import Counter
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from django.core.management import CommandError

from newsroom.management.commands import serve
from newsroom.serving import worker
from tests.newsroom.servers import serving, wait_for

pytestmark = pytest.mark.one_database

SITE = """
import sys
import time
# The process that starts the workers has old modules of the site. A new worker has none of them.
old = [name for name in sys.modules if name.partition(".")[0] == "newsroom"]
assert not old, old
time.sleep(0.3)  # it takes a moment to load
def application(environ, start_response):
    if environ["PATH_INFO"] == "/slow":
        time.sleep(0.7)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"{version}"]
"""


class Site:
    """A site whose code a test changes while it is served."""

    def __init__(self, folder):
        self.module, self.errors = folder / "reloaded.py", folder / "errors"
        self.deploy("0")

    def deploy(self, version):
        self.module.write_text(SITE.format(version=version))

    @contextmanager
    def serving(self, workers):
        environment = {"PYTHONPATH": str(self.module.parent), "PYTHONDONTWRITEBYTECODE": "1"}
        with (
            self.errors.open("w") as errors,
            serving("reloaded:application", workers=workers, errors=errors, **environment) as (self.port, self.process),
        ):
            wait_for(self.port)
            assert self.version() == "0"
            yield

    def reload(self):
        self.process.send_signal(signal.SIGHUP)

    def workers(self):
        pid = self.process.pid
        return set(Path(f"/proc/{pid}/task/{pid}/children").read_text().split())

    def version(self):
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            return ask(connection)


def ask(connection, path="/"):
    connection.request("GET", path)
    answer = connection.getresponse()
    text = answer.read().decode()
    assert answer.status == 200, answer.status
    return text


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path)


def until(happens):
    end = time.monotonic() + 60
    while not happens():
        assert time.monotonic() < end
        time.sleep(0.05)


@contextmanager
def readers(port, counts):
    """Readers who ask all the time: with a new connection each time, on one connection, and for what takes long."""
    stop = threading.Event()

    def read(path, keeps):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while not stop.is_set():
            try:
                ask(connection, path)
                counts["answered"] += 1
            except Exception as error:
                counts[f"{type(error).__name__} {path} {'kept' if keeps else 'new'}"] += 1
                connection.close()
            if not keeps:
                connection.close()
            stop.wait(0.005)  # the machine has other things to do
        connection.close()

    ways = [("/", False), ("/", False), ("/", True), ("/", True), ("/slow", False), ("/slow", True)]
    threads = [threading.Thread(target=read, args=way) for way in ways]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


@pytest.mark.parametrize(("workers", "reloads"), [(1, 3), (2, 2)])
def test_a_reload_under_load_refuses_nobody(site, workers, reloads):
    counts = Counter()
    with site.serving(workers), readers(site.port, counts):
        for number in range(1, reloads + 1):
            before = site.workers()
            site.deploy(str(number))
            site.reload()
            until(lambda before=before: len(site.workers()) == workers and not site.workers() & before)
            assert site.version() == str(number)
    assert list(counts) == ["answered"], counts


def test_code_that_does_not_start_leaves_the_old_code_serving(site):
    with site.serving(workers=1):
        before = site.workers()
        site.module.write_text("import nowhere_to_be_found")
        site.reload()
        until(lambda: "The new code does not start: the old code goes on serving." in site.errors.read_text())
        assert (site.version(), site.workers()) == ("0", before)
        assert "nowhere_to_be_found" in site.errors.read_text()
        site.deploy("1")
        site.reload()
        until(lambda: site.version() == "1")


def test_the_server_ends_while_it_reloads(site):
    with site.serving(workers=1):
        site.module.write_text("import time; time.sleep(1000)")
        site.reload()
        until(lambda: len(site.workers()) == 2)
        site.process.terminate()
        assert site.process.wait(20) == 0


def test_what_refuses_the_start_refuses_a_reload(monkeypatch):
    def refuse():
        raise CommandError("2 migrations are pending")

    monkeypatch.setattr(serve, "refuse_to_serve", refuse)
    monkeypatch.setitem(sys.modules, "newsroom.wsgi", object())
    with pytest.raises(SystemExit, match=re.escape("newsroom: 2 migrations are pending")):
        worker.load(lambda: None, 0, 4, None, is_reload=True)
