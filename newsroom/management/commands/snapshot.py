"""`manage.py snapshot`: the public site as files that any web server can show."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from contacts.validators import parts_of

from ...snapshot.addresses import Rules
from ...snapshot.crawl import Crawl
from ...snapshot.folder import Folder
from ...snapshot.links import Links

PAGES = 20


class Command(BaseCommand):
    help = (
        "Writes the public site into a folder: every page of every language, pictures, files, feeds and sitemaps."
        " Asks public addresses only. Run again, it writes what has changed and removes what is gone. Searches, forms,"
        " the API and lists with several filters lead to the site itself."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder")
        parser.add_argument("--host", default="", help="where the snapshot will be; without it, links are relative")
        parser.add_argument("--site", default=settings.NEWSROOM_BASE_URL, help="default: NEWSROOM_BASE_URL")
        parser.add_argument("--pages", type=int, default=PAGES, help=f"pages of each filtered list (default: {PAGES})")
        parser.add_argument("--check", action="store_true", help="compare the folder with the site; write nothing")

    def handle(self, *, folder, host, site, pages, check, **options):
        links = Links(_address("--site", site), _address("--host", host) if host else "", Rules(pages))
        crawl, folder = Crawl(links), Folder(folder)
        quiet = options["verbosity"] == 0 or None  # None: a bar on a terminal only
        with tqdm(unit=" files", disable=quiet, file=self.stderr._out) as bar:
            try:
                wrong = self._check(crawl, folder, bar) if check else self._write(crawl, folder, bar)
            except KeyboardInterrupt:
                raise CommandError(
                    "Stopped. The folder can be served; the same command goes on.", returncode=130
                ) from None
        if wrong:
            raise CommandError(wrong)

    def _each(self, crawl, bar):
        for kept in crawl.files():
            yield kept
            bar.total = len(crawl.found)
            bar.update()

    def _write(self, crawl, folder, bar):
        folder.open()
        for kept in self._each(crawl, bar):
            folder.write(*kept)
        self._tell_faults(crawl)
        if any(fault.status >= 500 for fault in crawl.faults):
            return "Some pages failed: the folder keeps what it had of them, and nothing was removed."
        folder.finish()
        counts = folder.counts
        self.stdout.write(
            f"{len(folder.kept):,} files: {counts['new']:,} new, {counts['changed']:,} changed,"
            f" {counts['unchanged']:,} unchanged; {counts['removed']:,} removed."
        )
        return None

    def _check(self, crawl, folder, bar):
        wrong = 0
        for kept in self._each(crawl, bar):
            if told := folder.compare(*kept):
                wrong += 1
                self.stdout.write(f"{kept.name} {told}")
        left = folder.left_over()
        for name in left:
            self.stdout.write(f"{name} is no part of the site")
        self._tell_faults(crawl)
        if wrong or left:
            return f"{len(folder.kept):,} files: {wrong:,} are not as on the site, {len(left):,} are too many."
        self.stdout.write(f"{len(folder.kept):,} files: all are as on the site.")
        return None

    def _tell_faults(self, crawl):
        for address, status, found_on in crawl.faults:
            self.stderr.write(f"{status}: {address}, to which {found_on} leads")


def _address(name, given):
    parts = parts_of(given)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path.strip("/") or parts.query:
        raise CommandError(f"{name}: give an address such as https://news.example.org, or set NEWSROOM_BASE_URL.")
    return given.rstrip("/")
