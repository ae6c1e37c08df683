from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.admin.editor import NoncedMedia, RichText
from contacts.admin.access import MemberAdmin
from contacts.admin.inlines import TranslationCards
from contacts.admin.relations import NamedList, NamedRelations

from .models import Page, PageTranslation


class PageWords(RichText, TranslationCards):
    model = PageTranslation
    html_fields = ["body"]


@admin.register(Page)
class PageAdmin(NoncedMedia, NamedList, NamedRelations, MemberAdmin):
    list_display = ["title", "code", "parent", "order", "in_navigation", "is_published"]
    list_display_links = ["title", "code"]
    list_filter = ["in_navigation", "is_published"]
    list_select_related = ["parent"]
    search_fields = ["code"]
    searched_words = ("title",)
    autocomplete_fields = ["parent"]
    inlines = [PageWords]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("parent__translations")

    @admin.display(description=_("title"))
    def title(self, page):
        return page.name
