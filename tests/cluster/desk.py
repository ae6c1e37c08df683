"""A person at the desk: logs in, opens forms of the admin and posts them as a browser does."""

import http.cookiejar
import re
import secrets
import ssl
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from tests.forms import filled

PASSWORD = "a long password"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
HIDDEN = re.compile(r'<input type="hidden" name="(version|acknowledged)" value="([^"]*)">')
SECONDS = 30


class Refused(Exception):
    """The desk did not do what was asked; with what its page says."""


@dataclass
class Answer:
    status: int
    address: str
    content: bytes

    @property
    def text(self):
        return self.content.decode(errors="replace")


class Redirects(urllib.request.HTTPRedirectHandler):
    """Notes when a post was answered: the page that follows takes a while."""

    answered = 0.0

    def redirect_request(self, request, *args):
        if request.data is not None:
            self.answered = time.monotonic()
        return super().redirect_request(request, *args)


class Person:
    """`port`: of the site. Without TLS, `headers` say what a proxy would say that ends it."""

    def __init__(self, port, is_tls, headers):
        self.address, self.origin = f"{'https' if is_tls else 'http'}://127.0.0.1:{port}", f"https://127.0.0.1:{port}"
        self.headers, self.redirects = headers, Redirects()
        trusting = ssl.create_default_context()
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        always = http.cookiejar.DefaultCookiePolicy(secure_protocols=("https", "http"))
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar(always))
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPSHandler(context=trusting), cookies, self.redirects
        )

    def get(self, path):
        return self._ask(path)

    def post(self, path, data, files=None):
        """`data` as `filled` gives it; `files`: {field: (name, type, content)}."""
        if files:
            body, kind = _multipart(data, files)
        else:
            body, kind = urlencode(data, doseq=True).encode(), "application/x-www-form-urlencoded"
        return self._ask(path, body, {"Content-Type": kind, "Origin": self.origin, "Referer": self.origin + path})

    def _ask(self, path, body=None, headers=None):
        request = urllib.request.Request(self.address + path, body, self.headers | (headers or {}))
        try:
            with self.opener.open(request, timeout=SECONDS) as answer:
                return Answer(answer.status, answer.url, answer.read())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, error.url, error.read())

    def log_in(self, name):
        page = self.get("/admin/login/?next=/admin/")
        if page.status != 200:
            raise Refused(f"{name} gets no page to log in: {page.status}")
        data = {"username": name, "password": PASSWORD, "csrfmiddlewaretoken": TOKEN.search(page.text)[1]}
        answer = self.post("/admin/login/?next=/admin/", data | {"next": "/admin/"})
        if answer.status != 200 or "/login/" in answer.address:
            raise Refused(f"{name} could not log in: {answer.status}")
        return self

    def send(self, path, files=None, **changes):
        """Open a form, change these fields and post it; Refused if the page does not say that it was done."""
        answer = self.post(path, filled(self.get(path), **changes), files)
        if 'name="acknowledged"' in answer.text:  # what the checks found was read
            hidden = dict(HIDDEN.findall(answer.text))
            answer = self.post(
                urlsplit(answer.address).path, hidden | {"csrfmiddlewaretoken": TOKEN.search(answer.text)[1]}
            )
        done = 'class="success"' in answer.text
        if not done:
            words = re.findall(r'class="(?:errorlist[^"]*|errornote|error|warning)"[^>]*>(.{0,300})', answer.text, re.S)
            raise Refused(f"{path}: {answer.status} {' '.join(words)[:600]}")
        return answer


def article(pk):
    return f"/admin/articles/article/{pk}/change/"


def _multipart(data, files):
    boundary = secrets.token_hex(16)
    parts = []
    for name, values in data.items():
        for value in values if isinstance(values, list) else [values]:
            parts.append(f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode())
    for name, (file, kind, content) in files.items():
        head = (
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{file}"\r\nContent-Type: {kind}'
        )
        parts.append(f"{head}\r\n\r\n".encode() + content + b"\r\n")
    parts.append(f"--{boundary}--\r\n".encode())
    return b"".join(parts), f"multipart/form-data; boundary={boundary}"
