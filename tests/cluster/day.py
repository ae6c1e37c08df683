"""A day of the newsroom on the cluster: edit, publish, schedule, upload, withdraw, mail; each seen everywhere."""

import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from zoneinfo import ZoneInfo

from tests import files

from .desk import Person, article
from .readers import connection, read

SEEN_SECONDS = 75  # how long somebody looks for what was published before it counts as lost
MAIL_SECONDS = 240  # what a killed process had claimed is free again after three minutes


class Day:
    """`drafts`: ids of drafts that are complete. `goal`: seconds until something is seen, on the machines and in front."""

    def __init__(self, cluster, readers, table, drafts, subscribers, goal):
        self.cluster, self.readers, self.table, self.goal = cluster, readers, table, goal
        self.drafts, self.subscribers = list(drafts), subscribers
        self.published, self.uploads, self.saved, self.number = [], [], {}, 0
        with ThreadPoolExecutor(2) as both:
            self.walt, self.aziz = both.map(self._person, ("walt", "aziz"))

    def _person(self, name):
        return Person(self.cluster.front, self.cluster.is_tls, self.cluster.headers).log_in(name)

    # What people do

    def edit_and_submit(self, **changes):
        """Walt gives the next draft a headline and hands it in; returns (id, headline)."""
        pk, self.number = self.drafts.pop(0), self.number + 1
        headline = f"News number {self.number} of the cluster"
        self.walt.send(article(pk), headline=headline, **changes)
        self.walt.send(article(pk), _move="submit")
        self.saved[pk] = headline
        return pk, headline

    def publish(self):
        """Aziz approves what Walt hands in. (Watch, moment of the answer)"""
        pk, headline = self.edit_and_submit()
        watch, begun = Watch(self.cluster, headline), time.monotonic()
        self.aziz.send(article(pk), _move="approve")
        self.pace = self.aziz.redirects.answered - begun
        self.published.append((pk, headline))
        return watch, self.aziz.redirects.answered

    def schedule(self):
        """Published by the clock some seconds after the approval, at a full second; (Watch, moment by the monotonic clock)."""
        pk, headline = self.edit_and_submit()
        moment = (datetime.now(UTC) + timedelta(seconds=4 + 2 * self.pace)).replace(microsecond=0)
        # The form takes the time of the office.
        local = moment.astimezone(ZoneInfo("Europe/Zurich")).replace(tzinfo=None).isoformat()
        watch = Watch(self.cluster, headline)
        self.aziz.send(article(pk), publish_at=local, _move="approve")
        self.published.append((pk, headline))
        return watch, time.monotonic() + (moment - datetime.now(UTC)).total_seconds()

    def upload(self):
        """Walt adds a picture to the library; its address."""
        self.number += 1
        picture = files.picture(900 + self.number, 600)
        words = {"credit": "Ada Example", "translations-0-alt": f"Picture {self.number}"}
        self.walt.send("/admin/articles/image/add/", {"file": ("a.jpg", "image/jpeg", picture)}, **words)
        page = self.walt.get("/admin/articles/image/?o=-1").text
        found = re.search(r"/admin/articles/image/(\d+)/change/", page)
        form = self.walt.get(f"/admin/articles/image/{found[1]}/change/").text
        address = re.search(r"/media/images/[0-9a-f]{2}/[0-9a-f]{64}\.jpg", form)[0]
        self.uploads.append(address)
        return address

    def withdraw(self):
        """Aziz takes back what was published first. (Watch, moment of the answer)"""
        pk, headline = self.published.pop(0)
        watch = Watch(self.cluster, headline, is_shown=False)
        self.aziz.send(f"/admin/articles/article/{pk}/move/withdraw/", reason="It was wrong.")
        self.saved.pop(pk)
        return watch, self.aziz.redirects.answered

    def purge_from_outside(self):
        """What anybody may not do. Without nginx everybody on this machine may."""
        if not self.cluster.nginx:
            return
        link = connection(self.cluster.front, self.cluster.is_tls)
        link.request("PURGE", "/", headers={"Surrogate-Key": "newsroom"})
        status = link.getresponse().status
        link.close()
        self.table.add("a purge by a stranger", status, "refused", status in (403, 405))

    # What everybody sees

    def seen(self, what, watch, since, is_scheduled=False):
        """How many seconds after `since` each place showed it.

        What somebody posts may be seen before the answer to the post, what is scheduled never before its moment.
        """
        watch.join()
        took = {place: moment and max(0.0, moment - since) for place, moment in watch.found.items()}
        early = is_scheduled and any(moment and moment < since for moment in watch.found.values())
        figure = ", ".join(f"{place} {_shown(seconds)}" for place, seconds in took.items())
        limits = {place: self.goal[place.startswith("through")] for place in took}
        right = all(took[place] is not None and took[place] <= limits[place] for place in took)
        figure += ", too early" if early else ""
        goal = f"≤ {self.goal[0]:g} s, through the proxies ≤ {self.goal[1]:g} s"
        self.table.add(what, figure, goal, right and not early)

    def mails_came_once(self, what, articles):
        """Each subscriber is told of each of these articles once; waits for those that are on their way."""
        headlines = [headline for _pk, headline in articles]
        wanted = len(headlines) * self.subscribers
        until, got = time.monotonic() + MAIL_SECONDS, {}
        while time.monotonic() < until:
            got = self._told(headlines)
            if len(got) >= wanted:
                break
            time.sleep(0.1)
        twice = sum(number - 1 for number in got.values())
        figure = f"{len(got)} of {wanted} came, {twice} of them twice"
        self.table.add(what, figure, "each once", len(got) == wanted and not twice)

    def _told(self, headlines):
        """{(subscriber, headline): how often}"""
        got = {}
        for message in self.cluster.mail.got:
            text = message.get_body(("plain",)).get_content()
            for headline in headlines:
                if message["To"].startswith("reader-") and re.search(rf"{re.escape(headline)}\b", text):
                    key = message["To"], headline
                    got[key] = got.get(key, 0) + 1
        return got

    def nothing_is_lost(self):
        rows = dict(self.cluster.servers.ask(self.cluster.servers.port, "SELECT id, headline FROM articles_article"))
        lost = [headline for pk, headline in self.saved.items() if rows.get(pk) != headline]
        self.table.add("texts that were saved", f"{len(self.saved) - len(lost)} of {len(self.saved)}", "all", not lost)
        answers = [self.walt.get(address).status for address in self.uploads]
        there = sum(status == 200 for status in answers)
        self.table.add("files that were uploaded", f"{there} of {len(answers)}", "all", there == len(answers))
        links = self.cluster.places().values()
        hidden = [read(link, address, headers).status for link, headers in links for address in self.uploads]
        kept = sum(status == 404 for status in hidden)
        self.table.add(
            "files of drafts that readers get", f"{len(hidden) - kept} of {len(hidden)}", "none", kept == len(hidden)
        )


class Watch(threading.Thread):
    """Looks at the front list of every place until it shows the headline, or no longer. `found`: {place: moment}."""

    def __init__(self, cluster, headline, is_shown=True):
        super().__init__(daemon=True)
        self.places, self.headline, self.is_shown = cluster.places(), headline, is_shown
        self.found = dict.fromkeys(self.places)
        self.start()

    def run(self):
        until = time.monotonic() + SEEN_SECONDS
        while None in self.found.values() and time.monotonic() < until:
            for place, (link, headers) in self.places.items():
                if self.found[place] is None:
                    text = page(link, "/en/news/", headers)
                    if text and (self.headline in text) == self.is_shown:
                        self.found[place] = time.monotonic()
            time.sleep(0.02)
        for link, _headers in self.places.values():
            link.close()


def page(link, path, headers):
    """The text of a page; empty if there is none."""
    try:
        link.request("GET", path, headers=headers)
        answer = link.getresponse()
        text = answer.read().decode(errors="replace")
        return text if answer.status == 200 else ""
    except (OSError, HTTPException):
        link.close()
        return ""


def _shown(seconds):
    return "never" if seconds is None else f"{seconds:.2f} s"
