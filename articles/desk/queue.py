"""The review queue: what waits for approval, what is risky about it, how much each approver has, how long it waits."""

from collections import Counter
from datetime import timedelta
from typing import NamedTuple

from django.db.models import Case, Count, F, OuterRef, Subquery, TextField, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.cldr.formats import joined_text
from contacts.models import Membership

from .. import permissions
from ..checks.draft import HTML_FIELDS, Draft
from ..checks.headline_numbers import missing
from ..media.usage import PICTURES
from ..models import Article, Image, Move, Remark
from .lateness import past_its_hour
from .reachable import reachable

MOST_APPROVERS, COUNT_UP_TO = 12, 1000
DAY = timedelta(days=1)
# How long texts wait: (longest time, what the chart calls it).
AGES = (
    (DAY, gettext_lazy("less than a day")),
    (2 * DAY, gettext_lazy("1 day")),
    (4 * DAY, gettext_lazy("2 or 3 days")),
    (7 * DAY, gettext_lazy("4 to 6 days")),
    (14 * DAY, gettext_lazy("7 to 13 days")),
    (None, gettext_lazy("14 days and more")),
)
UNKNOWN = gettext_lazy("not known")


class Load(NamedTuple):
    """What an approver has: texts in review assigned to them, and those of their offices assigned to nobody."""

    person: object
    assigned: int
    unassigned: int


def waiting(articles):
    """Articles in review, the longest waiting first. Annotates `since`, when it was last submitted, and `last_move`,
    whose `returned` says why it could not be published at its date. A "hold" has no reason: its source has changed.
    """
    moves = Move.objects.filter(article=OuterRef("pk")).order_by("-id")
    returned = Case(When(name="send_back", then="reason"), default=Value(""), output_field=TextField())
    return (
        articles.filter(state=Article.State.IN_REVIEW)
        .annotate(since=Subquery(moves.filter(name="submit").values("at")[:1]))
        .annotate(returned=Subquery(moves.values(why=returned)[:1]), last_move=Subquery(moves.values("name")[:1]))
        .order_by(F("since").asc(nulls_first=True), "id")
    )


def for_approval(user, articles):
    """Those of a queryset that the user may approve; for those who approve nowhere, all of them."""
    if not permissions.may(user, "approve"):
        return articles
    return permissions.with_right(user, articles, "approve")


def set_risks(articles, now):
    """Give each article of a list its `risks`, short sentences, in a constant number of queries."""
    ids = [article.pk for article in articles]
    texts = {pk: html for pk, *html in Article.objects.filter(pk__in=ids).values_list("pk", "summary", *HTML_FIELDS)}
    remarks = Remark.objects.filter(article__in=ids, answer_to=None, settled_at=None).order_by()
    remarks = dict(remarks.values("article").annotate(number=Count("pk")).values_list("article", "number"))
    reached, uncleared = reachable(ids), _with_uncleared_picture(ids)
    late = set(Article.objects.filter(past_its_hour(now), pk__in=ids).order_by().values_list("pk", flat=True))
    for article in articles:
        article.summary, article.body, article.notes_to_editors = texts[article.pk]
        found = [_("past its hour")] if article.pk in late else []
        found += [*_risks_of_an_embargo(article, now), *_risks_of_figures(article)]
        if article.revises_id and article.change_kind == Article.Change.CORRECTION:
            found.append(_("a correction"))
        if article.pk not in reached:
            found.append(_("no press contact who can be reached"))
        if article.pk in uncleared:
            found.append(_("a picture that no editor has cleared"))
        if article.pk in remarks:
            found.append(_("open remarks: %(count)d") % {"count": remarks[article.pk]})
        article.risks = found


def _risks_of_an_embargo(article, now):
    is_over = article.publish_at and article.publish_at <= now
    if article.press_from and not is_over:
        yield _("the embargo has begun") if article.press_from <= now else _("an embargo")


def _risks_of_figures(article):
    text = Draft(article).text
    figures = missing(article.headline, text, article.language) if text else []
    if figures:
        yield _("the text lacks figures of the headline: %(figures)s") % {"figures": joined_text(figures)}


def _with_uncleared_picture(ids):
    """The ids of those articles that use a writer's picture which no editor has cleared."""
    articles = Article.objects.filter(pk__in=ids).order_by()
    images = Image.objects.filter(to_be_cleared=True).order_by()
    shown = (articles.filter(**{f"{path}__in": images}) for path in PICTURES.values())
    return {pk for found in shown for pk in found.values_list("pk", flat=True)}


def load(articles):
    """[Load] of the approvers who may approve something of what is in review among `articles`; the busiest first."""
    rows = articles.filter(state=Article.State.IN_REVIEW).order_by().values("office", "assignment__assignee")
    numbers = {(one["office"], one["assignment__assignee"]): one["number"] for one in rows.annotate(number=Count("pk"))}
    offices = _offices_of_approvers()
    found = []
    for person, reached in offices.items():
        counts = Counter()
        for (office, assignee), number in numbers.items():
            if assignee == person.pk:
                counts["assigned"] += number
            elif assignee is None and (None in reached or office in reached):
                counts["unassigned"] += number
        if counts:
            found.append(Load(person, counts["assigned"], counts["unassigned"]))
    found.sort(key=lambda one: (-one.assigned, -one.unassigned, one.person.get_username()))
    return found[:MOST_APPROVERS]


def _offices_of_approvers():
    """{user: {ids of the offices where they approve}}; None stands for every office."""
    rows = Membership.objects.filter(user__is_active=True, role=Membership.Role.APPROVER).select_related("user")
    found = {}
    for row in rows.order_by():
        if "approve" in permissions.rights(row):
            found.setdefault(row.user, set()).add(row.office_id)
    return found


def ages(articles, now):
    """[(label, number, its share of the highest one in per cent)]: how long texts have been in review.

    It looks at the `COUNT_UP_TO` oldest.
    For texts imported in review the time is not known.
    """
    counts = Counter()
    for since in waiting(articles).values_list("since", flat=True)[:COUNT_UP_TO]:
        counts[_age(now - since) if since else UNKNOWN] += 1
    labels = [label for _limit, label in AGES] + ([UNKNOWN] if counts[UNKNOWN] else [])
    most = max(counts.values(), default=1)
    return [(label, counts[label], round(100 * counts[label] / most, 2)) for label in labels]


def _age(waited):
    return next(label for limit, label in AGES if limit is None or waited < limit)
