"""Many editors type at once: `DATABASE_URL=postgres://… python -m tests.benchmarks.typing_editors`

Each sends the text of a form of their own every few seconds, as the script of the forms does. Prints requests per
second, errors and times, and checks that the last text of everybody is what the database holds. The database is
emptied of nothing: give an empty one.
"""

import argparse
import contextlib
import hashlib
import http.client
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from urllib.parse import urlencode, urlsplit

from .serving import ROOT, environment, manage, serving

PATH = "/admin/articles/article/unsaved/"
TOKEN = "t" * 32
PARAGRAPH = "The river rose by two metres on Monday and fell on Tuesday, said the office in Nairobi. " * 5

PREPARE = """
import json, sys
from django.contrib.auth import SESSION_KEY, BACKEND_SESSION_KEY, HASH_SESSION_KEY, get_user_model
from django.contrib.sessions.backends.db import SessionStore
from articles.models import Article
from contacts.models import Membership
found = []
for number in range(%d):
    user = get_user_model().objects.create_user(f"typist{number}", is_staff=True)
    Membership.objects.create(user=user, role="editor")
    article = Article.objects.create(language="en", slug=f"typed-{number}", headline="Typed", created_by=user)
    session = SessionStore()
    session.update({SESSION_KEY: str(user.pk), BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend"})
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    found.append([user.pk, article.pk, session.session_key])
print(json.dumps(found))
"""
STORED = """
import hashlib, json
from contacts.models import Scratch
print(json.dumps({one.user_id: hashlib.sha256(one.data.encode()).hexdigest() for one in Scratch.objects.all()}))
"""


def ask(env, code):
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", code]
    out = subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True, text=True)
    return json.loads(out.stdout.strip().splitlines()[-1])


class Editor(threading.Thread):
    """Types for some seconds. `times`: seconds of each request; `errors`; `last`: the digest of the last text."""

    def __init__(self, site, user, article, session, options):
        super().__init__()
        self.address, self.user, self.article, self.session = urlsplit(site).netloc, user, article, session
        self.options, self.times, self.errors, self.last = options, [], [], ""

    def run(self):
        link, end = http.client.HTTPConnection(self.address, timeout=30), time.monotonic() + self.options.seconds
        time.sleep(random.uniform(0, self.options.every))
        count = 0
        while time.monotonic() < end:
            count += 1
            began = time.monotonic()
            with contextlib.suppress(OSError, http.client.HTTPException):
                self._send(link, count)
            self.times.append(time.monotonic() - began)
            if len(self.errors) + count > 10_000:
                return
            time.sleep(max(0, self.options.every - self.times[-1]))

    def _send(self, link, count):
        data = json.dumps(
            [["headline", f"Text {count}"], ["body", f"<p>{count}</p>" + PARAGRAPH * self.options.kilobytes * 2]]
        )
        fields = {
            "row": self.article, "user": self.user, "key": f"{self.user:032x}", "known": "1" if self.last else "",
            "data": data,
        }  # fmt: skip
        headers = {
            "Cookie": f"sessionid={self.session}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        self.errors.append("no answer")
        link.request("POST", PATH, urlencode(fields), headers)
        answer = link.getresponse()
        answer.read()
        self.errors[-1] = f"{answer.status}"
        if answer.status == 200:
            self.errors.pop()
            self.last = hashlib.sha256(data.encode()).hexdigest()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--editors", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--every", type=float, default=4, help="seconds between two texts of one editor")
    parser.add_argument("--kilobytes", type=int, default=12, help="of each text")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--threads", type=int, default=4)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="newsroom-") as folder:
        env = environment(folder)
        manage(env, "collectstatic", "--noinput", "-v0")
        manage(env, "migrate", "-v0")
        people = ask(env, PREPARE % options.editors)
        with serving(env, options) as (site, _process):
            editors = [Editor(site, *person, options) for person in people]
            for editor in editors:
                editor.start()
            for editor in editors:
                editor.join()
        stored = ask(env, STORED)
    times = sorted(seconds for editor in editors for seconds in editor.times)
    errors = [error for editor in editors for error in editor.errors]
    lost = sum(stored.get(str(editor.user)) != editor.last for editor in editors)
    print(f"{options.editors} editors, a text every {options.every:g} s for {options.seconds:g} s")
    print(
        f"{len(times) / options.seconds:.1f} requests/s; {len(errors)} errors {sorted(set(errors))}; {lost} texts lost"
    )
    print(
        f"median {times[len(times) // 2] * 1000:.0f} ms, p95 {times[int(len(times) * 0.95)] * 1000:.0f} ms, max {times[-1] * 1000:.0f} ms"
    )


if __name__ == "__main__":
    main()
