"""Journalists: their consent with its log, all that is stored of one person, and its deletion on request."""

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from ..models import ConsentChange, Journalist, Pass, PassOpening, PressDelivery
from ..personal_links import passes

NOBODY = "–"  # stands for the name and outlet of a deleted person


def note_consent(journalist, by, source=""):
    """Log the consent as it is stored now. `source`: why it ended; of one that was given its own source counts."""
    source = journalist.consent_source if journalist.consent_on else source
    ConsentChange.objects.create(journalist=journalist, given_on=journalist.consent_on, source=source[:200], by=by)


@transaction.atomic
def end_consent(journalist, by, source):
    """End the consent and log it; False if there was none."""
    row = Journalist.objects.filter(pk=journalist.pk, consent_on__isnull=False)
    if not row.update(consent_on=None, consent_source=""):
        return False
    journalist.consent_on, journalist.consent_source = None, ""
    note_consent(journalist, by, source)
    return True


def address_changed(journalist):
    """A new e-mail address has refused nothing yet."""
    fresh = {"refusals": 0, "attempts": 0, "switched_off_at": None, "next_at": None}
    Journalist.objects.filter(pk=journalist.pk).update(**fresh)


def passes_of(journalist):
    """Their embargo passes: those for their e-mail address, and those that mails have given to an earlier one."""
    return Pass.objects.filter(Q(email__iexact=journalist.email) | Q(pk__in=journalist.deliveries.values("given")))


def data_of(journalist):
    """All that is stored of a journalist, as JSON types: for the person who asks for it."""
    log = journalist.consent_log.order_by("id").values("at", "given_on", "source")
    rows = journalist.deliveries.order_by("id").select_related("article", "given")
    given = passes_of(journalist).order_by("id").prefetch_related("openings")
    fields = ("name", "outlet", "email", "telephone", "language", "other_languages", "notes", "consent_on")
    return {
        **{name: getattr(journalist, name) for name in (*fields, "consent_source", "is_active", "created_at")},
        "regions": [row.code for row in journalist.regions.all()],
        "countries": [row.iso3 for row in journalist.countries.all()],
        "topics": [row.code for row in journalist.topics.all()],
        "press_lists": [row.name for row in journalist.press_lists.all()],
        "consents": list(log),
        "mails": [
            {"reference": one.article.reference, "language": one.language, "due": one.due_at, "sent": one.sent_at}
            for one in rows
        ],
        "embargo_passes": [
            {
                "made": one.created_at,
                "revoked": one.revoked_at,
                "openings": [
                    {"at": opening.at, "network": opening.network, "language": opening.language, "file": opening.file}
                    for opening in one.openings.all()
                ],
            }
            for one in given
        ],
    }


@transaction.atomic
def erase(journalist, by):
    """Delete a journalist and all that names them. What stays are numbers: of mails, and of openings of passes.

    Their embargo passes are revoked and name nobody any more; what waits to be sent is not sent.
    """
    given = Pass.objects.filter(pk__in=list(passes_of(journalist).values_list("pk", flat=True)))
    passes.revoke(given, by)
    PassOpening.objects.filter(given__in=given).update(network="")
    given.update(name=NOBODY, outlet=NOBODY, email="")
    PressDelivery.objects.waiting().filter(journalist=journalist).update(left_out=PressDelivery.LeftOut.NO_CONSENT)
    kind, label = ContentType.objects.get_for_model(Journalist), f"{Journalist._meta.verbose_name} {journalist.pk}"
    LogEntry.objects.filter(content_type=kind, object_id=str(journalist.pk)).update(object_repr=label)
    Journalist.objects.filter(pk=journalist.pk).delete()


def ended_on(journalists):
    """{id: the day on which the last consent of each ended} of those who have none now."""
    rows = ConsentChange.objects.filter(journalist__in=journalists, journalist__consent_on=None, given_on=None)
    return {row.journalist_id: timezone.localdate(row.at) for row in rows.order_by("id")}
