"""What the demo shows of reviewing: a text sent back, a corrected one in review, remarks, somebody who acts next."""

from datetime import timedelta

from django.utils import timezone

from articles.models import Article
from articles.publishing import locking, revisions
from articles.publishing.workflow import move
from articles.review import assignments, remarks

REASON = "The second figure has no source. Please name it, and say where the station stands."
DAYS_AGO = (0, 1, 5, 2, 0, 9, 3)
REMARK = "Is this the figure of this year? The table of the annex has another one."
ANSWER = "You are right: it is that of last year. I ask the hydrologists for the new one."


def show(users):
    """A draft of Walt's was sent back to him. One of Edna's is in review again, with a change and a remark."""
    _submit(users["edna"])
    drafts = Article.objects.filter(
        state=Article.State.DRAFT, language="en", translation_of=None, revises=None, restricted=False
    ).exclude(body="").order_by("id")  # fmt: skip
    walts = drafts.filter(office=users["walt"].memberships.get().office).first()
    if walts:
        move(walts, "submit", users["walt"], reason="For tomorrow’s briefing, if possible.")
        move(walts, "request_changes", users["aziz"], reason=REASON)
    other = drafts.exclude(pk=walts and walts.pk).first()
    if other:
        _second_round(other, users["edna"], users["aziz"])


def _submit(edna):
    """What the content brings in review was submitted by Edna, some of it long ago."""
    waiting = Article.objects.filter(state=Article.State.IN_REVIEW, moves=None).order_by("id")
    for number, article in enumerate(waiting):
        step = article.moves.create(name="submit", from_state=Article.State.DRAFT, to_state=article.state, by=edna)
        at = timezone.now() - timedelta(days=DAYS_AGO[number % len(DAYS_AGO)], hours=2)
        article.moves.filter(pk=step.pk).update(at=at)


def _second_round(draft, edna, aziz):
    """Aziz remarked on the first text and sent it back; when he opens it again, he sees what Edna changed."""
    move(draft, "submit", edna)
    thread = remarks.add(draft, aziz, REMARK, 1)
    move(draft, "request_changes", aziz, reason=REASON)
    draft.summary = f"{draft.summary} The figures were checked again this week.".strip()
    draft.updated_by = edna
    locking.claim_version(draft)
    draft.save()
    revisions.record(draft, edna)
    move(draft, "submit", edna)
    remarks.answer(thread, edna, ANSWER)
    assignments.assign(draft, edna, timezone.localdate() + timedelta(days=1), aziz)
