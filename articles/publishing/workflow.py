"""The editorial workflow: which moves there are, from which states, who may make them, and `move()`, which makes one.

The table `MOVES` drives the buttons of the admin, the rules and the tests. No process publishes at a given hour:
an approved article is public as soon as its date has come (`Article.objects.live()`).
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contacts.public_pages import changed

from .. import permissions
from ..models import Article
from . import after_save, editions, merging, requirements, revisions
from .requirements import Refused
from .revisions import Stale, claim_version

DRAFT, IN_REVIEW, APPROVED, WITHDRAWN, GONE = Article.State.values
SCHEDULED, LIVE = "scheduled", "live"


@dataclass(frozen=True)
class Step:
    """One row of the table of moves.

    `origins` are values of `Article.shown_state`, `target` is an `Article.state`, `right` a name from
    `articles.permissions`. `needs` returns {field: sentence} of what is missing. `reason` is the label of the
    field in which the editor must give a reason; empty if none is asked for.
    """

    name: str
    label: str
    origins: tuple[str, ...]
    target: str
    right: str
    action: Callable | None
    needs: Callable = lambda article: {}
    reason: str = ""
    four_eyes: bool = False
    on_copies: bool = True
    on_articles: bool = True


def _submit(article, by, reason, at):
    article.state = IN_REVIEW


def _to_draft(article, by, reason, at):
    if article.state == APPROVED:
        editions.undo_first_publication(article)
    article.state = DRAFT


def _approve(article, by, reason, at):
    article.publish_at = at or article.publish_at
    article.state = APPROVED
    editions.prepare_first_publication(article)


def _publish_now(article, by, reason, at):
    now = timezone.now()
    if article.press_from and article.press_from > now:
        article.press_from = None
    _approve(article, by, reason, now)


def _emergency(article, by, reason, at):
    article.emergency_reason = reason
    _approve(article, by, reason, at or article.publish_at or timezone.now())


def _withdraw(article, by, reason, at):
    article.state, article.withdrawal_note = WITHDRAWN, reason


def _reinstate(article, by, reason, at):
    article.state = APPROVED


def _remove(article, by, reason, at):
    article.state = GONE


def _needs_at_once(article):
    missing = requirements.for_approval(article)
    missing.pop("publish_at", None)
    return missing


# Moves that create, delete or update a working copy instead of changing a state.
WORKING_COPY_MOVES = {"revise": editions.start, "discard": editions.discard, "keep": editions.keep_text_of_copy}

# Moves that no person makes: `due_editions` records one when a new edition cannot be published at its date.
AUTOMATIC_MOVES = {"send_back": _("Could not be published")}

PUBLIC_REASON, REASON = _("Explanation (readers see it)"), _("Reason")

MOVES = {
    step.name: step
    for step in [
        Step("submit", _("Submit for review"), (DRAFT,), IN_REVIEW, "edit", _submit, requirements.for_submission),
        Step("request_changes", _("Request changes"), (IN_REVIEW,), DRAFT, "approve", _to_draft, reason=REASON),
        Step("recall", _("Back to draft"), (IN_REVIEW, SCHEDULED, APPROVED), DRAFT, "edit", _to_draft),
        Step(
            "approve", _("Approve"), (IN_REVIEW,), APPROVED, "approve", _approve, requirements.for_approval,
            four_eyes=True,
        ),
        Step(
            "publish", _("Publish now"), (IN_REVIEW, SCHEDULED, APPROVED), APPROVED, "approve", _publish_now,
            _needs_at_once, four_eyes=True,
        ),
        Step(
            "emergency", _("Publish in an emergency"), (DRAFT, IN_REVIEW), APPROVED, "emergency", _emergency,
            requirements.for_submission, reason=REASON,
        ),
        Step("revise", _("Start a new edition"), (LIVE,), DRAFT, "edit", None, on_copies=False),
        Step("discard", _("Discard this working copy"), (DRAFT, IN_REVIEW), GONE, "edit", None, on_articles=False),
        Step("keep", _("Keep the text of this copy"), (DRAFT, IN_REVIEW), DRAFT, "edit", None, on_articles=False),
        Step(
            "withdraw", _("Withdraw"), (LIVE,), WITHDRAWN, "withdraw", _withdraw, reason=PUBLIC_REASON, on_copies=False
        ),
        Step(
            "reinstate", _("Publish again"), (WITHDRAWN,), APPROVED, "withdraw", _reinstate, reason=REASON,
            on_copies=False,
        ),
        Step("remove", _("Remove"), (LIVE, WITHDRAWN), GONE, "withdraw", _remove, reason=REASON, on_copies=False),
    ]
}  # fmt: skip


def may_make(step, article, user):
    """Whether the table and the user's memberships allow the move now. Does not check what the article still lacks."""
    if not (step.on_copies if article.revises_id else step.on_articles) or article.shown_state not in step.origins:
        return False
    if step.name == "revise" and Article.objects.filter(revises=article).exists():
        return False
    if step.name == "keep" and not merging.conflicts(article):
        return False
    # A working copy can name another office than its live row: the user needs the right at both.
    rows = [article, article.revises] if article.revises_id else [article]
    if step.right == "edit":
        return all(permissions.may_edit(user, row) for row in rows)
    return all(permissions.may(user, step.right, row) for row in rows)


