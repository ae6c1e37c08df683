"""A part of a file, for players that jump within a film or a recording: range requests (RFC 9110, 14)."""

import re

_one_range = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


class Part:
    """The next `length` bytes of an open file."""

    def __init__(self, file, length):
        self.file, self.left = file, length

    def read(self, size=-1):
        wanted = self.left if size < 0 else min(size, self.left)
        data = self.file.read(wanted)
        self.left -= len(data)
        return data

    def close(self):
        self.file.close()


def keep_part(request, response, open_file):
    """Reduce the `response` with a whole file to the one range that the request asks for. `open_file()` opens the file.

    Several ranges, and one of another version of the file (`If-Range`), are answered with the whole file.
    """
    response["Accept-Ranges"] = "bytes"
    asked = _one_range.fullmatch(request.headers.get("Range", ""))
    version = response.get("ETag")
    is_same = request.headers.get("If-Range", version) == version
    if request.method != "GET" or asked is None or not any(asked.groups()) or not is_same:
        return
    size = int(response["Content-Length"])
    first, last = _bounds(*asked.groups(), size)
    if first > last:
        response.status_code, response.streaming_content = 416, []
        response["Content-Length"], response["Content-Range"] = 0, f"bytes */{size}"
        return
    file = open_file()
    file.seek(first)
    response.status_code, response.streaming_content = 206, Part(file, last - first + 1)
    response["Content-Length"], response["Content-Range"] = last - first + 1, f"bytes {first}-{last}/{size}"


def _bounds(first, last, size):
    """The first and the last byte; the first is behind the last if the file has none of them."""
    if not first:  # the last so many bytes
        return max(size - int(last), 0), size - 1 if int(last) else -1
    return int(first), min(int(last), size - 1) if last else size - 1
