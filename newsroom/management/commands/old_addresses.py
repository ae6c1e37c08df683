"""`manage.py old_addresses FILE`: a table of old addresses of any length, checked line by line, stored whole or not."""

from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.management.base import BaseCommand, CommandError
from django.http import HttpRequest

from articles.importing.tables import old_addresses as table
from articles.importing.tables.reading import TableError


class Command(BaseCommand):
    help = "Read a CSV or Excel file of old addresses (from, to, note). One wrong line, and nothing is stored."

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--plan", action="store_true", help="list what is wrong, store nothing")
        parser.add_argument("--later", action="store_true", help="take lines whose page does not exist yet, too")
        parser.add_argument("--encoding", default="", help="if it is not found out")

    def handle(self, file, **given):
        try:
            plan = table.read(_request(), Path(file).read_bytes(), not given["later"], given["encoding"], most=None)
        except (OSError, TableError) as error:
            raise CommandError(f"{file}: {getattr(error, 'strerror', None) or error}") from None
        for line, column, sentence in plan.problems:
            self.stderr.write(f"{file}:{line}: {column and f'{column}: '}{sentence}")
        if plan.problems:
            raise CommandError(f"{len(plan.problems):,} problems. Nothing was stored.")
        if given["plan"]:
            counts = f"{len(plan.new):,} new, {len(plan.changed):,} changed, {plan.unchanged:,} as they are"
            self.stdout.write(f"{counts}. Nothing was stored.")
            return
        table.store(plan)
        self.stdout.write(table.sentence(plan))


def _request():
    """As a stranger asks for a page of this site: so it is found out whether there is one."""
    own, request = urlsplit(settings.NEWSROOM_BASE_URL), HttpRequest()
    names = [name for name in settings.ALLOWED_HOSTS if name.strip("*.") == name]
    host = own.netloc or next(iter(names), "localhost")
    request.META = {"HTTP_HOST": host, "SERVER_NAME": host, "SERVER_PORT": "80", "REQUEST_METHOD": "GET"}
    request.method, request.user = "GET", AnonymousUser()
    return request
