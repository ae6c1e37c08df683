"""The list of all quotes, to search in. They are written and changed in the forms of their articles."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from contacts.admin.base import SaveOnlyChanges
from contacts.cldr.formats import short_date

from ... import permissions
from ...models import Article, Quote
from ...querysets import large_of
from .. import display
from ..article.change_list import LongList


class ApprovalFilter(admin.SimpleListFilter):
    title = _("approval")
    parameter_name = "approved"

    def lookups(self, request, model_admin):
        return [("yes", _("approved")), ("no", _("not approved yet"))]

    def queryset(self, request, queryset):
        if self.value() == "no":
            return queryset.unapproved()
        return queryset.exclude(approved_on=None) if self.value() == "yes" else queryset


@admin.register(Quote)
class QuoteAdmin(LongList, SaveOnlyChanges, admin.ModelAdmin):
    """Quotes of the articles that the user may see."""

    list_display = ["speaker", "role", "words", "in_article", "approved"]
    list_display_links = None
    list_filter = [ApprovalFilter, "language"]
    search_fields = ["speaker", "role", "text"]
    search_help_text = _("Searches speakers, functions and words.")
    ordering = ["-id"]
    actions = None
    fields = ["in_article", "speaker", "role", "text", "language", "approved_by", "approved_on"]
    readonly_fields = ["in_article"]

    def get_queryset(self, request):
        quotes = super().get_queryset(request).select_related("article")
        quotes = quotes.defer(*large_of("article"))
        return quotes.filter(article__in=permissions.visible(request.user, Article.objects.all()))

    def has_module_permission(self, request):
        return permissions.may(request.user, "view")

    def has_view_permission(self, request, obj=None):
        return permissions.may(request.user, "view", obj and obj.article)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        """A quote is deleted with its article, or in the article's form."""
        articles = self.admin_site.get_model_admin(Article)
        return obj is not None and articles.has_delete_permission(request, obj.article)

    def delete_view(self, request, object_id, extra_context=None):
        raise PermissionDenied

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return super().change_view(request, object_id, form_url, {"show_delete": False, **(extra_context or {})})

    @admin.display(description=_("words"))
    def words(self, quote):
        return format_html('<q dir="auto">{}</q>', Truncator(quote.text).chars(160))

    @admin.display(description=_("article"))
    def in_article(self, quote):
        address = reverse("admin:articles_article_change", args=[quote.article_id])
        return format_html('<a href="{}#quotes-group">{}</a>', address, display.headline(quote.article))

    @admin.display(description=_("approved"))
    def approved(self, quote):
        if not quote.approved_on:
            return _("not yet")
        return format_html("<bdi>{}</bdi>, {}", quote.approved_by, short_date(quote.approved_on))
