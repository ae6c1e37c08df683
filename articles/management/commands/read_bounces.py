"""`manage.py read_bounces < MAIL`: switches off e-mail addresses whose mails came back."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from ...mail import bounces


class Command(BaseCommand):
    help = (
        "Read reports of mails that came back (RFC 3464), and switch off the addresses that do not exist any more. Let"
        " the mail server pipe what comes to DEFAULT_FROM_EMAIL into this command, or name files of a mailbox."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="*", metavar="FILE", help="a mail; without one, it is read from stdin")

    def handle(self, files, **options):
        unread = 0
        for name in files or ["-"]:
            try:
                data = sys.stdin.buffer.read(bounces.LARGEST) if name == "-" else Path(name).read_bytes()
            except OSError as error:
                self.stderr.write(f"{name}: {error.strerror}")
                unread += 1
                continue
            self.stdout.write(f"{name}: {bounces.read(data)}")
        if unread:
            raise CommandError(f"{unread} of {len(files)} files could not be read.")
