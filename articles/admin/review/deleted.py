"""The admin of deleted articles, read-only: who deleted what and when, with the last text, moves and revisions."""

from datetime import datetime

from django.contrib import admin
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from contacts.admin.fields import own_moment

from ... import permissions
from ...models import DeletedArticle
from ...review import content_changes, deleted
from ..article.steps import label_named
from .history import content_html


@admin.register(DeletedArticle)
class DeletedArticleAdmin(admin.ModelAdmin):
    list_display = ["title", "language", "office", "author", "by", own_moment(DeletedArticle, "at")]
    list_display_links = ["title"]
    list_select_related = ["by", "office"]
    search_fields = ["headline"]
    fields = readonly_fields = ["title", "language", "office", "author", "by", "at", "last_text", "moves", "versions"]
    list_per_page = 50
    show_full_result_count = False

    def get_queryset(self, request):
        rows = deleted.visible(request.user).prefetch_related("office__translations")
        return rows if request.resolver_match.url_name.endswith("_change") else rows.defer("content", "history")

    def has_module_permission(self, request):
        return permissions.may(request.user, "view")

    def has_view_permission(self, request, obj=None):
        return permissions.may(request.user, "view") and (
            obj is None or deleted.visible(request.user).filter(pk=obj.pk).exists()
        )

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("headline"), ordering="headline")
    def title(self, row):
        return format_html('<bdi lang="{}" dir="{}">{}</bdi>', row.language, row.direction, row.headline)

    @admin.display(description=_("last text"))
    def last_text(self, row):
        return _content(row, row.content)

    @admin.display(description=_("moves"))
    def moves(self, row):
        moves = [
            {**move, "at": datetime.fromisoformat(move["at"]), "label": label_named(move["name"])}
            for move in reversed(row.history["moves"])
        ]
        return render_to_string("admin/articles/_deleted_moves.html", {"moves": moves, "original": row})

    @admin.display(description=_("saved versions"))
    def versions(self, row):
        versions = [
            (datetime.fromisoformat(one["at"]), one["by"], one["edition"], _content(row, one["content"]))
            for one in reversed(row.history["revisions"])
        ]
        remarks = [one | {"at": datetime.fromisoformat(one["at"])} for one in row.history["remarks"]]
        context = {"versions": versions, "remarks": remarks, "original": row}
        return render_to_string("admin/articles/_deleted_versions.html", context)


def _content(row, content):
    shown = {"content": content | content_html(content), "facts": content_changes.facts(content), "original": row}
    return render_to_string("admin/articles/article/_content.html", shown)
