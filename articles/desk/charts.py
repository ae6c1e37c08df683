"""The charts of the desk: numbers for drawings and for the tables beside them. They count what the viewer may see."""

from collections import Counter
from datetime import timedelta
from typing import NamedTuple

from django.db.models import Case, Count, IntegerField, Value, When
from django.db.models.functions import TruncWeek

from contacts.models import Region

from .. import publication_day

WEEKS = 26


class Series(NamedTuple):
    """The stories of a region, or of all (`region` is None), in each week."""

    region: object
    numbers: list
    bars: list

    @property
    def total(self):
        return sum(self.numbers)


class Publications(NamedTuple):
    """`weeks`: the Mondays; `series`: all stories, then those of each region."""

    weeks: list
    series: list

    @property
    def by_week(self):
        """[(Monday, number of each series)]: the rows of a table."""
        return list(zip(self.weeks, *(one.numbers for one in self.series), strict=True))


class Bar(NamedTuple):
    """A rectangle in a drawing of 100 by 100."""

    x: float
    width: float
    y: float
    height: float


def publications(articles, today):
    """The Publications of the last WEEKS weeks, the regions in their order.

    A story counts once, whatever its languages; in two regions it counts in both. `articles` may hold limited ones:
    what is public is limited no more.
    """
    this_week = today - timedelta(days=today.weekday())
    weeks = [this_week - timedelta(weeks=number) for number in range(WEEKS - 1, -1, -1)]
    start = publication_day.earliest(weeks[0])  # the moment is in an index, the day in none
    stories = articles.live().filter(
        translation_of=None, publish_at__gte=start, published_on__gte=weeks[0], published_on__lte=today
    ).order_by()  # fmt: skip
    by_week = stories.annotate(week=TruncWeek("published_on"))
    regions, top_of = _regions()
    counted = Counter()
    for week, number in by_week.values_list("week").annotate(number=Count("pk")):
        counted[None, week] = number
    if top_of:
        part = Case(*(When(region_rows__region=pk, then=Value(top)) for pk, top in top_of.items()))
        part.output_field = IntegerField()
        rows = by_week.annotate(part=part).exclude(part=None).values_list("part", "week")
        for top, week, number in rows.annotate(number=Count("pk", distinct=True)):
            counted[top, week] = number
    found = [(None, None), *((region.pk, region) for region in regions)]
    series = [(region, [counted[pk, week] for week in weeks]) for pk, region in found]
    shown = [one for one in series if one[0] is None or one[0].is_active or any(one[1])]
    return Publications(weeks, [Series(region, numbers, bars(numbers)) for region, numbers in shown])


def _regions():
    """([regions under none but the global one], {id of any region: id of the one above it, or its own})."""
    rows = {row.pk: row for row in Region.objects.with_translations()}
    top_of = {}
    for pk, row in rows.items():
        parent = rows.get(row.parent_id)
        top_of[pk] = parent.pk if parent is not None and parent.lists_children else pk
    return [rows[pk] for pk in top_of if top_of[pk] == pk], top_of


def bars(numbers, most=0):
    """[Bar] of numbers side by side; the highest, or `most`, is 100 high."""
    most, step = most or max(numbers, default=0) or 1, 100 / max(len(numbers), 1)
    return [
        Bar(round(at * step + step * 0.1, 2), round(step * 0.8, 2), round(100 - 100 * number / most, 2),
            round(100 * number / most, 2))
        for at, number in enumerate(numbers)
    ]  # fmt: skip
