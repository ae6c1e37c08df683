"""The admin of topics."""

from django.contrib import admin

from contacts.admin.base import CodedModelAdmin
from contacts.admin.inlines import OrderedInline, TranslationStackedInline

from ..models import Topic, TopicContact, TopicTranslation


class TopicTranslationInline(TranslationStackedInline):
    model = TopicTranslation


class TopicContactInline(OrderedInline):
    model = TopicContact
    autocomplete_fields = ["contact"]
    fields = ["contact", "order"]


@admin.register(Topic)
class TopicAdmin(CodedModelAdmin):
    list_display = ["name", "code", "parent", "order", "merged_into"]
    list_display_links = ["name", "code"]
    list_select_related = ["parent", "merged_into"]
    autocomplete_fields = ["parent", "merged_into"]
    inlines = [TopicTranslationInline, TopicContactInline]
