"""`manage.py export_fixture [-o FILE]`: see articles/importing/README.md."""

import sys

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.http import QueryDict

from articles.models import Article

from ...importing.export import Export
from ...importing.export_files import write
from ...importing.report import FixtureError, unavailable
from ...listing.filters import ArticleFilter
from ...listing.labels import Names


class Command(BaseCommand):
    help = "Write the newsroom, or the articles that the list's filters choose, as a fixture that imports again."

    def add_arguments(self, parser):
        parser.add_argument("-o", "--output", default="-", help="a file, a folder or a .zip (both with media); else -")
        for name in ArticleFilter.base_filters:
            parser.add_argument(f"--{name}", help=f"as in the list's address: ?{name}=…")
        parser.add_argument("--language", help="articles in this language, and their sources")
        parser.add_argument("--state", choices=Article.State.values, help="articles in this state")

    def handle(self, output, **options):
        stream = getattr(self.stdout._out, "buffer", None) or sys.stdout.buffer
        try:
            export = Export(self.articles(options))
            records, files = write(export, output, stream)
        except FixtureError as stop:
            raise CommandError(str(stop)) from None
        except BrokenPipeError:
            raise CommandError("The reader of the output went away.") from None
        except DatabaseError as error:
            raise CommandError(unavailable(error)) from None
        for line in export.circles:
            self.stderr.write(f"warning: {line}")
        if output != "-":
            self.stderr.write(f"{output}: {records:,} records, {files:,} files.")

    def articles(self, options):
        """The chosen articles, or None for all of the newsroom."""
        asked = {name: options[name] for name in ArticleFilter.base_filters if options[name] is not None}
        plain = {name: options[name] for name in ("language", "state") if options[name]}
        if not asked and not plain:
            return None
        query = QueryDict(mutable=True)
        query.update(asked)
        found = ArticleFilter(query, names=Names())
        for name, errors in found.form.errors.items():
            raise CommandError(f"--{name} {asked.get(name, '')}: {errors[0]}")
        # Not by the search index: that knows the newest thousand hits, of public articles only.
        return Article.objects.filter(**plain).matching(found.criteria()).containing(options["q"] or "")
