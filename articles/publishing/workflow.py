"""The editorial workflow: which moves there are, from which states, who may make them, and `move()`, which makes one.

The table `MOVES` drives the buttons of the admin, the rules and the tests. No process publishes at a given hour:
an approved article is public as soon as its date has come (`Article.objects.live()`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contacts.public_pages import changed

from .. import permissions
from ..html import without_controls
from ..mail import notices
from ..models import Article, Assignment
from ..webhooks import events
from . import after_save, four_eyes, merging, requirements, revisions, working_copies
from .locking import Stale, claim_version, lock_parents
from .requirements import Refused

DRAFT, IN_REVIEW, APPROVED, WITHDRAWN, GONE = Article.State.values
SCHEDULED, LIVE = "scheduled", "live"
TAKE_BACK_WITHIN = timedelta(hours=1)  # after a withdrawal or removal


@dataclass(frozen=True)
class Step:
    """One row of the table of moves.

    `origins` are values of `Article.shown_state`, `target` is an `Article.state`, `right` a name from
    `articles.permissions`. `needs` returns {field: sentence} of what is missing. `reason` is the label of the
    field in which the editor must give a reason, `note` of one in which they may; empty if none is asked for.
    """

    name: str
    label: str
    origins: tuple[str, ...]
    target: str
    right: str
    action: Callable | None
    needs: Callable = lambda article: {}
    reason: str = ""
    note: str = ""
    four_eyes: bool = False
    on_copies: bool = True
    on_articles: bool = True


def _submit(article, reason):
    article.state = IN_REVIEW


def _to_draft(article, reason):
    if article.state == APPROVED:
        working_copies.undo_first_publication(article)
    article.state = DRAFT


def _approve(article, reason):
    article.state = APPROVED
    working_copies.prepare_first_publication(article)


def _publish_now(article, reason):
    now = timezone.now()
    if article.press_from and article.press_from > now:
        article.press_from = None
    working_copies.undo_first_publication(article)  # an approval for later has given an edition that nobody has read
    article.publish_at = now
    _approve(article, reason)


def _emergency(article, reason):
    """Publish at once, whatever date the article has; another approver must look at it afterwards."""
    article.emergency_reason, article.emergency_at = reason, timezone.now()
    _publish_now(article, reason)


def _look(article, reason):
    article.emergency_at = None


def _withdraw(article, reason):
    article.state, article.withdrawal_note = WITHDRAWN, reason


def _reinstate(article, reason):
    article.state, article.redirect_to = APPROVED, None


def _take_back(article, reason):
    article.state = APPROVED if last_taking(article).from_state == LIVE else WITHDRAWN
    if article.state == APPROVED:
        article.redirect_to = None


def _remove(article, reason):
    article.state = GONE


def _needs_at_once(article):
    missing = requirements.for_approval(article)
    missing.pop("publish_at", None)
    return missing


# Moves that create, delete or update a working copy instead of changing a state.
WORKING_COPY_MOVES = {
    "revise": working_copies.start, "discard": working_copies.discard, "keep": working_copies.keep_text_of_copy,
}  # fmt: skip

# Recorded beside the moves of the table, by other modules that call `article.moves.create`.
OTHER_MOVES = {
    "send_back": _("Could not be published"),
    "reschedule": _("Moved to another time"),
    "limit": _("Limited to named people"),
    "unlimit": _("No longer limited to named people"),
    "follow": _("Kind, places, topics, contacts and pictures follow the source"),
    "hold": _("Held: the source has changed"),
    "up_to_date": _("Up to date with the source"),
    "still_right": _("Still right"),
    "no_change": _("Source changed, no change needed"),
    "machine_draft": _("Drafted by machine"),
    "machine_read": _("Draft by machine was read"),
    "waive": _("Language not wanted"),
    "want": _("Language wanted after all"),
    "read_instead": _("“Read instead” was changed"),
    "read": _("Read in review"),
}

PUBLISHING_MOVES = {"approve", "publish", "emergency"}
PUBLIC_REASON, REASON, NOTE = _("Explanation (readers see it)"), _("Reason"), _("Note (you may leave it empty)")

MOVES = {
    step.name: step
    for step in [
        Step("submit", _("Submit for review"), (DRAFT,), IN_REVIEW, "submit", _submit, requirements.for_submission),
        Step("request_changes", _("Request changes"), (IN_REVIEW,), DRAFT, "approve", _to_draft, reason=REASON),
        Step("recall", _("Back to draft"), (IN_REVIEW, SCHEDULED, APPROVED), DRAFT, "edit", _to_draft),
        Step(
            "approve", _("Approve"), (IN_REVIEW,), APPROVED, "release", _approve, requirements.for_approval,
            four_eyes=True,
        ),
        Step(
            "publish", _("Publish now"), (IN_REVIEW, SCHEDULED, APPROVED), APPROVED, "release", _publish_now,
            _needs_at_once, four_eyes=True,
        ),
        Step(
            "emergency", _("Publish in an emergency"), (DRAFT, IN_REVIEW), APPROVED, "emergency", _emergency,
            requirements.for_emergency, reason=REASON,
        ),
        Step(
            "look", _("I have looked at it"), (LIVE, WITHDRAWN, GONE), "", "approve", _look, note=NOTE, on_copies=False
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
        Step("take_back", _("Take it back"), (WITHDRAWN, GONE), APPROVED, "withdraw", _take_back, on_copies=False),
    ]
}  # fmt: skip


def may_make(step, article, user):
    """Whether the table and the user's memberships allow the move now. Does not check what the article still lacks."""
    if not (step.on_copies if article.revises_id else step.on_articles) or article.shown_state not in step.origins:
        return False
    if not all(permissions.may(user, step.right, row) for row in article.with_live_row):
        return False  # before the others, which ask the database
    if step.name == "revise":
        return not Article.objects.filter(revises=article).exists()
    if step.name == "keep":
        return bool(merging.conflicts(article))
    if step.name == "look":
        return article.emergency_at is not None and user.pk not in four_eyes.who_published(article)
    if step.name == "take_back":
        return last_taking(article) is not None
    return True


