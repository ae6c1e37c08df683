"""`manage.py erase_enquiries`: deletes personal data of enquiries older than ENQUIRY_DAYS. A job does it, too."""

from django.core.management.base import BaseCommand

from articles.mail import enquiries


class Command(BaseCommand):
    help = "Delete names, addresses and words of enquiries that are older than ENQUIRY_DAYS."

    def handle(self, **options):
        self.stdout.write(f"Enquiries whose personal data was deleted: {enquiries.erase_old()}")
