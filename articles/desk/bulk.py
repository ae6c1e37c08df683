"""One move or change for many articles: a plan of what would happen to each, and then doing it, each on its own.

The list of articles in the admin shows the plan (`articles.admin.article.bulk`). Every article is asked for the rights
of the user, and one that is refused does not stop the others.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts import clock
from contacts.models import Contact, Office

from .. import checks, permissions
from ..models import Article, Topic
from ..publishing import workflow
from ..publishing.locking import Stale, claim_version
from ..publishing.workflow import Refused
from ..review.remarks import open_remarks

LIMIT = 100  # articles at a time: some seconds on a slow machine


@dataclass(frozen=True)
class Action:
    """What can be done with many articles. `move` is a step of the workflow; a change has `choices` (a queryset for the
    user) and `apply`, which stores the chosen row in an article.
    """

    name: str
    label: str
    right: str
    move: str = ""
    choices: Callable | None = None
    apply: Callable | None = None
    field: str = ""

    @property
    def reason(self):
        """The label of the text that is asked for, or nothing."""
        return workflow.MOVES[self.move].reason if self.move else ""


@dataclass
class Line:
    """One article of a plan or of a report: what happens, or why it does not."""

    article: Article
    happens: str = ""
    refused: str = ""
    warnings: list = field(default_factory=list)  # the warnings that the user saw in the plan


def _add(relation):
    def apply(article, chosen):
        held = getattr(article, relation)
        rows = held.through.objects.filter(article=article)  # in their order for this article
        held.set([*rows.values_list(held.through.target, flat=True), chosen.pk])

    return apply


def _only(relation):
    return lambda article, chosen: getattr(article, relation).set([chosen])


def _set_office(article, office):
    article.office = office


def _topics(user):
    return Topic.objects.filter(merged_into=None)


def _contacts(user):
    return Contact.objects.in_use()


def _offices(user):
    return permissions.offices(user, Office.objects.in_use())


ACTIONS = {
    action.name: action
    for action in [
        Action("submit", gettext_lazy("Submit for review"), "submit", move="submit"),
        Action("approve", gettext_lazy("Approve"), "approve", move="approve"),
        Action("withdraw", gettext_lazy("Withdraw"), "withdraw", move="withdraw"),
        Action("add_topic", gettext_lazy("Add a topic"), "write", None, _topics, _add("topics"), "topics"),
        Action("set_topic", gettext_lazy("Replace the topics"), "write", None, _topics, _only("topics"), "topics"),
        Action("set_office", gettext_lazy("Change the issuing office"), "write", None, _offices, _set_office, "office"),
        Action(
            "add_contact", gettext_lazy("Add a press contact"), "write", None, _contacts, _add("contacts"), "contacts"
        ),
        Action(
            "set_contact", gettext_lazy("Replace the press contacts"), "write", None, _contacts, _only("contacts"),
            "contacts",
        ),
    ]
}  # fmt: skip


def allowed(user):
    """The actions for which the user has the right anywhere."""
    trusted = permissions.may(user, "submit")
    return [
        action
        for action in ACTIONS.values()
        if permissions.may(user, action.right) or (action.right == "approve" and trusted and _may_publish_alone(user))
    ]


def _may_publish_alone(user):
    return any(permissions.publishes_alone(user, row) for row in permissions.memberships(user))


def articles_of(user, numbers):
    """{number: article} of those that the user may see, in the order given; `LIMIT` at most."""
    numbers = list(dict.fromkeys(numbers))[:LIMIT]
    rows = permissions.visible(user, Article.objects.filter(pk__in=numbers)).select_related("office", "revises")
    found = {row.pk: row for row in rows}
    return {number: found[number] for number in numbers if number in found}


def plan(user, action, articles, chosen=None, reason=""):
    """[Line] of what would happen to each article. Changes nothing."""
    lines = []
    for article in articles:
        line = Line(article)
        try:
            line.happens = _foresee(user, action, article, chosen, reason)
            line.warnings = _warnings(action, article)
        except Refused as refused:
            line.refused = " ".join(map(str, refused.errors.values()))
        lines.append(line)
    return lines


def _foresee(user, action, article, chosen, reason):
    if action.move:
        workflow.check(article, action.move, user, reason or "–")
        return _after(action.move, article)
    _check_change(user, action, article, chosen)
    if article.shown_state == workflow.SCHEDULED:
        return _("Changed. Its approval is undone: it must be approved again.")
    return _("Changed. Readers see it at once.") if article.is_live else _("Changed.")


def _warnings(action, article):
    """Sentences: what the checks found in what is submitted, how many remarks are open on what is approved."""
    if action.move == "submit":
        return [finding.sentence for finding in checks.warnings(article)]
    number = open_remarks(article).count() if action.move in workflow.PUBLISHING_MOVES else 0
    return [_("open remarks: %(count)d") % {"count": number}] if number else []


def _after(name, article):
    if name == "approve":
        is_due = article.publish_at <= clock.now()
        return _("Approved. It is public at once.") if is_due else _("Approved for its date.")
    return _("Withdrawn, with the explanation.") if name == "withdraw" else _("Submitted for review.")


def _check_change(user, action, article, chosen):
    if not permissions.may_change(user, article):
        raise Refused(_("You may not change it, or only in a new edition."))
    if article.translation_of_id:
        raise Refused(_("A translation takes this from its source."))
    if _has_already(action, article, chosen):
        raise Refused(_("It has this already."))


def _has_already(action, article, chosen):
    if action.field == "office":
        return article.office_id == chosen.pk
    held = list(getattr(article, action.field).values_list("pk", flat=True))
    return chosen.pk in held if action.name.startswith("add") else held == [chosen.pk]


def carry_out(user, action, articles, versions, chosen=None, reason=""):
    """Do it to each article whose version is still that of the plan ({number: version}). Returns a [Line]."""
    lines = []
    for article in articles:
        line = Line(article)
        try:
            if versions.get(article.pk) != article.version:
                raise Stale
            with transaction.atomic():
                line.happens = _foresee(user, action, article, chosen, reason)
                line.warnings = _warnings(action, article)
                _do(user, action, article, chosen, reason, line.warnings)
        except Refused as refused:
            line.happens, line.refused = "", " ".join(map(str, refused.errors.values()))
        except Stale:
            line.happens, line.refused = "", _("Somebody else changed it after this plan. Nothing was done to it.")
        lines.append(line)
    return lines


def _do(user, action, article, chosen, reason, warnings):
    if action.move:
        workflow.move(article, action.move, user, reason=reason, warnings="\n".join(warnings))
        return
    claim_version(article)
    action.apply(article, chosen)
    article.updated_by = user
    article.save(update_fields=[*(["office"] if action.field == "office" else []), "updated_by", "updated_at"])
    workflow.after_edit(article, user)
