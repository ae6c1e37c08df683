"""`manage.py convert SOURCE… -o news.jsonl`: see articles/importing/README.md, "Moving in"."""

import codecs
import sys

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ...importing.converting.inputs import KINDS
from ...importing.converting.records import Defaults
from ...importing.converting.run import Options, convert
from ...importing.report import FixtureError, Progress
from ...importing.tables import to_fixture
from ...kinds import kind_choices


class Command(BaseCommand):
    requires_system_checks = []  # they load every page and form, which takes an eighth of the start
    help = (
        "Convert WordPress exports, feeds, HTML pages, CSV or Excel files into a newsroom fixture, and list what does"
        " not come along."
    )

    def add_arguments(self, parser):
        parser.add_argument("sources", nargs="+", metavar="SOURCE", help="files (also .gz) or folders")
        parser.add_argument(
            "-o", "--output", default="", help="a .jsonl or .jsonl.gz; with media a folder or a .zip; else only a list"
        )
        parser.add_argument("--report", default="", metavar="FILE", help="every single loss, as CSV")
        parser.add_argument("--from", dest="kind", choices=KINDS, default="", help="what the sources are")
        parser.add_argument("--encoding", default="", help="of files that name none, or a wrong one: koi8-r")
        languages = [code for code, _ in settings.LANGUAGES]
        parser.add_argument("--language", choices=languages, default="", help="of articles that name none")
        parser.add_argument("--office", default="", metavar="CODE", help="the issuing office")
        parser.add_argument("--region", default="", metavar="CODE", help="the region")
        kinds = [code for code, _ in kind_choices()]
        parser.add_argument("--kind", dest="article_kind", choices=kinds, default="news", help="of the articles")
        parser.add_argument("--topic", default="", metavar="CODE", help="of articles that have none")
        parser.add_argument("--source", default="", metavar="NAME", help="“imported from”; else the site's name")
        parser.add_argument(
            "--site", default="", metavar="URL", help="HTML: where the folder was, for pages that do not say"
        )
        parser.add_argument("--type", action="append", metavar="NAME", help="WordPress: post types to take (post)")
        parser.add_argument("--no-tags", action="store_true", help="WordPress: only categories become topics")
        parser.add_argument("--mapping", default="", metavar="NAME", help="CSV, Excel: a mapping that the admin keeps")
        parser.add_argument("--media", default="", metavar="FOLDER", help="WordPress: a copy of wp-content/uploads")

    def handle(self, sources, **given):
        options = Options(
            kind=given["kind"],
            language=given["language"],
            encoding=_known_encoding(given["encoding"]),
            site=given["site"],
            source=given["source"],
            types=tuple(given["type"] or ["post"]),
            with_tags=not given["no_tags"],
            media=given["media"],
            defaults=Defaults(given["office"], given["region"], given["article_kind"], given["topic"]),
        )
        progress = Progress(sys.stderr)
        try:
            if to_fixture.are_tables(sources):
                result = to_fixture.convert_tables(sources, given["output"], options, given["report"], given["mapping"])
            else:
                result = convert(sources, given["output"], options, given["report"], progress)
        except FixtureError as stop:
            raise CommandError(str(stop)) from None
        except KeyboardInterrupt:
            raise CommandError("Stopped. Nothing was written.", returncode=130) from None
        finally:
            progress.close()
        self.tell(result, given)

    def tell(self, result, given):
        for line in result.losses.lines():
            self.stderr.write(line)
        lost = f"{result.losses.total:,} losses and changes"
        if given["report"]:
            lost += f", each in {given['report']}"
        self.stderr.write(f"{lost}.")
        if given["output"]:
            numbers = f"{result.articles:,} articles, {result.records:,} records, {result.files:,} files"
            self.stderr.write(f"{given['output']}: {numbers}.")
        else:
            self.stderr.write(f"{result.articles:,} articles; nothing was written: -o names a file.")


def _known_encoding(name):
    try:
        return name and codecs.lookup(name).name
    except LookupError:
        raise CommandError(f"--encoding {name}: there is no such encoding.") from None
