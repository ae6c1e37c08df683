"""An application that begins each answer at once and ends it later; that of a request with a body it gives at once."""

import time


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    if environ["REQUEST_METHOD"] == "POST":
        yield b"%d bytes" % len(environ["wsgi.input"].read())
        return
    if environ["PATH_INFO"] == "/quick":
        yield b"done"
        return
    yield b"begun, "
    time.sleep(2)
    yield b"done"
