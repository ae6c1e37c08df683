"""`manage.py search_index`: checks and repairs the search index; normally every save updates it."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from tqdm import tqdm

from contacts.public_pages import names_changed

from ...models import list_changes
from ...publishing import after_save
from ...search import repair


class Command(BaseCommand):
    help = "Puts into the search index what is missing or outdated there. Readers and editors need not wait."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="say what is wrong, change nothing")
        parser.add_argument("--all", action="store_true", help="write every article's entry anew")
        parser.add_argument("--after", type=int, default=0, metavar="ID", help="go on after the article with this id")

    def handle(self, **options):
        if options["check"]:
            return self.check_index()
        after_save.set_missing_days()
        everything, after, written = options["all"], options["after"], 0
        quiet = options["verbosity"] == 0 or None  # None: a bar on a terminal only
        total = repair.to_do(everything, after)
        try:
            with tqdm(total=total, unit=" articles", disable=quiet, file=self.stderr._out) as bar:
                for last, number in repair.repair(everything, after):
                    after, written = last, written + number
                    bar.update(number)
        except KeyboardInterrupt:
            way = f"`search_index --all --after {after}`" if everything else "`search_index`"
            raise CommandError(f"Stopped. What is done is kept; {way} goes on.", returncode=130) from None
        with transaction.atomic():  # what came by `loaddata` is new to lists and pages: articles, names, telephones
            list_changes.note_everything()
            names_changed()
        self.stdout.write(f"{written:,} articles were written into the search index.")

    def check_index(self):
        faults = repair.faults()
        for fault, number in faults.items():
            self.stdout.write(f"{number:,} {fault}")
        if faults:
            raise CommandError("The search index is not complete: `manage.py search_index` repairs it.")
        self.stdout.write("The search index is complete.")
