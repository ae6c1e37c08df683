"""`manage.py demo`: a newsroom with invented content on this machine, in one command."""

import os
import signal
import socket

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.exceptions import SuspiciousFileOperation
from django.core.management import BaseCommand, CommandError, call_command
from django.core.servers.basehttp import run
from django.core.wsgi import get_wsgi_application
from django.db import transaction
from django.http import Http404, HttpResponseNotFound
from django.middleware.gzip import GZipMiddleware
from django.utils import timezone

from articles import jobs
from articles.media import renditions
from articles.models import Article, ImportRun
from newsroom.serving.health import pending_migrations

from ...demo import content, desk

HOST = "127.0.0.1"
NAME = "localhost"  # browsers allow passkeys for it, and for no address
LAST_PORT = 65535
LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]


class StaticFiles(StaticFilesHandler):
    """Serves static files before any middleware, and so without the site's own "not found" page. Compressed."""

    def get_response(self, request):
        try:
            return GZipMiddleware(self.serve).process_response(request, self.serve(request))
        except (Http404, SuspiciousFileOperation):  # a path with ".."
            return HttpResponseNotFound("Not found\n", content_type="text/plain; charset=utf-8")


class Command(BaseCommand):
    help = "Creates the database, loads an invented organisation's newsroom if it is empty, and serves the site."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=os.environ.get("PORT", 8000))
        parser.add_argument("--no-serve", action="store_true", help="Load the content and stop.")
        parser.add_argument("--yes", action="store_true", help="Load the demo even without DEBUG.")

    def handle(self, *, port, no_serve, yes, **options):
        if not settings.DEBUG and not yes:
            raise CommandError(
                "DEBUG is off: this may be a real site. Give --yes to load invented articles and accounts into it."
            )
        serves = settings.DEBUG and not no_serve
        if serves:
            self._refuse_a_wrong_port(port)
            self._refuse_a_taken_port(port)
        if pending_migrations():
            self._say("Making the database …")
            call_command("migrate", interactive=False, verbosity=0)
        passwords = {} if Article.objects.exists() else self._load()
        if not serves:
            call_command("renditions", stdout=self.stdout, stderr=self.stderr)
        self._show(port, serves, passwords)
        if serves:
            self._serve(port)

    def _say(self, line=""):
        self.stdout.write(line)
        self.stdout.flush()

    def _refuse_a_wrong_port(self, port):
        if not 0 < port <= LAST_PORT:
            raise CommandError(f"Port {port} does not exist: ports are 1 to {LAST_PORT}.")

    def _refuse_a_taken_port(self, port):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, os.name == "posix")
            try:
                probe.bind((HOST, port))
            except OSError:
                other = port + 1 if 1024 <= port < LAST_PORT else 8001
                raise CommandError(
                    f"Port {port} is taken or not allowed: choose another with --port {other}."
                ) from None

    def _load(self):
        if taken := content.taken_names():
            raise CommandError(
                f"There are accounts with names of the demo’s: {', '.join(taken)}. Load it into an empty database."
            )
        self._say(f"Importing the newsroom of the {content.NAME} …")
        with content.dated_copy(timezone.localdate()) as folder:
            call_command("import_fixture", "places", str(folder), stdout=self.stdout, stderr=self.stderr)
            record = ImportRun.objects.latest("id")
            record.source = record.source.replace(str(folder), "demo")  # the copy is about to be deleted
            record.save(update_fields=["source"])
        # Easy passwords only in DEBUG, where the site is served on this machine alone.
        passwords = content.make_accounts(easy=settings.DEBUG)
        with transaction.atomic():
            desk.make({user.get_username(): user for user in get_user_model().objects.filter(username__in=passwords)})
        return passwords

    def _show(self, port, serves, passwords):
        """Print the addresses and the accounts, as the last lines of the start."""
        self._say()
        if serves:
            self._say("Ctrl-C stops it; the same command starts it again with all data kept.")
            if renditions.mark_incomplete():
                self._say("Smaller copies of the pictures are being made; until then pages show larger ones.")
            if not settings.EMAIL_URL:
                self._say(f"Mails are written to files in {settings.EMAIL_FILE_PATH}, and not sent.")
            self._say()
        rows = [
            (user, passwords.get(user) or (content.EASY_PASSWORD if easy else "as printed at the first start"), role)
            for user, role, easy in content.accounts()
        ]
        if not rows:
            self._say("  The database already has articles: nothing was loaded.\n")
        if serves:
            self._say(f"  Site   http://{NAME}:{port}/")
            self._say(f"  Admin  http://{NAME}:{port}/admin/\n")
        widths = [max(len(row[column]) for row in [*rows, ("user", "password", "")]) for column in (0, 1)]
        for user, password, role in [("user", "password", "who"), *rows] if rows else []:
            self._say(f"  {user:<{widths[0]}}  {password:<{widths[1]}}  {role}")
        self._say()

    def _serve(self, port):
        if "NEWSROOM_NAME" not in os.environ:
            settings.NEWSROOM_NAME, settings.NEWSROOM_NAMES = content.NAME, content.NAMES
        if "FOUR_EYES" not in os.environ:
            settings.FOUR_EYES = True
        # Show the site's own error pages, not Django's debug pages.
        settings.DEBUG, settings.ALLOWED_HOSTS = False, LOOPBACK
        settings.NEWSROOM_BASE_URL = settings.NEWSROOM_BASE_URL or f"http://{NAME}:{port}"  # links in mails
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # a `kill` is a Ctrl-C
        try:
            jobs.start()
            run(HOST, port, StaticFiles(get_wsgi_application()), threading=True)
        except KeyboardInterrupt:
            self._say()
