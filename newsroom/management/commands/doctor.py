"""`manage.py doctor`: what is wrong with this site, and what to do about it."""

import json
import sys
from dataclasses import asdict

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ...doctor import alarm, run
from ...doctor.finding import WRONG


class Command(BaseCommand):
    help = (
        "Says what is wrong with this site and what to do about it: settings, database, articles that are due, "
        "background jobs, mails, disks. Ends with exit code 1 if something is wrong; notes do not count."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="for programs: a list of checks with their findings")
        parser.add_argument(
            "--mail",
            action="store_true",
            help="for cron: tell the addresses in ALARM_EMAIL by mail what has begun to be wrong or is over, and print"
            " nothing",
        )

    def handle(self, *, mail, **options):
        if mail and not settings.ALARM_EMAIL:
            raise CommandError("--mail: there is nobody to tell. Set ALARM_EMAIL to the operators' addresses.")
        results = run.run()
        if mail:
            self._mail(results)
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(results), ensure_ascii=False, indent=2))
        elif not mail:
            self._print(results)
        if any(result.is_wrong for result in results):
            sys.exit(1)

    def _mail(self, results):
        is_away = any(result.check.name == run.DATABASE and result.is_wrong for result in results)
        try:
            alarm.tell_of_database(is_away)
            if not is_away:
                alarm.tell(results)
        except OSError as error:  # smtplib's errors, too
            self.stderr.write(f"The mail could not be sent: {type(error).__name__}. The next run tries again.")

    def _print(self, results):
        width = max(len(result.check.name) for result in results)
        for result in results:
            name = result.check.name
            if not result.findings:
                self.stdout.write(f"{'ok' if result.is_known else '?':<6}{name}")
            for finding in result.findings:
                style = self.style.ERROR if finding.level == WRONG else self.style.WARNING
                self.stdout.write(f"{style(f'{finding.level.upper():<6}')}{name:<{width}}  {finding.sentence}")
                self.stdout.write(f"{'':<{6 + width}}  → {finding.remedy}")
        number = sum(finding.level == WRONG for result in results for finding in result.findings)
        self.stdout.write(f"\n{number} wrong" if number else "\nNothing is wrong.")


def _as_json(results):
    checks = [
        {
            "check": result.check.name,
            "state": "wrong" if result.is_wrong else "ok" if result.is_known else "unknown",
            "findings": [asdict(finding) for finding in result.findings],
        }
        for result in results
    ]
    return {"at": timezone.now().isoformat(timespec="seconds"), "checks": checks}
