"""The list of articles in the admin: columns, date navigation, a bounded count. It costs the same at any size."""

import calendar
import datetime

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.paginator import Paginator
from django.utils.dates import MONTHS
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from contacts.admin.base import StrictChangeList
from contacts.models.membership import name_of
from contacts.permissions import own_zone

from ... import publication_day
from ...fields import YEARS
from ...querysets import LARGE, large_of
from .. import display

DATE_FIELD = "published_on"


class ArticleColumns:
    """For the ModelAdmin: the methods of `list_display` and of `readonly_fields`."""

    @admin.display(description=_("headline"), ordering="headline")
    def headline_column(self, article):
        return display.headline(article)

    @admin.display(description=_("state"), ordering="state")
    def state_badge(self, article):
        state = getattr(article, "source_state", None)
        return format_html("{} {}", display.state_badge(article), display.behind_badge(state) if state else "")

    @admin.display(description=_("language"), ordering="language")
    def language_tag(self, article):
        return format_html('<abbr class="tag" title="{}">{}</abbr>', article.get_language_display(), article.language)

    @admin.display(description=_("kind"), ordering="kind")
    def kind_label(self, article):
        return article.kind_label

    @admin.display(description=_("regions"))
    def region_names(self, article):
        return display.listed(row.region.name for row in article.region_rows.all())

    @admin.display(description=_("topics"))
    def topic_names(self, article):
        return display.listed(row.topic.name for row in article.topic_rows.all())

    @admin.display(description=_("office"))
    def office_name(self, article):
        return article.office.name if article.office_id else "–"

    @admin.display(description=_("date"), ordering="publish_at")
    def date(self, article):
        return display.published(article)

    @admin.display(description=_("author"))
    def author(self, article):
        by = article.created_by
        return name_of(by, article.created_by_name or "–")

    @admin.display(description=_("who acts next"))
    def acts_next(self, article):
        assignment = getattr(article, "assignment", None)
        return display.acts_next(assignment) if assignment else "–"

    @admin.display(description=_("body"))
    def body_html(self, article):
        return display.field_html(article, "body")

    @admin.display(description=_("notes to editors"))
    def notes_html(self, article):
        return display.field_html(article, "notes_to_editors")

    @admin.display(description=_("publish at, office time"))
    def publish_at_local(self, article):
        return self._local(article, article.publish_at)

    @admin.display(description=_("press from, office time"))
    def press_from_local(self, article):
        return self._local(article, article.press_from)

    def _local(self, article, moment):
        own = own_zone(article.viewer) if hasattr(article, "viewer") else ""
        return display.office_time(moment, zone=publication_day.OfficeZones().name(article.office_id), own_zone=own)


class BoundedPaginator(Paginator):
    """Counts at most `limit` rows: counting a million is slow, and nobody pages that far.

    A later page is chosen by ids, so that the database joins and sorts no whole rows of the pages before it.
    """

    limit = 5000

    @cached_property
    def count(self):
        return self.object_list.order_by()[: self.limit].count()

    def _get_page(self, rows, number, paginator):
        if number > 1:
            rows = self.object_list.filter(pk__in=list(rows.values_list("pk", flat=True)))
        return super()._get_page(rows, number, paginator)


class LongList:
    """For a ModelAdmin whose list may have a million rows: fifty a page, and nothing that counts or shows them all."""

    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    list_max_show_all = 0
    paginator = BoundedPaginator


class ArticleChangeList(StrictChangeList):
    def get_filters(self, request):
        try:
            return super().get_filters(request)
        except (OverflowError, ValueError) as error:  # a year that no datetime has
            raise IncorrectLookupParameters(error) from error

    def get_queryset(self, request, exclude_parameters=None):
        articles = super().get_queryset(request, exclude_parameters)
        if year := _date_part(self.params.get(f"{DATE_FIELD}__year")):
            # No index has the day: the moments, which one has, are within a day of it.
            start = publication_day.earliest(datetime.date(year, 1, 1))
            articles = articles.filter(publish_at__gte=start)
            if year < datetime.MAXYEAR:
                articles = articles.filter(publish_at__lt=publication_day.latest(datetime.date(year + 1, 1, 1)))
        return (
            articles.select_related("office", "created_by", "revises", "source_state", "assignment__assignee")
            .prefetch_related(
                "office__translations", "region_rows__region__translations", "topic_rows__topic__translations"
            )
            .defer(*LARGE, *large_of("revises"))
        )

    def date_links(self):
        """((query string, label) of the step back or None, [(query string, label) of each year, month or day]).

        The selected day has an empty query string. Unlike Django's `date_hierarchy` this does not ask the database
        for the distinct dates of all rows, but only for the first and the last.
        """
        year, month, day = (_date_part(self.params.get(f"{DATE_FIELD}__{part}")) for part in ("year", "month", "day"))
        if year and month:
            days = range(1, calendar.monthrange(year, month)[1] + 1)
            back = (self._date_query(year=year), str(year))
            return back, [(self._date_query(year=year, month=month, day=d) if d != day else "", d) for d in days]
        if year:
            months = range(1, 13)
            return (self._date_query(), ""), [(self._date_query(year=year, month=m), MONTHS[m]) for m in months]
        return None, [(self._date_query(year=y), y) for y in self._years()]

    def _years(self):
        """The last year to the first. Dates out of a plausible range, such as imported ones, get no link."""
        start, stop = (datetime.datetime(year, 1, 1, tzinfo=datetime.UTC) for year in (YEARS.start, YEARS.stop))
        dated = (
            self.root_queryset.filter(publish_at__gte=start, publish_at__lt=stop)
            .exclude(**{DATE_FIELD: None})
            .order_by("publish_at", "id")
            .values_list(DATE_FIELD, flat=True)
        )
        first, last = dated.first(), dated.last()
        return range(last.year, first.year - 1, -1) if first else ()

    def _date_query(self, **parts):
        lookups = {f"{DATE_FIELD}__{part}": value for part, value in parts.items()}
        return self.get_query_string(lookups, [f"{DATE_FIELD}__", "p"])


def _date_part(text):
    """The number, or None if the text is no year, month or day."""
    number = int(text) if text and text.isdecimal() and len(text) < 5 else 0
    return number if number and datetime.MINYEAR <= number <= datetime.MAXYEAR else None
