"""`manage.py import_fixture FILE…`: see articles/importing/README.md."""

import getpass
import json
import sys

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from ...importing.report import LISTED, FixtureError, Progress, unavailable
from ...importing.run import Options, import_fixture
from ...media.fetch import fetch
from ...media.renditions import due


class Command(BaseCommand):
    requires_system_checks = []  # they load every page and form, which takes an eighth of the start
    help = "Import newsroom fixtures: JSON, JSON lines or YAML, plain or .gz, a folder or .zip with media, or - ."

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="*", metavar="FILE", help="a path, the name of a shipped fixture, or -")
        parser.add_argument("--plan", action="store_true", help="show what would happen, store nothing")
        parser.add_argument("--diff", action="store_true", help="list every change, field by field")
        parser.add_argument("--keep-going", action="store_true", help="store the good records, list the bad ones")
        parser.add_argument("--theirs", action="store_true", help="overwrite rows that were edited here since")
        parser.add_argument("--fetch-media", action="store_true", help="fetch pictures that are on other sites")
        parser.add_argument("--no-index", action="store_true", help="leave the search index to `search_index`")
        parser.add_argument("--undo", type=int, metavar="RUN", help="undo an earlier run, except rows edited since")
        parser.add_argument("--schema", action="store_true", help="describe the fields of the models named, or of all")
        parser.add_argument("--format", choices=["text", "json"], default="text", help="of --schema; json: JSON Schema")
        parser.add_argument("--by", metavar="USER", default="", help="on whose behalf (a user name)")

    def handle(self, files, **options):
        try:
            if options["undo"] is not None:
                return self.undo(options["undo"])
            if options["schema"]:
                return self.describe(files, options["format"])
            if not files:
                raise CommandError("Name at least one file, or - for standard input.")
            progress = Progress(sys.stderr)
            report = import_fixture(files, self._options(options), progress)
            progress.close()
        except FixtureError as stop:
            raise CommandError(str(stop)) from None
        except DatabaseError as error:
            raise CommandError(unavailable(error)) from None
        except KeyboardInterrupt:
            raise CommandError("Stopped. Nothing was stored.", returncode=130) from None
        self.tell(report, options)

    def describe(self, names, form):
        from ...importing import reference

        chosen = reference.specs(names)
        if form == "json":
            self.stdout.write(json.dumps(reference.as_json_schema(chosen), ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(reference.as_text(chosen)))

    def _options(self, options):
        user = None
        if options["by"]:
            model = get_user_model()
            user = model.objects.filter(**{model.USERNAME_FIELD: options["by"]}).first()
            if user is None:
                raise CommandError(f"There is no user {options['by']!r}.")
        return Options(
            plan=options["plan"],
            theirs=options["theirs"],
            keep_going=options["keep_going"],
            index=not options["no_index"],
            diff=self.stdout.write if options["diff"] else None,
            fetch=fetch if options["fetch_media"] else None,
            by=options["by"] or _account(),
            user_id=user and user.pk,
        )

    def tell(self, report, options):
        for line in [*report.table(), *report.notice_lines()]:
            self.stdout.write(line)
        self._tell_not_fetched(report.not_fetched, options)
        self._list("conflict", report.conflicts, report.total("conflict"))
        if report.conflicts:
            self.stdout.write("Conflicts were left as they are here; --theirs takes the file's version.")
        self._list("error", report.problems, report.problem_count)
        if report.problem_count and not options["keep_going"]:
            raise CommandError("Nothing was stored." if not options["plan"] else "Nothing would be stored.")
        self.stdout.write(self._summary(report, options))
        if report.problem_count:
            raise CommandError("The records listed above were not stored.")

    def _tell_not_fetched(self, found, options):
        """List the pictures on other sites that were not fetched."""
        if not found:
            return
        if not options["fetch_media"]:
            many = f"{len(found):,} pictures are on other sites and left out; --fetch-media fetches them:"
            one = "1 picture is on another site and left out; --fetch-media fetches it:"
            self.stdout.write(one if len(found) == 1 else many)
        elif options["plan"]:
            self.stdout.write(f"{len(found):,} files on other sites would be fetched:")
        else:
            self.stdout.write(f"{len(found):,} pictures on other sites could not be fetched:")
        for address, place in list(found.items())[:LISTED]:
            self.stdout.write(f"  {address} ({place})")
        if len(found) > LISTED:
            self.stdout.write(f"  … and {len(found) - LISTED:,} more")

    def _list(self, word, items, count):
        for item in items:
            self.stderr.write(f"{word}: {item}")
        if count > len(items):
            self.stderr.write(f"{word}: … and {count - len(items):,} more")

    def _summary(self, report, options):
        if options["plan"]:
            return "This was a plan; nothing was changed."
        if report.run is None:
            return "Nothing to change: nothing was written."
        told = f"Stored as run {report.run.pk}; `import_fixture --undo {report.run.pk}` undoes it."
        if number := due().count():
            told += f"\nThe server makes the smaller copies of {number:,} pictures; `renditions` makes them now."
        return told

    def undo(self, run):
        from ...importing.undo import undo

        lines, is_whole = undo(run)
        for line in lines:
            self.stdout.write(line)
        if not is_whole:
            raise CommandError(f"Some rows were left. Run --undo {run} again when the reasons above are gone.")


def _account():
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""
