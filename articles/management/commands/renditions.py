"""`manage.py renditions`: makes the smaller copies of pictures that are missing."""

import os

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError
from tqdm import tqdm

from ...media import renditions

NICENESS = 10  # readers go first


class Command(BaseCommand):
    help = "Makes the smaller copies (WebP and AVIF) of pictures that lack them."

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="Make them again for all pictures.")
        parser.add_argument("--background", action="store_true", help="As the server does: those that are due.")

    def handle(self, **options):
        if options["background"]:
            return self._in_background()
        number = renditions.mark_incomplete(everything=options["all"])
        quiet = options["verbosity"] == 0 or None  # None: a bar on a terminal only

        def progress(results):
            return tqdm(results, total=number, unit="picture", disable=quiet, file=self.stderr._out)

        made, failed = renditions.make_due(progress)
        for image, error in failed:
            self.stderr.write(f"{image.file.name}: {error}")
        self.stdout.write(f"{made} pictures made, {len(failed)} failed.")
        if busy := renditions.due().count():
            self.stdout.write(f"{busy} are being made by another process.")
        if failed:
            raise CommandError("Some pictures have no smaller copies; pages show quick copies of these.")

    def _in_background(self):
        parent = os.getppid()
        if hasattr(os, "nice"):
            os.nice(NICENESS)

        def while_the_server_runs(results):
            for result in results:
                yield result
                if os.getppid() != parent:
                    return

        try:
            renditions.make_due(while_the_server_runs)
        except OperationalError as error:  # a long import holds SQLite: the server tries again
            self.stderr.write(f"Copies of pictures wait: {error}")
