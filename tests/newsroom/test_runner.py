"""`python -m tests` runs the parts of the tests side by side, prints what they print, and sums up the results."""

import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests import __main__ as runner

pytestmark = pytest.mark.one_database

ROOT = Path(__file__).parents[2]
REPORT = '<testsuites><testsuite tests="{}" failures="{}" errors="{}" skipped="{}"/></testsuites>'


@pytest.fixture
def start(monkeypatch, tmp_path):
    """Runs a piece of Python in the place of pytest; `tell` writes its report."""
    runs = []

    def start(code):
        head = "import sys, time, pathlib; tell = pathlib.Path(sys.argv[2].removeprefix('--junit-xml=')).write_text\n"
        monkeypatch.setattr(runner, "PYTEST", [sys.executable, "-c", head + code])
        runs.append(runner.Run("SQLite", "", [], tmp_path))
        return runs[-1]

    yield start
    for run in runs:
        run.process.kill()
        run.process.wait()
        run.printer.join()


def ends_with(code, *numbers):
    report = REPORT.format(*numbers) if numbers else ""
    return f"tell('{report}'); sys.exit({code})"


@pytest.mark.parametrize(
    ("code", "numbers", "result"),
    [
        (0, (7, 0, 0, 0), (7, 0)),
        (1, (7, 1, 2, 1), (3, 4)),
        (5, (0, 0, 0, 0), (0, 0)),  # every test of the choice runs on the other database
        (2, (3, 0, 0, 0), (3, 1)),  # interrupted
        (3, (), (0, 1)),  # no report
    ],
)
def test_what_did_not_pass_has_failed(start, code, numbers, result):
    assert start(ends_with(code, *numbers)).result() == result


def test_compiled_modules_are_kept_whatever_the_shell_has_set(start, monkeypatch):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    assert start("sys.exit(1 if sys.dont_write_bytecode else 5)").result() == (0, 0)


@pytest.mark.parametrize(
    ("results", "line", "status"),
    [
        ([(7, 0), (5, 0)], "12 passed, 0 failed", 0),
        ([(7, 0), (4, 1)], "11 passed, 1 failed", 1),
        ([(7, 0), (0, 0)], "7 passed, 0 failed", 0),
        ([(0, 0), (0, 0)], "0 passed, 0 failed", 1),
    ],
)
def test_the_last_line_is_the_sum_and_the_exit_code_tells_failure(monkeypatch, capsys, results, line, status):
    class Ended:
        def __init__(self, result):
            self.result = lambda: result

    @contextmanager
    def server():
        yield "postgres://"

    @contextmanager
    def runs(arguments, url):
        assert arguments == ["-x", "--hypothesis-profile=thorough"]
        yield [Ended(result) for result in results]

    monkeypatch.setenv("CHROMIUM", "")
    monkeypatch.setattr(runner.chromium, "find_or_install", lambda: "chromium")
    monkeypatch.setattr(runner.postgres, "server", server)
    monkeypatch.setattr(runner, "_all", runs)
    assert runner.main(["-x", "--thorough"]) == status
    assert capsys.readouterr().out.splitlines()[-1] == line


def test_the_name_of_the_part_stands_before_every_line(start, capsys):
    start("print('..F [100%]'); print('=== FAILURES ==='); print('assert \\u0623')").result()
    printed = capsys.readouterr().out.splitlines()
    assert printed == [f"SQLite     | {line}" for line in ("..F [100%]", "=== FAILURES ===", "assert أ")]


def test_a_run_that_is_stopped_may_tidy_up(start, tmp_path):
    run = start("try: tell(''); time.sleep(60)\nexcept KeyboardInterrupt: tell('tidy')")
    while not run.report.exists():
        time.sleep(0.02)
    run.interrupt()
    run.end()
    assert run.report.read_text() == "tidy"


def test_a_run_that_does_not_end_is_killed(start, monkeypatch):
    monkeypatch.setattr(runner, "PATIENCE", 0.1)
    run = start("import signal; signal.signal(signal.SIGINT, signal.SIG_IGN); tell(''); time.sleep(60)")
    while not run.report.exists():
        time.sleep(0.02)
    run.interrupt()
    run.end()
    assert run.process.wait() == -signal.SIGKILL


@pytest.mark.parametrize(
    ("part", "names"),
    [
        ("SQLite", {"phones", "names"}),
        ("PostgreSQL", {"names"}),
        ("Browser", {"log_in", "messages"}),
    ],
)
def test_what_one_database_is_enough_for_runs_once(part, names):
    paths = ["contacts/test_phones", "contacts/test_names", "browser/test_log_in", "newsroom/test_messages"]
    command = [*runner.PYTEST, "--collect-only", f"--part={part}", *(f"tests/{path}.py" for path in paths)]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True).stdout
    assert set(re.findall(r"/test_(\w+)\.py::", listed)) == names
