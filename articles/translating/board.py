"""The board of translations: the newest stories by language, how many translations are missing or behind, by week.

It looks at the newest stories only, so that it costs the same at any size.
"""

from collections import Counter
from datetime import timedelta
from typing import NamedTuple

from django.conf import settings

from contacts import clock

from ..models import Article, BehindPeriod, WaivedLanguage

STORIES, WEEKS = 500, 12
STATES = ("current", "behind", "work", "missing", "waived")
APPROVED, WITHDRAWN = Article.State.APPROVED, Article.State.WITHDRAWN
FIELDS = (
    "pk", "translation_of", "language", "state", "publish_at", "first_published_at", "source_state__behind",
    "source_state__urgent", "source_state__held_at",
)  # fmt: skip


class Version(NamedTuple):
    """A translation; names as in FIELDS."""

    pk: int
    source: int
    language: str
    state: str
    publish_at: object
    first_published_at: object
    behind: int | None
    urgent: bool | None
    held_at: object


class Cell(NamedTuple):
    """A story in one language: `state` is one of STATES, "source" or "withdrawn". `may_open`: the user sees it."""

    language: str
    state: str
    version: Version | None = None
    has_copy: bool = False
    may_open: bool = False


def newest_stories(articles, office=None, kind="", since=None):
    """The newest stories that are public or scheduled, of those articles that a user may see."""
    found = articles.filter(state=APPROVED, translation_of=None, revises=None)
    if office:
        found = found.filter(office=office)
    if kind:
        found = found.filter(kind=kind)
    if since:
        found = found.filter(publish_at__gte=since)
    newest = found.order_by("-publish_at", "-id").without_texts()
    return list(newest.select_related("office")[:STORIES])


class Board:
    """The languages of some stories, in five queries.

    `visible`: the articles that the user may see. Of others the board says no more than that they are in work.
    """

    def __init__(self, stories, visible, now=None):
        self.stories, self.now = stories, now or clock.now()
        self.languages = [code for code, _ in settings.LANGUAGES]
        ids = [story.pk for story in stories]
        rows = Article.objects.filter(translation_of__in=ids, revises=None).order_by().values_list(*FIELDS)
        self.versions = {(row[1], row[2]): Version(*row) for row in rows}
        self.waived = set(WaivedLanguage.objects.filter(article__in=ids).values_list("article", "language"))
        seen = visible.filter(translation_of__in=ids).order_by().values_list("pk", "revises")
        self.visible, self.copies = set(), set()
        for pk, revises in seen:
            (self.copies if revises else self.visible).add(revises or pk)

    def rows(self, stories):
        """[(story, [Cell of each language])]"""
        return [(story, [self.cell(story, language) for language in self.languages]) for story in stories]

    def cell(self, story, language):
        if language == story.language:
            return Cell(language, "source")
        version = self.versions.get((story.pk, language))
        if version is None:
            return Cell(language, "waived" if (story.pk, language) in self.waived else "missing")
        may_open = version.pk in self.visible
        return Cell(language, self._state(version), version, version.pk in self.copies, may_open)

    def _state(self, version):
        if version.state in (WITHDRAWN, Article.State.GONE):
            return "withdrawn"
        is_live = version.state == APPROVED and version.publish_at <= self.now
        if version.behind and (is_live or version.pk in self.visible):
            return "behind"
        return "current" if is_live else "work"

    def numbers(self):
        """[(language, {state: number of stories})] of STATES."""
        found = {language: Counter() for language in self.languages}
        for story in self.stories:
            for language in self.languages:
                found[language][self.cell(story, language).state] += 1
        return [(language, [(state, counts[state]) for state in STATES]) for language, counts in found.items()]

    def debt(self):
        """[(day, missing, behind)]: how many translations were missing or behind at the end of each of WEEKS weeks."""
        moments = [self.now - timedelta(weeks=weeks) for weeks in range(WEEKS - 1, -1, -1)]
        ids = [version.pk for version in self.versions.values()]
        periods = list(BehindPeriod.objects.filter(translation__in=ids).values_list("since", "until"))
        missing = list(self._missing_periods())
        return [(moment.date(), _open(missing, moment), _open(periods, moment)) for moment in moments]

    def _missing_periods(self):
        """Yield (since, until or None) of each language that a story wanted and did not have yet."""
        for story in self.stories:
            for language in self.languages:
                if language != story.language and (story.pk, language) not in self.waived:
                    version = self.versions.get((story.pk, language))
                    yield story.publish_at, version and _public_since(version)


def _public_since(version):
    return version.first_published_at or (version.publish_at if version.state == APPROVED else None)


def _open(periods, moment):
    return sum(since <= moment and (until is None or until > moment) for since, until in periods)


def bars(debt):
    """The debt as rectangles of a drawing of 100 by 100: [(day, missing, behind, x, width, y, height, y, height)]."""
    most = max((missing + behind for _, missing, behind in debt), default=0) or 1
    step = 100 / len(debt)
    found = []
    for at, (day, missing, behind) in enumerate(debt):
        low, high = 100 * missing / most, 100 * behind / most
        found.append({
            "day": day, "missing": missing, "behind": behind, "x": round(at * step + step * 0.1, 2),
            "width": round(step * 0.8, 2), "missing_y": round(100 - low, 2), "missing_height": round(low, 2),
            "behind_y": round(100 - low - high, 2), "behind_height": round(high, 2),
        })  # fmt: skip
    return found
