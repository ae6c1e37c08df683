"""The log of enquiries: who is mailed about a new one, and the deletion of personal data after `ENQUIRY_DAYS`."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from contacts.models import Membership

from .. import permissions
from ..models import Enquiry, Notice
from . import notices

JOB = "enquiries"
EVERY = 6 * 60 * 60  # seconds between two deletions
AT_ONCE = 500
MOST_IN_AN_HOUR = 300  # enquiries by the form, from all networks


@transaction.atomic
def receive(enquiry):
    """Store an enquiry and mail the people who must act."""
    enquiry.save()
    notices.add(Notice.Kind.ENQUIRY, None, people(enquiry.article), enquiry=enquiry)


def are_too_many():
    """Whether the form has been used so often that somebody must be filling the database."""
    an_hour_ago = timezone.now() - timedelta(hours=1)
    return Enquiry.objects.filter(received_at__gt=an_hour_ago)[:MOST_IN_AN_HOUR].count() >= MOST_IN_AN_HOUR


def people(article=None):
    """The users who get a mail: those who answer enquiries everywhere and at the article's office; else all who do."""
    rows = Membership.objects.filter(user__is_active=True).select_related("user")
    rows = [row for row in rows if "enquiries" in permissions.rights(row)]
    office = article.office_id if article else None
    near = [row for row in rows if row.office_id is None or row.office_id == office]
    return {row.user for row in near or rows}


def erase_old(now=None):
    """Delete the personal data of enquiries that are older than `settings.ENQUIRY_DAYS`. Returns of how many."""
    now = now or timezone.now()
    old = Enquiry.objects.filter(erased_at=None, received_at__lt=now - timedelta(days=settings.ENQUIRY_DAYS))
    erased = 0
    while keys := list(old.order_by("received_at").values_list("pk", flat=True)[:AT_ONCE]):
        erased += Enquiry.objects.filter(pk__in=keys).update(**dict.fromkeys(Enquiry.PERSONAL, ""), erased_at=now)
    return erased
