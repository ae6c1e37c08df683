from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from contacts.admin.base import MemberAdmin, NamedList, NamedRelations
from contacts.admin.inlines import OrderedInline, TranslationCards

from ..models import Topic, TopicContact, TopicTranslation
from ..publishing import topic_merging


class TopicWords(TranslationCards):
    model = TopicTranslation


class DeskContacts(OrderedInline):
    model = TopicContact
    autocomplete_fields = ["contact"]
    fields = ["contact", "order"]


@admin.register(Topic)
class TopicAdmin(NamedList, NamedRelations, MemberAdmin):
    list_display = ["name", "code", "parent", "order", "merged_into"]
    list_display_links = ["name", "code"]
    list_select_related = ["parent", "merged_into"]
    search_fields = ["code"]
    autocomplete_fields = ["parent", "merged_into"]
    inlines = [TopicWords, DeskContacts]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("parent__translations", "merged_into__translations")

    def after_change(self, request, form):
        super().after_change(request, form)
        if form.instance.merged_into_id:
            topic_merging.merge(form.instance)

    @admin.display(description=_("name"))
    def name(self, topic):
        return topic.name
