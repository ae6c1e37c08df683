"""`manage.py renditions`: makes the smaller copies of pictures that are missing."""

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from articles.models import Image

from ...media.renditions import is_complete, make_missing


class Command(BaseCommand):
    help = "Makes the smaller copies (WebP and AVIF) of pictures that lack them."

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="Make them again for all pictures.")

    def handle(self, **options):
        images = [image for image in Image.objects.order_by("pk") if options["all"] or not is_complete(image)]
        quiet = options["verbosity"] == 0 or None  # None: a bar on a terminal only

        def progress(results):
            return tqdm(results, total=len(images), unit="picture", disable=quiet, file=self.stderr._out)

        made, failed = make_missing(images, everything=True, progress=progress)
        for image, error in failed:
            self.stderr.write(f"{image.file.name}: {error}")
        self.stdout.write(f"{made} pictures made, {len(failed)} failed.")
        if failed:
            raise CommandError("Some pictures have no smaller copies; pages show the originals of these.")
