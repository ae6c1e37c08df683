"""Tells the caches in front of the site (Varnish, Fastly, Cloudflare: PURGE_URL) which pages they must fetch again.

Every public answer carries one key. Whatever is published may change any page, as the site version does, so one
request drops all that has the key. It is sent in the background by the process that made the change. A cache that
does not answer is asked again for a minute; by then it has nothing old left, because answers say how long they last.
"""

import atexit
import json
import logging
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field

from django.conf import settings

logger = logging.getLogger(__name__)

KEY, NO_PAGE = "newsroom", "no-page"
HEADERS = {"varnish": "Surrogate-Key", "fastly": "Surrogate-Key", "cloudflare": "Cache-Tag"}
FASTLY = "https://api.fastly.com"
CLOUDFLARE = "https://api.cloudflare.com"
# Seconds after a change. At the first moment all processes know the new site version; before it a cache could get an
# old page again. The second drops the pages that were begun before and took long.
MOMENTS = (1.0, 5.0)
TIMEOUT = 5  # seconds
GIVE_UP = 60.0  # seconds: after them no cache may have an old page
RETRY_AFTER = 2.0


def mark(request, response):
    """Add the key to an answer, unless it is one of the desk or a static file, whose content never changes."""
    if settings.PURGE and not request.path_info.startswith((settings.STATIC_URL, "/admin/")):
        for kind in {one[0] for one in settings.PURGE}:
            response.headers[HEADERS[kind]] = KEY


def soon():
    """Purge all caches, in threads. Returns at once."""
    for address in settings.PURGE:
        _purger(address).begin(time.monotonic())


def refusals():
    """[(kind, error)] of the caches that do not obey. Asked to drop pages of a key that none has."""
    asked = [(address[0], Purger(*address).failure(NO_PAGE)) for address in settings.PURGE]
    return [(kind, error) for kind, error in asked if error]


@dataclass
class Purger:
    """Purges one cache. `due`: the moments at which it is purged; `since`: the change that it does not know yet."""

    kind: str
    token: str
    where: str
    due: list = field(default_factory=list)
    since: float = 0.0
    changed: threading.Condition = field(default_factory=threading.Condition)
    thread: threading.Thread | None = None

    def __post_init__(self):
        # Varnish stands beside the machines: no proxy of the environment leads to it.
        handlers = [urllib.request.ProxyHandler({})] if self.kind == "varnish" else []
        self.opener = urllib.request.build_opener(*handlers)

    def begin(self, now):
        with self.changed:
            self.due = sorted({*self.due, *(now + seconds for seconds in MOMENTS)})
            self.since = now
            self.changed.notify()
            if self.thread is None or not self.thread.is_alive():
                self.thread = threading.Thread(target=self._work, name=f"purge {self.kind}", daemon=True)
                self.thread.start()

    def finish(self):
        """Wait until what is due was sent: a command ends after it."""
        if thread := self.thread:
            thread.join(max(MOMENTS) + TIMEOUT)

    def _work(self):
        """Ends when nothing is due any more."""
        while True:
            with self.changed:
                if not self.due:
                    self.thread = None
                    return
                now = time.monotonic()
                if self.due[0] > now:
                    self.changed.wait(self.due[0] - now)
                    continue
                self.due = [moment for moment in self.due if moment > now]
            if error := self.failure():
                self._try_again(error)

    def failure(self, key=KEY):
        """Send the request; returns what went wrong."""
        try:
            with self.opener.open(self.request(key), timeout=TIMEOUT) as answer:
                answer.read(1000)
        except urllib.error.HTTPError as error:
            with error:
                return f"it answers {error.code}"
        except OSError as error:
            return getattr(error, "reason", None) or error
        return None

    def _try_again(self, error):
        with self.changed:
            now = time.monotonic()
            if now + RETRY_AFTER - self.since < GIVE_UP:
                self.due = sorted([*self.due, now + RETRY_AFTER])
                logger.warning(
                    "The cache in front (%s) could not be told of a change, again soon: %s", self.kind, error
                )
            else:
                logger.error("The cache in front (%s) was not told of a change: %s", self.kind, error)

    def request(self, key=KEY):
        """The urllib Request that drops all that has the key."""
        if self.kind == "varnish":  # deploy/varnish.vcl
            return urllib.request.Request(f"http://{self.where}/", headers={"Surrogate-Key": key}, method="PURGE")
        if self.kind == "fastly":  # https://www.fastly.com/documentation/reference/api/purging/
            address = f"{FASTLY}/service/{self.where}/purge/{key}"
            return urllib.request.Request(address, headers={"Fastly-Key": self.token}, method="POST")
        # https://developers.cloudflare.com/api/resources/cache/methods/purge/
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        address = f"{CLOUDFLARE}/client/v4/zones/{self.where}/purge_cache"
        return urllib.request.Request(address, json.dumps({"tags": [key]}).encode(), headers, method="POST")


_purgers = {}
_lock = threading.Lock()


def _purger(address):
    with _lock:
        if address not in _purgers:
            _purgers[address] = Purger(*address)
            atexit.register(_purgers[address].finish)
        return _purgers[address]
