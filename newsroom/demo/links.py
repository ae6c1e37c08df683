"""What the demo shows of links: one to a page that was removed, and how often readers came by old addresses."""

from datetime import timedelta

from django.utils import timezone

from articles.checks.links import nightly
from articles.models import OldAddress, OldAddressUse

# {old address: (hits, minutes since the last)}; nobody asked for the others.
HITS = {
    "/node/4127": (812, 3),
    "/?p=318": (96, 40),
    "/news/*/{slug}": (2931, 1),
    "/actualites/*/{slug}": (644, 7),
    "/old-site/press/*": (57, 1500),
    "/contact-us.html": (210, 95),
}


def check_links(users):
    nightly.check_links()


def count_hits(users):
    now = timezone.now()
    OldAddressUse.objects.bulk_create(
        OldAddressUse(old_address=row, hits=HITS[row.address][0], last_at=now - timedelta(minutes=HITS[row.address][1]))
        for row in OldAddress.objects.filter(address__in=HITS)
    )