def moves_for(article, user):
    """The steps that the user may make on the article, in the table's order: the buttons of the admin."""
    return [step for step in MOVES.values() if may_make(step, article, user)]


@transaction.atomic
def move(article, name, by, reason="", at=None):
    """Make the move `name` and record it. Returns the article that the editor continues with (or its working copy).

    `at` is the date of publication for "approve". Raises `Refused` if the table or the user's rights forbid the
    move or something is missing, and `Stale` if somebody else saved the article first.
    """
    step = MOVES.get(name)
    if step is None or not may_make(step, article, by):
        raise Refused(gettext("This is not possible now, or not allowed to you."))
    if step.reason and not reason.strip():
        raise Refused({"reason": gettext("Say why.")})
    if step.four_eyes and settings.FOUR_EYES and by in writers_and_submitter(article):
        raise Refused(gettext("Somebody else must approve this: you wrote or submitted it."))
    if at is not None:
        article.publish_at = at
    if missing := step.needs(article):
        raise Refused(missing)
    if step.target == APPROVED and article.revises_id:
        editions.refuse_conflicts(article, article.revises)
    claim_version(article)
    return _carry_out(step, article, by, reason, at)


def _carry_out(step, article, by, reason, at):
    if step.action is None:
        return WORKING_COPY_MOVES[step.name](article, by)
    before = article.shown_state
    step.action(article, by, reason, at)
    article.updated_by = by
    article.save(update_fields=SAVED_FIELDS)
    article.moves.create(name=step.name, from_state=before, to_state=article.state, by=by, reason=reason)
    after_save.sync(article)
    if {before, article.state} - {DRAFT, IN_REVIEW}:
        changed()
    if article.state == APPROVED and not article.revises_id and step.name != "reinstate":
        revisions.publish_edition(article, by)
    return merge_due(article) if article.revises_id else article


SAVED_FIELDS = (
    "state", "publish_at", "press_from", "first_published_at", "reference", "withdrawal_note", "emergency_reason",
    "updated_by", "updated_at",
)  # fmt: skip


def writers_and_submitter(article):
    """Everybody who changed the text since the last edition, and who submitted it: with FOUR_EYES none may approve."""
    submitted = article.moves.filter(name="submit").first()
    return revisions.authors_since_last_edition(article) | ({submitted.by} if submitted else set())


def recall_approval(article, by):
    """After an edit: take back an approval that is not public yet, as the approver has not seen the new text."""
    if article.shown_state == SCHEDULED or (article.revises_id and article.state == APPROVED):
        return move(article, "recall", by)
    return article


def merge_due(article, now=None):
    """Merge the approved working copy that `article` is or has, if it is due. Returns the live row, else `article`."""
    copy = article if article.revises_id else Article.objects.filter(revises=article, state=APPROVED).first()
    if (
        copy is None
        or copy.state != APPROVED
        or copy.revises.state != APPROVED
        or copy.publish_at > (now or timezone.now())
    ):
        return article
    return editions.merge(copy)


__all__ = ["MOVES", "Refused", "Stale", "may_make", "merge_due", "move", "moves_for", "recall_approval"]
