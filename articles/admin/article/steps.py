"""The steps of the workflow in the admin: which a form offers, and the page on which one is explained and confirmed."""

from django.contrib import messages
from django.db import transaction
from django.utils.translation import gettext as _

from ... import permissions
from ...models import Article
from ...publishing import four_eyes, merging, requirements, workflow
from ...publishing.afterwards.taking_away import TAKEN
from ...publishing.locking import Stale
from ...publishing.workflow import Refused
from ...review.remarks import open_remarks
from ..checking.checks import to_acknowledge
from ..editions.edition_pages import new_edition_page
from ..editions.taking_away import TakingAway
from .pages import ArticlePages, refuse_other_version, to_form
from .saving import ASKING, DESTRUCTIVE, NOTE_IN_SESSION, needs_confirmation, response_moved


def next_steps(article):
    """The names of the steps that a state leads to: one of them is the primary button of the form.

    A new edition without a date is published at once: only one with a date can be approved for later.
    """
    return {"submit", "revise", "publish" if article.revises_id and article.publish_at is None else "approve"}


class WorkflowSteps(ArticlePages):
    """The page of each step of the workflow, and the buttons that lead to them."""

    def urls(self):
        return [("<int:pk>/move/<slug:name>/", self.move_view, "articles_article_move")]

    def move_view(self, request, pk, name):
        """The page of the step, to those who may take it now."""
        article, step = self.get_article(request, pk), workflow.MOVES.get(name)
        if step is None or not workflow.may_make(step, article, request.user):
            messages.error(request, Refused.NOT_POSSIBLE)
            return to_form(article)
        if name == "revise":
            return new_edition_page(self, request, article, step)
        if name in TAKEN:
            return TakingAway(self.model_admin).take_away_page(request, article, step)
        return self._step_page(request, article, step)

    def _step_page(self, request, article, step):
        """Explain the step, ask for its reason, and take it."""
        errors = requirements.together(four_eyes.for_step(step, article, request.user), step.needs(article))
        reason = request.POST.get("reason", "") or typed_note(request, article)
        if notice := getattr(request, "notice_of_return", ""):
            errors = {"": notice}
        elif request.method == "POST" and step.name == "take_back":
            return TakingAway(self.model_admin).take_back(request, article)
        elif request.method == "POST":
            try:
                return self._take_step(request, article, step, reason)
            except Refused as refused:
                errors = refused.errors
            except Stale as stale:
                errors = {"": str(stale)}
        return self.page(request, "admin/articles/article/move.html", {
            "original": article, "title": step.label, "step": step, "is_destructive": step.name in DESTRUCTIVE,
            "errors": errors.items(), "reason": reason, "reason_error": errors.get("reason", ""),
            "warnings": to_acknowledge(step, article), "needs_look": step.name == "emergency",
            "note": step.note or workflow.NOTE,
            "open_remarks": open_remarks(article) if step.name in workflow.PUBLISHING_MOVES else (),
            "differences": merging.conflicts(article) if step.name == "keep" else (),
        })  # fmt: skip

    def _take_step(self, request, article, step, reason):
        refuse_other_version(request, article)
        warnings = to_acknowledge(step, article)
        if warnings and "acknowledged" not in request.POST:
            raise Refused(_("Read what the checks found first."))
        told = "\n".join(finding.sentence for finding in warnings)
        with transaction.atomic():
            moved = workflow.move(article, step.name, by=request.user, reason=reason, warnings=told)
        request.session.pop(NOTE_IN_SESSION, None)
        return response_moved(request, step, moved)

    def context(self, request, article):
        steps = workflow.moves_for(article, request.user)
        nexts = [step for step in steps if step.name in next_steps(article)]
        # A step that somebody else must take is not offered as the primary button.
        next_step = next((step for step in nexts if not four_eyes.for_step(step, article, request.user)), None)
        # The panel about a withdrawn article has the button to take it back.
        others = [step for step in steps if step is not next_step and step.name != "take_back"]
        return {
            "next_step": next_step,
            "next_step_asks": next_step is not None and next_step.name in ASKING,
            "other_steps": [(step, needs_confirmation(step)) for step in others],
            "working_copy": permissions.visible(request.user, Article.objects.filter(revises=article)).first(),
            "past_moves": [(move, label_of(move)) for move in article.moves.select_related("by")[:20]],
            "past_revisions": article.revisions.select_related("by").defer("content")[:20],
        }


def typed_note(request, article):
    """The note that was typed in the form before the step had to be confirmed."""
    kept = request.session.get(NOTE_IN_SESSION) if request.method == "GET" else None
    return kept[1] if kept and kept[0] == article.pk else ""


def label_of(move):
    return label_named(move.name)


def label_named(name):
    step = workflow.MOVES.get(name)
    return step.label if step else workflow.OTHER_MOVES.get(name, name)
