"""The calendar: which publications and embargoes fall into a week or a month, and moving one to another time."""

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from contacts import clock
from contacts.languages import zone_name
from contacts.public_pages import changed

from .. import permissions
from ..models import Article
from ..publication_day import OfficeZones, local_time
from ..publishing import after_save, revisions, working_copies
from ..publishing.locking import claim_version
from ..publishing.requirements import Refused

LIMIT = 500  # entries of one page
STATES = (Article.State.DRAFT, Article.State.IN_REVIEW, Article.State.APPROVED, Article.State.WITHDRAWN)
MOVED = (Article.State.DRAFT, Article.State.IN_REVIEW, Article.State.APPROVED)
# What the page shows of an article, and `may_move` asks: to read all columns of 500 takes three times as long.
READ = (
    "language", "headline", "state", "publish_at", "press_from", "office", "revises", "translation_of", "restricted",
    "emergency_at", "version",
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One moment of an article: its publication ("publish_at") or the beginning of its embargo ("press_from")."""

    article: Article
    field: str
    local: datetime  # in the time zone in which it is shown
    zone: str  # of the issuing office: in it a new time is typed
    office: str  # its name
    may_move: bool

    @property
    def typed(self):
        """Its time as the form shows it, in the zone of the issuing office."""
        return f"{local_time(getattr(self.article, self.field), self.zone):%Y-%m-%dT%H:%M}"

    @property
    def is_embargo(self):
        return self.field == "press_from"


def days_shown(day, view):
    """The first and the last day of the week ("week") or of the whole weeks of the month of `day`."""
    if view == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    weeks = calendar.Calendar().monthdatescalendar(day.year, day.month)
    return weeks[0][0], weeks[-1][-1]


def entries(user, articles, days, zones, offices, own_zone=""):
    """({day: [Entry]}, whether there are more than `LIMIT`), of the first to the last of two days.

    Times are the issuing office's, or in `own_zone`. offices: {id: name}.
    """
    first, last = days
    start, end = (datetime.combine(day, time(), UTC) + timedelta(days=more) for day, more in ((first, -1), (last, 2)))
    visible = permissions.visible(user, articles).filter(state__in=STATES).select_related("revises")
    visible = visible.only(*READ, *(f"revises__{name}" for name in READ))
    found, is_cut = {}, False
    for field in ("press_from", "publish_at"):
        rows = list(visible.filter(**{f"{field}__gte": start, f"{field}__lt": end}).order_by(field, "id")[: LIMIT + 1])
        is_cut = is_cut or len(rows) > LIMIT
        for article in rows[:LIMIT]:
            zone = zones.name(article.office_id)
            local = local_time(getattr(article, field), own_zone or zone)
            if first <= local.date() <= last:
                may = may_move(user, article, permissions.holds)
                entry = Entry(article, field, local, zone, offices.get(article.office_id, ""), may)
                found.setdefault(local.date(), []).append(entry)
    for day in found.values():
        day.sort(key=lambda entry: (entry.local, entry.article.pk))
    return found, is_cut


def may_move(user, article, has_right=permissions.may):
    """Whether the user may give it another time: it takes the right to edit it; for an approved one, to approve it."""
    if article.is_live or article.state not in MOVED:
        return False
    right = "release" if article.state == Article.State.APPROVED else "edit"
    return all(has_right(user, right, row) for row in article.with_live_row)


@transaction.atomic
def reschedule(article, field, moment, by):
    """Give a publication or an embargo another time. An approval stays: whoever may approve chooses the time.

    Raises `Refused`, and `Stale` if somebody else saved the article first.
    """
    if not may_move(by, article):
        raise Refused(Refused.NOT_POSSIBLE)
    before = getattr(article, field)
    if before is None:
        raise Refused(_("Give it a date in its form first."))
    if moment == before:
        return article
    _refuse(article, field, moment)
    claim_version(article)
    is_approved = article.state == Article.State.APPROVED and not article.revises_id
    if is_approved:
        working_copies.undo_first_publication(article)
    setattr(article, field, moment)
    article.updated_by = by
    if is_approved:
        working_copies.prepare_first_publication(article)
    article.save(update_fields=[field, "first_published_at", "updated_by", "updated_at"])
    article.moves.create(
        name="reschedule", from_state=article.state, to_state=article.state, by=by,
        reason=_in_words(article, before, moment),
    )  # fmt: skip
    after_save.sync(article)
    if is_approved:
        revisions.publish_edition(article, by)
    else:
        revisions.record(article, by)
    changed()
    return article


def _in_words(article, before, after):
    """“2026-11-12 10:00 → 2026-11-13 10:00 (Nairobi)”, in the zone of the issuing office, in which it is typed."""
    zone = OfficeZones().name(article.office_id)
    told = " → ".join(f"{local_time(moment, zone):%Y-%m-%d %H:%M}" for moment in (before, after))
    return f"{told} ({zone_name(zone)})"


def _refuse(article, field, moment):
    if moment <= clock.now():
        raise Refused(_("Choose a time to come."))
    publish_at = moment if field == "publish_at" else article.publish_at
    press_from = moment if field == "press_from" else article.press_from
    if press_from and publish_at and press_from > publish_at:
        raise Refused(_("The embargo cannot start after publication."))


def step(day, view, forward):
    """The same day of the next or the last week, or the first of the next or the last month."""
    try:
        if view == "week":
            return day + timedelta(days=7 if forward else -7)
        first = day.replace(day=1)
        return (first + timedelta(days=32)).replace(day=1) if forward else (first - timedelta(days=1)).replace(day=1)
    except OverflowError:
        return day


def read_day(text, today):
    """The day of an address, or today if there is none that a calendar shows."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return today
    return day if 1900 <= day.year <= 2200 else today
