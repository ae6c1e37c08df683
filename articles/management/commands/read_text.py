"""`manage.py read_text FILE…`: reads press releases into the parts of articles, as JSON. Nothing is stored."""

import json
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from ...importing.from_text import LANGUAGES, LARGEST, TooLong, read_text


class Command(BaseCommand):
    help = "Read press releases, text or HTML, into fields with passages: one JSON object a line. Nothing is stored."

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", metavar="FILE", help="a text or HTML file in UTF-8")
        parser.add_argument("--language", choices=LANGUAGES, help="the language of the texts; without it, it is read")

    def handle(self, files, language, **options):
        failed = 0
        for name in files:
            try:
                reading = read_text(self._text(name), language)
            except (OSError, UnicodeDecodeError, TooLong, ValidationError) as error:
                told = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
                self.stderr.write(f"{name}: {told}")
                failed += 1
                continue
            self.stdout.write(json.dumps({"file": name, **reading.as_json()}, ensure_ascii=False))
        if failed:
            raise CommandError(f"{failed} of {len(files)} files could not be read.")

    def _text(self, name):
        with Path(name).open("rb") as file:
            return file.read(LARGEST + 1).decode("utf-8-sig")
