"""Lists that cost the same at a thousand and at a million articles."""

from django.contrib.admin.options import IncorrectLookupParameters
from django.core.paginator import Paginator
from django.utils.functional import cached_property

from contacts.admin.base import StrictChangeList


class BoundedPaginator(Paginator):
    """Counts no further than `limit`: nobody leafs through more, and counting a million rows is slow."""

    limit = 5000

    @cached_property
    def count(self):
        return self.object_list.order_by()[: self.limit].count()


class ArticleList(StrictChangeList):
    def get_filters(self, request):
        try:
            return super().get_filters(request)
        except (OverflowError, ValueError) as error:  # a year of forty digits, the year after the last
            raise IncorrectLookupParameters(error) from error

    def get_queryset(self, request, exclude_parameters=None):
        articles = super().get_queryset(request, exclude_parameters)
        return (
            articles.select_related("office", "created_by", "revises")
            .prefetch_related(
                "office__translations", "region_rows__region__translations", "topic_rows__topic__translations"
            )
            .defer("body", "notes_to_editors", "began_as", "revises__body", "revises__notes_to_editors")
        )
