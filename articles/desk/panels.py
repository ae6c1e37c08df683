"""The panels on the first page of the admin: what waits for this person, what is published, what needs care, charts."""

from django.conf import settings
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery

from contacts import clock
from contacts.admin.unsaved import autosave
from contacts.cldr.formats import number
from contacts.models import Phone
from contacts.zones import own_day

from .. import permissions
from ..checks.links.broken_links import shown
from ..models import Article, Enquiry, ImportRun, Move, WaivedLanguage
from ..publishing.afterwards import review_dates
from ..reader_figures.figures import last_days
from ..translating import source_states
from ..translating.board import Board, bars, newest_stories
from . import charts, languages, lateness, queue
from .reachable import reachable

LINES, COUNT_UP_TO = 8, 1000


class Panel(list):
    """The first rows; `total` is their number in all, "1,000+" from `COUNT_UP_TO` on."""

    def __init__(self, rows):
        super().__init__(rows[:LINES])
        total = len(rows) if isinstance(rows, list) else rows.order_by().values("pk")[:COUNT_UP_TO].count()
        self.total = f"{number(COUNT_UP_TO)}+" if total == COUNT_UP_TO else total


def desk(user, now=None):
    """{name of the panel: its rows} for this user, in a constant number of queries."""
    return {name: make() for name, make in panels(user, now or clock.now()).items()}


def panels(user, now):
    """{name of the panel: function that reads it}."""
    visible = permissions.visible(user, Article.objects.all())
    articles, own_languages = _lines(visible), languages.of_person(user)
    with_source = articles.select_related("source_state")
    approves, administers = permissions.may(user, "approve"), permissions.everywhere(user, "approve")
    return {
        "emergencies": lambda: Panel(emergencies(user, articles)),
        "sent_back": lambda: Panel(sent_back(user, articles)),
        "unsaved": lambda: Panel(autosave.of_person(user)),
        "assigned": lambda: Panel(assigned(user, articles)),
        "approves": lambda: approves,
        "waiting": lambda: waiting(user, articles, now),
        "load": lambda: queue.load(visible) if approves else [],
        "corrections": lambda: Panel(corrections(articles)),
        "enquiries": lambda: Panel(enquiries_due(user)),
        "mine": lambda: Panel(drafts_of(user, articles)),
        "languages": lambda: own_languages,
        "held": lambda: Panel(source_states.held(with_source)),
        "behind": lambda: Panel(behind(with_source, own_languages)),
        "untranslated": lambda: Panel(untranslated(articles, now, own_languages)),
        "late": lambda: Panel(lateness.late(articles, now)),
        "scheduled": lambda: Panel(scheduled(articles, now)),
        "published": lambda: list(published(articles, now)[:LINES]),
        "links": lambda: Panel(with_broken_links(articles)),
        "ageing": lambda: Panel(review_dates.due(articles, own_day(user, now))),
        "unreachable": lambda: Panel(unreachable(articles, now)),
        "publications": lambda: charts.publications(
            permissions.with_right(user, Article.objects.all(), "view"), own_day(user, now)
        ),
        "ages": lambda: queue.ages(visible, now),
        "readers": lambda: readers(now),
        "debt": lambda: bars(Board(newest_stories(visible), visible, now).debt()),
        "administers": lambda: administers,
        "imports": lambda: list(ImportRun.objects.all()[:5]) if administers else [],
        "phones": lambda: Panel(unread_phones()) if administers else [],
    }


def _lines(articles):
    return articles.select_related("office", "created_by").prefetch_related("office__translations").without_texts()


def waiting(user, articles, now):
    """What the user may approve, with its risks; for those who approve nowhere, what waits for others."""
    found = Panel(queue.waiting(queue.for_approval(user, articles)))
    queue.set_risks(found, now)
    return found


def readers(now):
    """The counts of the last 30 days: {"days": [(day, number)], "total", "bars"}; None if nothing was counted."""
    days = last_days(now.date())
    numbers = [number for _, number in days]
    return {"days": days, "total": sum(numbers), "bars": charts.bars(numbers)} if any(numbers) else None


def behind(articles, own_languages):
    """Translations that are behind their source, in the user's languages if they have any."""
    found = source_states.behind(articles)
    return found.filter(language__in=own_languages) if own_languages else found


def emergencies(user, articles):
    """Published in an emergency and not looked at yet, the oldest first. Empty for those who may not approve."""
    if not permissions.may(user, "approve"):
        return articles.none()
    return articles.filter(emergency_at__isnull=False).order_by("emergency_at", "id")


