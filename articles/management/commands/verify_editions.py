"""`manage.py verify_editions`: names altered or removed editions, and public texts that changed without an edition."""

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from ...publishing.afterwards import verification


class Command(BaseCommand):
    help = (
        "Verifies the SHA-256 of every edition, the chain of each article's editions, that the public text is that of"
        " the last one, and that every correction is kept. Changes nothing; ends with 1 if something is wrong."
    )

    def handle(self, **options):
        quiet = options["verbosity"] == 0 or None  # None: a bar on a terminal only
        seen = wrong = 0
        try:
            with tqdm(total=verification.count(), unit=" editions", disable=quiet, file=self.stderr._out) as bar:
                for number, faults in verification.verify():
                    for fault in faults:
                        bar.clear()
                        self.stdout.write(_line(*fault))
                    seen, wrong = seen + number, wrong + len(faults)
                    bar.update(number)
        except KeyboardInterrupt:
            raise CommandError(f"Stopped after {seen:,} editions; {wrong:,} faults.", returncode=130) from None
        if wrong:
            raise CommandError(f"{seen:,} editions were verified: {wrong:,} faults.")
        self.stdout.write(f"{seen:,} editions were verified: all are whole.")


def _line(article, edition, why):
    which = f"edition {edition} {why}" if edition else why
    return f"{article.language}/{article.slug} (article {article.pk}): {which}"
