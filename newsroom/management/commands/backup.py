"""`manage.py backup`: a copy of everything, made while the site is used."""

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone
from tqdm import tqdm

from articles.models import BackgroundJob

from ...backup import database, media, sets

NOTED = "backup"  # as which the doctor finds the last one


class Command(BaseCommand):
    help = (
        "Writes a backup into a folder: the database as of one moment, and the media files that earlier backups there"
        " do not have. Nobody has to stop working. `restore` reads it; --check verifies what is in the folder."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)
        parser.add_argument("--keep", type=int, metavar="NUMBER", help="delete all but the newest NUMBER of backups")
        parser.add_argument("--check", action="store_true", help="verify every file of every backup; write nothing")

    def handle(self, *, folder, keep, check, **options):
        if keep is not None and keep < 1:
            raise CommandError("--keep: keep at least one.")
        quiet = options["verbosity"] == 0 or None  # None: a bar on a terminal only
        self.bar = {"unit": " files", "disable": quiet, "file": self.stderr._out}
        try:
            if check:
                self._check(folder)
            else:
                with sets.alone(folder):
                    self._write(folder, keep)
        except (OSError, database.Failed, sets.Busy) as error:
            raise CommandError(f"No backup was made: {error}") from error
        except KeyboardInterrupt:
            raise CommandError("Stopped. No backup was made; earlier ones are as they were.", returncode=130) from None

    def _write(self, folder, keep):
        now = timezone.now()
        earlier = sets.find(folder) if folder.is_dir() else None
        known = earlier.sums if earlier else {}
        unfinished = sets.begin(folder, now)
        # Files before the database and after it: whatever the copy of the database names has then been copied.
        sums = self._media(folder, known)
        rows = database.dump(unfinished)
        sums |= self._media(folder, known | sums)
        dumped = unfinished / database.FILE[connection.vendor]
        about = {
            "made": now.isoformat(timespec="seconds"),
            "version": _version(),
            "database": connection.vendor,
            "bytes": dumped.stat().st_size,
            "sha256": media.sha256_of(dumped),
            "migrations": database.migrations(),
            "rows": rows,
        }
        backup = sets.finish(unfinished, about, sums)
        BackgroundJob.objects.note(NOTED, succeeded_at=now)
        deleted = sets.keep_newest(folder, keep) if keep else 0
        new = len(sums.keys() - known.keys())
        self.stdout.write(
            f"{backup.folder}: {sum(rows.values()):,} rows in {len(rows)} tables ({about['bytes'] / 1e6:,.1f} MB),"
            f" {len(sums):,} media files, {new:,} of them new."
            + (f" Older backups deleted: {deleted}." if deleted else "")
        )

    def _media(self, folder, known):
        sums = {}
        for name in tqdm(list(media.stored()), **self.bar):
            digest = media.copy(name, folder / sets.MEDIA, known)
            if digest:
                sums[name] = digest
        return sums

    def _check(self, folder):
        backups, wrong, seen = sets.all_of(folder), 0, {}
        if not backups:
            raise CommandError(f"{folder} holds no backup.")
        for backup in backups:
            about = backup.about
            if media.sha256_of(backup.folder / database.FILE[about["database"]]) != about["sha256"]:
                wrong += 1
                self.stdout.write(f"{backup.folder.name}: the copy of the database is damaged")
            for name, digest in tqdm(backup.sums.items(), **self.bar):
                path = backup.media / name
                if name not in seen:
                    seen[name] = media.sha256_of(path) if path.is_file() else "missing"
                if seen[name] != digest:
                    wrong += 1
                    self.stdout.write(f"{backup.folder.name}: {name} is {_what(seen[name])}")
        if wrong:
            raise CommandError(f"Backups verified: {len(backups)}. Files that are wrong: {wrong:,}.")
        self.stdout.write(f"Backups verified: {len(backups)}; all files are whole.")


def _what(digest):
    return "missing" if digest == "missing" else "damaged"


def _version():
    try:
        return version("newsroom")
    except PackageNotFoundError:  # it runs from a checkout
        return ""