def scheduled(articles, now):
    """Approved for a later date, new editions too, the soonest first. Uses the index on state and date."""
    return articles.filter(state=Article.State.APPROVED, publish_at__gt=now).order_by("publish_at", "id")


def published(articles, now):
    """Public articles in all languages, the newest first. Uses the index on the date."""
    return articles.filter(state=Article.State.APPROVED, revises=None, publish_at__lte=now).order_by(
        "-publish_at", "-id"
    )


def corrections(articles):
    """Corrections of public articles that readers do not see yet, those begun first at the top."""
    found = articles.filter(revises__gt=0, change_kind=Article.Change.CORRECTION).exclude(state=Article.State.GONE)
    return found.order_by("created_at", "id")  # by "id" alone PostgreSQL may read all articles first


def sent_back(user, articles):
    """Drafts that a reviewer sent back to this user and that were not submitted again, the newest first.

    Annotates `why`, the reason, and `sent_back_at`.
    """
    moves = Move.objects.filter(article=OuterRef("pk"), name__in=["submit", "request_changes", "recall"]).order_by(
        "-id"
    )
    submitted = Move.objects.filter(article=OuterRef("pk"), name="submit", by=user)
    return (
        articles.filter(Q(created_by=user) | Exists(submitted), state=Article.State.DRAFT)
        .annotate(last_step=Subquery(moves.values("name")[:1]))
        .filter(last_step="request_changes")
        .annotate(why=Subquery(moves.values("reason")[:1]), sent_back_at=Subquery(moves.values("at")[:1]))
        .order_by("-sent_back_at", "-id")
    )


def assigned(user, articles):
    """Articles on which this user acts next, the most urgent first."""
    return (
        articles.filter(assignment__assignee=user)
        .select_related("assignment__assignee")
        .order_by(F("assignment__until").asc(nulls_last=True), "id")
    )


def drafts_of(user, articles):
    return articles.filter(Q(created_by=user) | Q(updated_by=user), state=Article.State.DRAFT).order_by(
        "-updated_at", "-id"
    )


def untranslated(articles, now, wanted=(), looked_at=60):
    """Those of the newest `looked_at` source articles that lack a language; sets `missing` to their codes.

    `wanted`: the languages that count, all if there are none. One that a story will not have does not count, nor one
    that is in work, though the user may not see it.
    """
    wanted = wanted or [code for code, _ in settings.LANGUAGES]
    sources = published(articles, now).filter(translation_of=None).prefetch_related(None)[:looked_at]
    ids = [source.pk for source in sources]
    have = {}
    rows = Article.objects.filter(translation_of__in=ids, revises=None).order_by()
    for source, language in [
        *rows.values_list("translation_of", "language"),
        *WaivedLanguage.objects.filter(article__in=ids).values_list("article", "language"),
    ]:
        have.setdefault(source, set()).add(language)
    for source in sources:
        known = {source.language, *have.get(source.pk, ())}
        source.missing = [code for code in wanted if code not in known]
    return [source for source in sources if source.missing]


def with_broken_links(articles):
    """Public articles with links that lead nowhere; annotates `broken`, their number. The newest first."""
    rows = shown().order_by()
    numbers = rows.filter(article=OuterRef("pk")).values("article").annotate(number=Count("pk")).values("number")
    return (
        articles.filter(pk__in=rows.values("article")).annotate(broken=Subquery(numbers)).order_by("-publish_at", "-id")
    )


def unreachable(articles, now, looked_at=200):
    """Those of the newest public and next scheduled articles whose readers find nobody to ask: no press contact, or
    none who can be reached today, and no successor.
    """
    rows = [*scheduled(articles, now)[:looked_at], *published(articles, now)[:looked_at]]
    reached = reachable([row.pk for row in rows])
    return [row for row in rows if row.pk not in reached]


def enquiries_due(user):
    """Open enquiries, those with the nearest deadline first. Empty for those who do not answer enquiries."""
    if not permissions.may(user, "enquiries"):
        return Enquiry.objects.none()
    return Enquiry.objects.open().select_related("owner").most_urgent_first()


def unread_phones():
    """Telephones without E.164 numbers, because the line as typed was ambiguous."""
    return Phone.objects.filter(e164=[]).select_related("office", "contact").prefetch_related(
        "office__translations", "contact__translations"
    )  # fmt: skip
