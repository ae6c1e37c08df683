"""The nightly check of all links of public articles, for `manage.py check_links`. What it finds is stored."""

import re
import time
from dataclasses import dataclass, field
from html import unescape

from django.db import transaction

from contacts.validators import parts_of

from ...media.fetch import FetchError, normalized, reach
from ...models import Article, BrokenLink, LinkCheck, RelatedLink
from . import addresses

PORTION = 500  # articles that are read at a time
GONE_FOR_GOOD = (404, 410)
GIVE_UP_AFTER = 3  # failures to reach one site in one run
MOST_REMEMBERED = 50_000  # own addresses
_href = re.compile(r'<a [^<>]*?href="([^"]*)"')


@dataclass
class Limits:
    """Limits of requests to other sites in one run: seconds in all, URLs, seconds between two to the same site."""

    seconds: float = 600
    addresses: int = 500
    pause: float = 1


@dataclass
class OtherSites:
    """Asks other sites, within the limits. `ask(address)` raises FetchError."""

    limits: Limits
    ask: object = reach
    answers: dict = field(default_factory=dict)  # {address: (fault, status)}
    _asked_at: dict = field(default_factory=dict)
    _failures: dict = field(default_factory=dict)

    def __post_init__(self):
        self._end = time.monotonic() + self.limits.seconds

    @property
    def is_over(self):
        return len(self.answers) >= self.limits.addresses or time.monotonic() >= self._end

    def fault(self, address):
        """(code, status) of an address; ("", 0) if it works or says nothing about readers."""
        address = normalized(address)
        if address not in self.answers:
            self.answers[address] = self._ask(address, parts_of(address).netloc)
        return self.answers[address]

    def _ask(self, address, site):
        if self._failures.get(site, 0) >= GIVE_UP_AFTER:
            return "unreachable", 0
        wait = self._asked_at.get(site, -self.limits.pause) + self.limits.pause - time.monotonic()
        if wait > 0 and site in self._asked_at:
            time.sleep(wait)
        try:
            self.ask(address)
        except FetchError as error:
            self._failures[site] = self._failures.get(site, 0) + error.is_unreachable
            if error.status in GONE_FOR_GOOD:
                return "answer", error.status
            # Others, such as 403, are refusals of programs: readers may see the page.
            return ("unreachable", error.status) if error.is_unreachable or error.status >= 500 else ("", 0)
        finally:
            self._asked_at[site] = time.monotonic()
        return "", 0


def check_links(other_sites=None):
    """Check every public article and store what is found. Returns the `LinkCheck`.

    Links to other sites are asked only with `other_sites`, beginning where the last run had to stop.
    """
    last = LinkCheck.objects.first()
    run = LinkCheck.objects.create(next_article=last and last.next_article)
    known = {}
    for articles in _portions():
        run.articles += len(articles)
        _store(articles, lambda address: _own_fault(address, known), is_own=True)
    if other_sites is not None:
        run.next_article = _check_other_sites(other_sites, run.next_article)
        run.asked = len(other_sites.answers)
    public = Article.objects.readable().filter(pk__in=BrokenLink.objects.order_by().values("article"))
    BrokenLink.objects.exclude(article__in=list(public.order_by().values_list("pk", flat=True))).delete()
    run.broken = BrokenLink.objects.count()
    run.save()
    return run


def _check_other_sites(other_sites, below):
    """Returns the id below which the next run goes on; None if this one came to the end."""
    for articles in _portions(below):
        for article, links in articles.items():
            if other_sites.is_over:
                return article + 1
            _store({article: links}, lambda address: _other_fault(address, other_sites), is_own=False)
    return None


def _portions(below=None):
    """Yield {id: its links} of readable articles, the newest first."""
    while True:
        rows = Article.objects.readable().order_by("-pk").values_list("pk", "body", "notes_to_editors")
        rows = list((rows.filter(pk__lt=below) if below else rows)[:PORTION])
        if not rows:
            return
        links = {pk: [unescape(href) for text in texts for href in _href.findall(text)] for pk, *texts in rows}
        for pk, url in RelatedLink.objects.filter(article__in=list(links)).values_list("article", "url"):
            links[pk].append(url)
        yield {pk: dict.fromkeys(found) for pk, found in links.items()}
        below = rows[-1][0]


def _own_fault(address, known):
    path = addresses.own_path(address)
    if path not in known:
        if len(known) >= MOST_REMEMBERED:
            known.clear()
        known[path] = addresses.fault(path), 0
    return known[path]


def _other_fault(address, other_sites):
    is_web = address.lower().startswith(("http:", "https:"))
    return other_sites.fault(address) if is_web else ("", 0)


@transaction.atomic
def _store(articles, fault_of, is_own):
    """Bring the rows of these articles up to date: those about own addresses, or those about others."""
    stored = {}
    for row in BrokenLink.objects.filter(article__in=list(articles)):
        if (addresses.own_path(row.address) is not None) == is_own:
            stored[row.article_id, row.address] = row
        elif row.address not in articles[row.article_id]:
            row.delete()  # no longer in the text
    for article, links in articles.items():
        for address in links:
            if (addresses.own_path(address) is not None) == is_own:
                _keep(stored.pop((article, address), None), article, address, *fault_of(address))
    for row in stored.values():
        row.delete()


def _keep(row, article, address, fault, status):
    if not fault:
        if row is not None:
            row.delete()
    elif row is None:
        BrokenLink.objects.create(article_id=article, address=address, fault=fault, status=status)
    else:
        row.fault, row.status, row.times = fault, status, min(row.times + 1, 1000)
        row.save(update_fields=["fault", "status", "times"])
