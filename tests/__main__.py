"""`python -m tests`: the tests on SQLite, on PostgreSQL and in a browser, side by side, and the sum of all.

`--thorough` lets Hypothesis try many more inputs; all other arguments go to pytest as they are. What is missing
is found or installed (chromium.py, postgres.py); what cannot be is a failure.
"""

import os
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree

from . import chromium, postgres

PYTEST = [sys.executable, "-m", "pytest"]
OK, NO_TESTS = 0, 5  # pytest's exit codes
PATIENCE = 60  # seconds that an interrupted pytest has for tidying up


def _with_kept_bytecode(environment):
    """Python's compiled modules are kept, even where the environment forbids that: all runs and the processes that
    they start would each compile all of ours, half a second a process.
    """
    return {name: value for name, value in environment.items() if name != "PYTHONDONTWRITEBYTECODE"}


class Run:
    """pytest with one part of the tests (conftest.py). Its name stands before each line that it prints."""

    _printing = threading.Lock()

    def __init__(self, part, url, arguments, folder):
        self.part, self.report = part, folder / f"{part}.xml"
        own = [f"--part={part}", f"--junit-xml={self.report}", "-o", f"cache_dir=.pytest_cache/{part}"]
        self.process = subprocess.Popen(
            [*PYTEST, *own, *arguments],
            env=_with_kept_bytecode(os.environ) | {"DATABASE_URL": url},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,  # Ctrl-C reaches the runner only, which interrupts each run once
        )
        self.printer = threading.Thread(target=self._print, daemon=True)
        self.printer.start()

    def _print(self):
        """Progress as it comes; what follows the first headline (failures, durations) in one piece at the end."""
        held = []
        with self.process.stdout as lines:
            for line in lines:
                if held or line.startswith("==="):
                    held.append(line)
                else:
                    self._say([line])
        self._say(held)

    def _say(self, lines):
        with self._printing:
            for line in lines:
                print(f"{self.part:<10} | {line}", end="")
            sys.stdout.flush()

    def result(self):
        """(passed, failed) after the end. Whatever did not pass has failed: errors and skipped tests, too."""
        self.printer.join()
        code = self.process.wait()
        passed, failed = _counted(self.report)
        return passed, (failed if code in (OK, NO_TESTS) else max(failed, 1))

    def interrupt(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)

    def end(self):
        """It may tidy up, but not for ever, and not if somebody presses Ctrl-C again."""
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            print(f"{self.part} did not end; it is killed.", flush=True)
        finally:
            self.process.kill()
        self.process.wait()
        self.printer.join(timeout=5)


def _counted(report):
    try:
        suites = ElementTree.parse(report).getroot().findall("testsuite")
    except (OSError, ElementTree.ParseError):
        return 0, 0
    numbers = [[int(suite.get(name)) for name in ("tests", "failures", "errors", "skipped")] for suite in suites]
    failed = sum(sum(others) for _, *others in numbers)
    return sum(every for every, *_ in numbers) - failed, failed


@contextmanager
def _all(arguments, url):
    runs = []
    with tempfile.TemporaryDirectory(prefix="newsroom-tests-") as folder:
        try:
            for part, address in (("SQLite", ""), ("PostgreSQL", url), ("Browser", "")):
                runs.append(Run(part, address, arguments, Path(folder)))
            yield runs
        finally:
            for run in runs:
                run.interrupt()
            for run in runs:
                run.end()


def main(arguments):
    arguments = ["--hypothesis-profile=thorough" if one == "--thorough" else one for one in arguments]
    os.environ["CHROMIUM"] = chromium.find_or_install()
    with postgres.server() as url, _all(arguments, url) as runs:
        results = [run.result() for run in runs]
    passed, failed = (sum(numbers) for numbers in zip(*results, strict=True))
    print(f"\n{passed} passed, {failed} failed", flush=True)
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    # A `kill` unwinds like Ctrl-C does, so that no server is left behind. Where Ctrl-C is ignored (a shell's
    # background jobs), the handler makes sure that the runs do not inherit that.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        sys.exit(main(sys.argv[1:]))
    except (chromium.NotFound, postgres.NotFound) as error:
        sys.exit(f"tests: {error}")
    except KeyboardInterrupt:
        sys.exit(130)
