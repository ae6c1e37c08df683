"""Confirms a sending: writes one delivery for each journalist of the plan, with the embargo passes, or nothing."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import jobs
from ..models import Article, PressDelivery, Sending
from ..personal_links import passes, tokens
from . import planning

JOB = "press: mails"


class NotSent(Exception):
    """Nothing was written; the message says why."""


@transaction.atomic
def confirm(sending, by, fingerprint):
    """Write what the worker then sends. Returns how many mails.

    `fingerprint`: of the plan that was shown. The person is asked for their rights once more. Raises NotSent.
    """
    Article.objects.select_for_update(no_key=True).order_by().get(pk=sending.article_id)  # one sending after the other
    now = timezone.now()
    if not Sending.objects.filter(pk=sending.pk, confirmed_at=None).update(confirmed_at=now, confirmed_by=by):
        raise NotSent(_("This was confirmed already; nobody is written to twice."))
    sending.refresh_from_db()  # somebody may have changed its texts meanwhile
    plan = planning.plan(sending, by)
    if plan.refusal:
        raise NotSent(plan.refusal)
    if plan.fingerprint != fingerprint:
        raise NotSent(_("The plan has changed since you opened the page. Look at it again."))
    if not plan.recipients:
        raise NotSent(_("Nobody would get this mail."))
    given = _give_passes(sending, by, plan) if sending.kind == Sending.Kind.EMBARGO else {}
    PressDelivery.objects.bulk_create([_delivery(sending, one, now, given) for one in plan.recipients])
    counts = {reason: len(journalists) for reason, journalists in plan.left_out.items()}
    Sending.objects.filter(pk=sending.pk).update(left_out=counts)
    transaction.on_commit(lambda: jobs.wake(JOB))
    return len(plan.recipients)


def _delivery(sending, recipient, now, given):
    """Under embargo the mail goes out when the pass opens."""
    version = recipient.version
    own_pass = given.get(recipient.journalist.pk)
    return PressDelivery(
        sending=sending, journalist=recipient.journalist, article=version.base, language=recipient.language,
        kind=sending.kind, number=version.number, given=own_pass,
        due_at=max(now, passes.opens_at(version.article)) if own_pass else now,
    )  # fmt: skip


def _give_passes(sending, by, plan):
    """{id of a journalist: their new pass}, in the languages that they read and that can be sent."""
    people = [
        {
            "name": one.journalist.name,
            "outlet": one.journalist.outlet,
            "email": one.journalist.email,
            "languages": list(dict.fromkeys([one.language, *(c for c in one.journalist.languages if c in plan.found)])),
            "token": token_for(sending.pk, one.journalist),
        }
        for one in plan.recipients
    ]
    made = passes.make(sending.article, by, people, [])
    return {one.journalist.pk: row for one, (row, _token) in zip(plan.recipients, made, strict=True)}


def token_for(sending, journalist):
    """The token of the pass that a journalist gets with a sending (its id)."""
    return tokens.derived(f"sending {sending} {journalist.key}")
