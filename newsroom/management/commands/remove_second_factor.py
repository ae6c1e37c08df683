"""`manage.py remove_second_factor`: for an only administrator who has lost app, passkeys and codes."""

from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, CommandError

from ...login import factors, mails, sessions


class Command(BaseCommand):
    help = "Removes the authenticator app, the passkeys and the recovery codes of a user, and ends their sessions."

    def add_arguments(self, parser):
        parser.add_argument("username")

    def handle(self, *, username, **options):
        user = get_user_model().objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no user “{username}”.")
        factors.remove_all(user)
        sessions.end_all(user)
        mails.tell(user, "all_removed")
        self.stdout.write(f"“{username}” logs in with the password alone now (`manage.py changepassword` sets one).")
