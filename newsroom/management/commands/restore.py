"""`manage.py restore`: restores a backup into an empty site, or instead of the present content (`--replace`)."""

from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from tqdm import tqdm

from articles.models import list_changes
from contacts import public_pages

from ...backup import database, media, sets, waiting


class Command(BaseCommand):
    help = (
        "Reads a backup (or the newest of a folder of backups) into the database and the media folder of this"
        " machine. Stop `serve` and `work` before. Mails and webhooks that waited when the backup was made may have"
        " been sent since: they are left out, unless --send-waiting."
    )
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)
        parser.add_argument("--replace", action="store_true", help="the database has content; lose it")
        parser.add_argument("--send-waiting", action="store_true", help="send what waited when the backup was made")

    def handle(self, *, folder, replace, send_waiting, **options):
        quiet = options["verbosity"] == 0 or None  # None: a bar on a terminal only
        backup = sets.find(folder) if folder.is_dir() else None
        if backup is None:
            raise CommandError(f"{folder} is no backup and no folder of backups.")
        self._refuse(backup, replace)
        try:
            database.load(backup.folder)
        except (OSError, database.Failed) as error:
            raise CommandError(f"Nothing was restored: {error}") from error
        wrong = self._compare(backup)
        if database.migrations() != _migrations_of_the_code():
            call_command("migrate", verbosity=0)
        names = tqdm(backup.sums.items(), unit=" files", disable=quiet, file=self.stderr._out)
        for name, digest in names:
            if not media.put_back(name, backup.media, digest):
                wrong.append(f"{name} is missing or damaged in the backup")
        self._tell_waiting(send_waiting)
        list_changes.note_everything()
        public_pages.names_changed()
        for line in wrong:
            self.stderr.write(line)
        if wrong:
            raise CommandError(f"The backup of {backup.at:%Y-%m-%d %H:%M} UTC was restored. Faults: {len(wrong):,}.")
        self.stdout.write(
            f"Restored the backup of {backup.at:%Y-%m-%d %H:%M} UTC: {sum(backup.about['rows'].values()):,} rows,"
            f" {len(backup.sums):,} media files. Next: manage.py verify_editions, manage.py search_index --check."
        )

    def _refuse(self, backup, replace):
        about = backup.about
        if about["database"] != connection.vendor:
            raise CommandError(
                f"The backup is one of {about['database']} and DATABASE_URL one of {connection.vendor}."
                " Between databases, a newsroom moves by export_fixture and import_fixture."
            )
        copy = backup.folder / database.FILE[connection.vendor]
        if not copy.is_file() or media.sha256_of(copy) != about["sha256"]:
            raise CommandError(f"{copy} is missing or damaged; nothing was restored. Take an earlier backup.")
        newer = about["migrations"].items() - _migrations_of_the_code().items()
        known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
        unknown = sorted(f"{app}.{name}" for app, name in newer if (app, name) not in known)
        if unknown:
            raise CommandError(
                f"The backup was made by a newer version of the software ({', '.join(unknown)}). Install that version."
            )
        if not replace and not database.is_empty():
            raise CommandError("The database has content, which would be lost. Give --replace if that is meant.")

    def _compare(self, backup):
        """What is not as it was, as sentences."""
        now, then = database.rows(), backup.about["rows"]
        tables = sorted(now.keys() | then.keys())
        return [
            f"{table}: {now.get(table, 0):,} rows instead of {then.get(table, 0):,}"
            for table in tables
            if now.get(table, 0) != then.get(table, 0)
        ]

    def _tell_waiting(self, send):
        numbers = waiting.numbers()
        if not send:
            waiting.leave_out()
        if numbers:
            told = ", ".join(f"{what} {number:,}" for what, number in numbers.items())
            verb = "will be sent" if send else "are left out, because they may have been sent since"
            self.stdout.write(f"Waited when the backup was made: {told}. They {verb}.")


def _migrations_of_the_code():
    """{app: name of its last migration} that the software has."""
    graph = MigrationLoader(None, ignore_no_migrations=True).graph
    return dict(sorted(graph.leaf_nodes()))
