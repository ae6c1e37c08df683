"""A server that cannot have its address says so in one line, and never shares a port with another without a word."""

import errno
import socket
import subprocess
import sys

import pytest

from newsroom.serving import server
from tests.newsroom.servers import ROOT

pytestmark = pytest.mark.one_database


def other_server(host, reuse_port=False):
    other = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    if reuse_port:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    other.bind((host, 0))
    other.listen()
    return other


def start(host, port):
    command = [
        sys.executable,
        "-m",
        "newsroom.serving.server",
        f"--host={host}",
        f"--port={port}",
        "nowhere:application",
    ]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize(
    ("others", "ours"),
    [("127.0.0.1", "127.0.0.1"), ("0.0.0.0", "127.0.0.1"), ("::1", "::1"), ("::", "127.0.0.1"), ("127.0.0.1", "::")],
)
@pytest.mark.parametrize("reuse_port", [False, True])
def test_a_taken_port_is_refused(others, ours, reuse_port):
    with other_server(others, reuse_port) as other:
        port = other.getsockname()[1]
        with pytest.raises(OSError, match=r"\d+") as refused:
            server.listeners(ours, port, 2)
        assert "is taken by another server" in server.refusal(ours, port, refused.value)


def test_the_refusal_is_one_line():
    with other_server("127.0.0.1", reuse_port=True) as other:
        port = other.getsockname()[1]
        done = start("127.0.0.1", port)
    assert (done.returncode, done.stdout) == (1, "")
    line = f"newsroom: Port {port} on 127.0.0.1 is taken by another server: choose another with PORT or --port.\n"
    assert done.stderr == line


@pytest.mark.parametrize("host", ["192.0.2.1", "no-such-host.invalid", "host with spaces", "1.2.3.4.5"])
def test_an_address_of_another_machine_is_refused(host):
    with pytest.raises(OSError, match=r".") as refused:
        server.listeners(host, 0, 1)
    assert server.refusal(host, 8000, refused.value) == f"{host} is no address of this machine: see HOST or --host."


def test_a_port_for_the_administrator_alone_is_refused():
    assert "may not open port 80" in server.refusal("127.0.0.1", 80, PermissionError(errno.EACCES, "denied"))


def test_a_name_is_looked_up_and_each_worker_has_a_socket():
    sockets = server.listeners("localhost", 0, 3)
    assert len({listener.getsockname() for listener in sockets}) == 1
    with socket.create_connection(sockets[0].getsockname()[:2], 5):
        pass
    for listener in sockets:
        listener.close()
