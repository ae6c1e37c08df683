"""`manage.py check_links`: looks for links of public articles that lead nowhere. For every night, by cron."""

from django.core.management.base import BaseCommand

from ...checks.links import nightly


class Command(BaseCommand):
    help = "Looks for links of public articles that lead nowhere. The desk and the forms of the articles show them."

    def add_arguments(self, parser):
        limits = nightly.Limits()
        parser.add_argument("--external", action="store_true", help="Ask other sites, too: public addresses only.")
        parser.add_argument(
            "--seconds", type=float, default=limits.seconds, help="At most, for other sites. Default: %(default)s."
        )
        parser.add_argument(
            "--addresses", type=int, default=limits.addresses, help="At most, of other sites. Default: %(default)s."
        )
        parser.add_argument(
            "--pause", type=float, default=limits.pause, help="Seconds between two to one site. Default: %(default)s."
        )

    def handle(self, **options):
        limits = nightly.Limits(options["seconds"], options["addresses"], options["pause"])
        run = nightly.check_links(nightly.OtherSites(limits) if options["external"] else None)
        self.stdout.write(f"{run.articles} articles checked, {run.asked} addresses of other sites asked.")
        self.stdout.write(f"{run.broken} broken links.")
        if run.next_article is not None:
            self.stdout.write("Not all other sites were asked: the next run goes on where this one stopped.")
