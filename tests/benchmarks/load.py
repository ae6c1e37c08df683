"""Requests per second of an address: by `wrk` where it is installed, else by threads of this process.

The threads are the slower client: a server that answers from memory is then measured too low, and with it
the bare view beside it. Good enough to see that everything works; figures come from wrk.
"""

import re
import shutil
import socket
import subprocess
import threading
import time
from urllib.parse import urlsplit

QUICK = getattr(socket, "TCP_QUICKACK", 0)


class Wrong(Exception):
    """An answer that is none of those expected; it says which."""


def rate(url, connections, seconds, *headers):
    measured = _wrk if shutil.which("wrk") and seconds >= 1 else _threads  # wrk counts whole seconds
    return measured(url, connections, seconds, headers)


def _wrk(url, connections, seconds, headers):
    command = ["wrk", f"-c{connections}", "-t1", f"-d{int(seconds)}s", url]
    out = subprocess.run([*command, *(f"-H{line}" for line in headers)], capture_output=True, text=True, check=True)
    if "Non-2xx" in out.stdout or "Socket errors" in out.stdout:
        raise Wrong(f"{url}\n{out.stdout}")
    return float(re.search(r"Requests/sec:\s*([\d.]+)", out.stdout)[1])


def _threads(url, connections, seconds, headers):
    parts = urlsplit(url)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    lines = [f"GET {path} HTTP/1.1", f"Host: {parts.netloc}", *headers, "", ""]
    request, counts, wrong = "\r\n".join(lines).encode(), [0] * connections, []
    end = time.monotonic() + seconds

    def ask(number):
        try:
            with socket.create_connection((parts.hostname, parts.port), 10) as link:
                while time.monotonic() < end:
                    link.sendall(request)
                    if (
                        QUICK
                    ):  # else a server that writes head and body apart waits 40 ms for the word that the head came
                        link.setsockopt(socket.IPPROTO_TCP, QUICK, 1)
                    _answer(link)
                    counts[number] += 1
        except (Wrong, OSError) as error:
            wrong.append(str(error))

    threads = [threading.Thread(target=ask, args=[number]) for number in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise Wrong(f"{url}: {wrong[0]}")
    return sum(counts) / seconds


def _answer(link):
    read = b""
    while b"\r\n\r\n" not in read:
        if not (part := link.recv(65536)):
            raise Wrong("the server closed the connection")
        read += part
    head, _, body = read.partition(b"\r\n\r\n")
    status = head.split(b"\r\n")[0].decode()
    if not re.match(r"HTTP/1.1 (200|304)", status):
        raise Wrong(status)
    if " 304" in status:
        return  # what it says of its length is that of the page
    if re.search(rb"(?i)\r\ntransfer-encoding: *chunked", head):
        while not body.endswith(b"0\r\n\r\n"):
            body += link.recv(65536)
        return
    missing = int(re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)[1]) - len(body)
    while missing > 0:
        missing -= len(link.recv(65536))