def last_taking(article):
    """The withdrawal or removal of the last hour that was the article's last step, or None."""
    last = article.moves.filter(name__in=["withdraw", "remove", "reinstate", "take_back"]).first()
    is_taking = last is not None and last.name in ("withdraw", "remove") and last.to_state == article.state
    return last if is_taking and last.at > timezone.now() - TAKE_BACK_WITHIN else None


def moves_for(article, user):
    """The steps that the user may make on the article, in the table's order: the buttons of the admin."""
    return [step for step in MOVES.values() if may_make(step, article, user)]


@transaction.atomic
def move(article, name, by, reason="", warnings=""):
    """Make the move `name` and record it. Returns the article that the editor continues with (or its working copy).

    `warnings` are the sentences of the checks that `by` has read before "submit", to be recorded. Raises `Refused` if
    the table or the user's rights forbid the move or something is missing, and `Stale` if somebody else saved the
    article first.
    """
    reason = without_controls(reason)
    lock_parents(article)  # so that a source does not change between the look at it and an approval
    step = check(article, name, by, reason)
    claim_version(article)
    return _carry_out(step, article, by, reason, warnings)


def check(article, name, by, reason=""):
    """The step of that name; raises `Refused` if this person cannot make it now."""
    step = MOVES.get(name)
    if step is None or not may_make(step, article, by):
        raise Refused(Refused.NOT_POSSIBLE)
    why = {"reason": gettext("Say why.")} if step.reason and not reason.strip() else {}
    if missing := requirements.together(four_eyes.for_step(step, article, by), step.needs(article), why):
        raise Refused(missing)
    if step.target == APPROVED and article.revises_id:
        working_copies.refuse_conflicts(article, article.revises)
    return step


def _carry_out(step, article, by, reason, warnings):
    if step.action is None:
        return WORKING_COPY_MOVES[step.name](article, by, reason)
    before = article.shown_state
    step.action(article, reason)
    if step.name in {*PUBLISHING_MOVES, "remove"}:
        Assignment.objects.filter(article=article).delete()  # there is nothing left to do
    article.updated_by = by
    article.save(update_fields=SAVED_FIELDS)
    article.moves.create(
        name=step.name, from_state=before, to_state=article.state, by=by, reason=reason, warnings=warnings
    )
    notices.about_move(article, step.name, by, reason, authors)
    after_save.sync(article)
    if {before, article.state} - {DRAFT, IN_REVIEW}:
        changed()
    if step.name in PUBLISHING_MOVES and not article.revises_id:
        revisions.publish_edition(article, by)
    events.note_move(article, step.name)
    return merge_due(article) if article.revises_id else article


SAVED_FIELDS = (
    "state", "publish_at", "press_from", "first_published_at", "reference", "withdrawal_note", "emergency_reason",
    "emergency_at", "redirect_to", "updated_by", "updated_at",
)  # fmt: skip


def after_edit(article, by, is_told=False):
    """What follows when the content of an article was changed and stored: its history, lists, pages, its approval.

    is_told: whether `by` said what kind of change it is, see `publish_edition`.
    """
    after_save.sync(article)
    if Article.objects.readable().filter(pk=article.pk).exists():
        if missing := requirements.to_be_cleared(article):
            raise Refused(missing)
        edition = revisions.publish_edition(article, by, is_told)
        notices.about_edition(article, edition, by)
        events.note_edition(article, edition)
    else:
        revisions.record(article, by)
    recall_approval(article, by)
    after_save.announce_public_change(article)


def authors(article):
    """The users who get mails about the text: they began it, changed it since the last edition, or submitted it."""
    return four_eyes.writers_and_submitter(article) | ({article.created_by} if article.created_by_id else set())


def recall_approval(article, by):
    """After an edit: take back an approval that is not public yet, as the approver has not seen the new text."""
    if article.shown_state == SCHEDULED or (article.revises_id and article.state == APPROVED):
        return move(article, "recall", by)
    return article


def merge_due(article, now=None):
    """Merge the approved working copy that `article` is or has, if it is due. Returns the live row, else `article`."""
    copy = article if article.revises_id else Article.objects.filter(revises=article, state=APPROVED).first()
    if copy is None or not working_copies.is_due(copy, copy.revises, now):
        return article
    return working_copies.merge(copy, now)


__all__ = ["MOVES", "Refused", "Stale", "may_make", "merge_due", "move", "moves_for", "recall_approval"]
