"""An application that begins each answer at once and ends it later."""

import time


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    yield b"begun, "
    time.sleep(2)
    yield b"done"
