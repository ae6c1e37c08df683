"""The panels on the first page of the admin: articles in review, scheduled, published, untranslated, and own drafts."""

from django.conf import settings
from django.db.models import Case, F, OuterRef, Q, Subquery, TextField, Value, When
from django.utils import timezone

from contacts.cldr.formats import number
from contacts.models import Phone

from .. import permissions
from ..models import Article, ImportRun, Move

LINES, COUNT_UP_TO = 8, 1000


class Panel(list):
    """The first rows; `total` is their number in all, "1,000+" from `COUNT_UP_TO` on."""

    def __init__(self, rows):
        super().__init__(rows[:LINES])
        total = len(rows) if isinstance(rows, list) else rows.order_by().values("pk")[:COUNT_UP_TO].count()
        self.total = f"{number(COUNT_UP_TO)}+" if total == COUNT_UP_TO else total


def desk(user, now=None):
    """{name of the panel: its rows} for this user, in a constant number of queries."""
    now = now or timezone.now()
    articles = _lines(permissions.visible(user, Article.objects.all()))
    return {
        "waiting": Panel(waiting(articles)),
        "scheduled": Panel(scheduled(articles, now)),
        "published": published(articles, now)[:LINES],
        "mine": Panel(drafts_of(user, articles)),
        "untranslated": Panel(untranslated(articles, now)),
        "imports": ImportRun.objects.all()[:5],
        "phones": Panel(unread_phones()),
    }


def _lines(articles):
    return (
        articles.select_related("office", "created_by")
        .prefetch_related("office__translations")
        .defer("body", "notes_to_editors", "summary", "began_as")
    )


def waiting(articles):
    """Articles in review, the longest waiting first. Annotates `since`, when it was last submitted, and `returned`:
    why it could not be published at its date, if that was its last move.
    """
    moves = Move.objects.filter(article=OuterRef("pk")).order_by("-id")
    returned = Case(When(name="send_back", then="reason"), default=Value(""), output_field=TextField())
    return (
        articles.filter(state=Article.State.IN_REVIEW)
        .annotate(since=Subquery(moves.filter(name="submit").values("at")[:1]))
        .annotate(returned=Subquery(moves.values(why=returned)[:1]))
        .order_by(F("since").asc(nulls_first=True), "id")
    )


def scheduled(articles, now):
    """Approved for a later date, new editions too, the soonest first. Uses the index on state and date."""
    return articles.filter(state=Article.State.APPROVED, publish_at__gt=now).order_by("publish_at", "id")


def published(articles, now):
    """Public articles in all languages, the newest first. Uses the index on the date."""
    return articles.filter(state=Article.State.APPROVED, revises=None, publish_at__lte=now).order_by(
        "-publish_at", "-id"
    )


def drafts_of(user, articles):
    return articles.filter(Q(created_by=user) | Q(updated_by=user), state=Article.State.DRAFT).order_by(
        "-updated_at", "-id"
    )


def untranslated(articles, now, looked_at=60):
    """Those of the newest `looked_at` source articles that lack a language; sets `missing` to their codes."""
    languages = [code for code, _ in settings.LANGUAGES]
    sources = published(articles, now).filter(translation_of=None).prefetch_related(None)[:looked_at]
    have = {}
    rows = Article.objects.filter(translation_of__in=[source.pk for source in sources], revises=None)
    for source, language in rows.values_list("translation_of", "language"):
        have.setdefault(source, set()).add(language)
    for source in sources:
        known = {source.language, *have.get(source.pk, ())}
        source.missing = [code for code in languages if code not in known]
    return [source for source in sources if source.missing]


def unread_phones():
    """Telephones without E.164 numbers, because the line as typed was ambiguous."""
    return Phone.objects.filter(e164=[]).select_related("office", "contact").prefetch_related(
        "office__translations", "contact__translations"
    )  # fmt: skip
