"""What a worker of the server runs: the site, with limits for the bodies of requests, until the server retires it."""

import os
import re
import signal
import socket
import sys
import tempfile
import threading
from shutil import copyfileobj

from .. import env

MEGABYTE = 1024 * 1024
# Bytes of a post to these URLs: what their forms take, and more, so that they say themselves what is too large.
LARGEST_BODIES = {
    re.compile("/admin/"): (env.number("RECORDING_MAX_MEGABYTES", 200) + 50)
    * MEGABYTE,  # a video and the rest of its form
    re.compile("/[a-z-]+/verify/$"): 64 * MEGABYTE,  # a file
    re.compile("/review/[^/]+/$"): 5 * MEGABYTE,  # 100 remarks
}
LARGEST_OTHER_BODY = 64 * 1024
BODY_IN_MEMORY = MEGABYTE  # a larger one waits on the disk


def load_anew(*arguments):
    """As `load`, without the modules that the first process had imported: they may be older than the code is now."""
    for name in [*sys.modules]:
        if name.partition(".")[0] == "newsroom":
            del sys.modules[name]
    return load(*arguments)


def load(target_loader, listener, threads, say_ready, is_reload):
    """In a new worker: the application, once it is loaded. `listener`: the number of its socket.

    What would refuse the start of the server refuses a reload, too.
    """
    application = Application(target_loader(), listener, threads)
    if is_reload and "newsroom.wsgi" in sys.modules:
        from newsroom.management.commands import serve  # needs Django's apps

        try:
            serve.refuse_to_serve()
        except serve.CommandError as error:
            sys.exit(f"newsroom: {error}")
    signal.signal(signal.SIGUSR1, application.retire)
    say_ready.send_bytes(b"ready")
    say_ready.close()
    return application


def largest_body(path):
    return next((size for url, size in LARGEST_BODIES.items() if url.match(path)), LARGEST_OTHER_BODY)


class Application:
    """The site as a worker serves it.

    After `retire` it takes no new connection, and ends each with its next answer. Otherwise a request that is on its
    way while the worker stops would find its connection closed.

    A thread waits for the body of a request as long as the client takes to send it. So that a few slow clients cannot
    keep all threads, one of them is left for requests without a body: those of readers.
    """

    def __init__(self, site, listener, threads):
        self.site, self.listener, self.is_retired = site, listener, False
        self.bodies = threading.BoundedSemaphore(max(1, threads - 1))

    def __call__(self, environ, start_response):
        if environ.get("CONTENT_LENGTH", "0") not in ("", "0") and (refused := self._read_body(environ)):
            start_response(refused, [("Content-Type", "text/plain"), ("Retry-After", "5"), ("Connection", "close")])
            return [refused.encode()]

        def start(status, headers, exc_info=None):
            # Asked when the answer begins: the worker may have been retired while the request was under way.
            return start_response(status, [*headers, ("Connection", "close")] if self.is_retired else headers)

        return self.site(environ, start)

    def _read_body(self, environ):
        """Put the whole body in place of the connection; the status if that is refused."""
        length = environ["CONTENT_LENGTH"]
        if not length.isdecimal() or int(length) > largest_body(environ.get("PATH_INFO", "")):
            return "413 Content Too Large"
        if not self.bodies.acquire(blocking=False):
            return "503 Service Unavailable"
        try:
            body = tempfile.SpooledTemporaryFile(BODY_IN_MEMORY)  # noqa: SIM115 - closed with the request
            copyfileobj(environ["wsgi.input"], body)
        finally:
            self.bodies.release()
        body.seek(0)
        environ["wsgi.input"] = body
        return ""

    def retire(self, signum, frame):
        # Granian cannot stop to accept alone: it goes on with a socket to which nobody connects.
        nobody = socket.create_server(("127.0.0.1", 0))
        nobody.setblocking(False)
        os.dup2(nobody.detach(), self.listener)
        self.is_retired = True
