"""Clients that send their requests slowly, or too much, do not keep others from reading."""

import http.client
import resource
import socket
from contextlib import ExitStack, closing

import pytest

from newsroom.serving import worker
from tests.newsroom.servers import serving, wait_for

pytestmark = pytest.mark.one_database
THREADS = 3


@pytest.fixture(scope="module")
def port():
    with serving("tests.newsroom.slow:application", threads=THREADS) as (port, _process):
        wait_for(port)
        yield port


def ask(port, method="GET", path="/quick", body=None, timeout=30):
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)) as connection:
        connection.request(method, path, body)
        answer = connection.getresponse()
        return answer.status, answer.read()


def begin(port, head):
    """A connection on which so much of a request was sent."""
    connection = socket.create_connection(("127.0.0.1", port), 30)
    connection.sendall(head)
    return connection


def received(connection, end):
    """What comes, until it holds `end`; it may come in several pieces."""
    answer = b""
    while end not in answer and (piece := connection.recv(1000)):
        answer += piece
    return answer


BODY_TO_COME = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab"


def test_bodies_that_never_come_leave_a_thread_for_readers(port):
    with ExitStack() as slow:
        waiting = [slow.enter_context(begin(port, BODY_TO_COME)) for _ in range(THREADS * 3)]
        for _reader in range(5):
            assert ask(port) == (200, b"done")
        assert ask(port, "POST", body=b"12345")[0] == 503
        waiting[0].sendall(b"cde")
        assert b"5 bytes" in received(waiting[0], b"bytes")
    assert ask(port, "POST", body=b"12345") == (200, b"5 bytes")


def test_many_idle_connections_keep_nobody_out(port):
    """More than granian would take by itself, for a shorter time than it waits for their heads."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 2500), hard))
    with ExitStack() as slow:
        for _ in range(1500):
            slow.enter_context(begin(port, b"GET / HTTP/1.1\r\nX-Slow: "))
        assert ask(port, timeout=15) == (200, b"done")


@pytest.mark.parametrize("size", [0, 1, 5_000, worker.BODY_IN_MEMORY + 1])
def test_a_body_arrives_whole(port, size):
    assert ask(port, "POST", "/admin/", body=b"x" * size) == (200, b"%d bytes" % size)


def test_a_large_body_is_for_forms_that_take_one(port):
    size = worker.LARGEST_OTHER_BODY + 1
    assert ask(port, "POST", "/en/", body=b"x" * size)[0] == 413
    for path in ("/en/verify/", "/review/a/"):
        assert ask(port, "POST", path, body=b"x" * size) == (200, b"%d bytes" % size)


@pytest.mark.parametrize(
    "path", ["/en/news/verify/", "/en/verify/a/", "/verify/", "/en/review/a/", "/review/a/b/", "/en/admin/"]
)
def test_no_other_url_takes_a_large_body(path):
    assert worker.largest_body(path) == worker.LARGEST_OTHER_BODY


def test_a_body_that_no_form_allows_is_refused_before_it_comes(port):
    for path in ("/", "/admin/articles/", "/zh-hans/verify/", "/review/a/"):
        head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {worker.largest_body(path) + 1}\r\n\r\n"
        with begin(port, head.encode()) as connection:
            assert connection.recv(1000).startswith(b"HTTP/1.1 413 ")
