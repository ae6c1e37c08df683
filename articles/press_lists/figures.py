"""What became of the mails of sendings, from our own records: no picture in a mail reports that it was read."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from ..models import PassOpening, PressDelivery

LeftOut = PressDelivery.LeftOut
FAILED = (LeftOut.REFUSED, LeftOut.NOT_DELIVERABLE)


@dataclass
class Figures:
    """How many mails: all, sent, waiting, refused permanently, not sent for another reason; how many passes were
    opened, and how many journalists then ended the mails.
    """

    total: int = 0
    sent: int = 0
    waiting: int = 0
    failed: int = 0
    left_out: int = 0
    opened: int = 0
    ended: int = 0


def openings():
    """Condition of a delivery: its pass was opened."""
    return Exists(PassOpening.objects.filter(given=OuterRef("given")))


def of(sendings):
    """{id of a sending: Figures}, in one query."""
    rows = PressDelivery.objects.filter(sending__in=[one.pk for one in sendings]).alias(is_opened=openings())
    counted = (
        rows.order_by()
        .values("sending")
        .annotate(
            total=Count("pk"),
            sent=Count("pk", filter=Q(sent_at__isnull=False)),
            waiting=Count("pk", filter=Q(sent_at=None, left_out="")),
            failed=Count("pk", filter=Q(left_out__in=FAILED)),
            not_sent=Count("pk", filter=~Q(left_out="") & ~Q(left_out__in=FAILED)),
            opened=Count("pk", filter=Q(is_opened=True)),
            ended=Count("pk", filter=Q(ended_at__isnull=False)),
        )
    )
    found = {}
    for row in counted:
        sending, row["left_out"] = row.pop("sending"), row.pop("not_sent")
        found[sending] = Figures(**row)
    return {one.pk: found.get(one.pk, Figures()) for one in sendings}
