"""An application whose every answer takes a while."""

import time


def application(environ, start_response):
    time.sleep(2)
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "4")])
    return [b"done"]
