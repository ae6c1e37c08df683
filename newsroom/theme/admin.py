"""The admin of the look of the site. Those who approve everywhere change it."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from articles.admin.front_page import FrontPageAdmin
from contacts.admin.base import CodedModelAdmin
from contacts.admin.inlines import TranslationStackedInline
from contacts.cldr.formats import number
from contacts.public_pages import names_changed

from . import colours
from .current import shown_as
from .models import Theme, ThemeTranslation


class ThemeTranslationInline(TranslationStackedInline):
    model = ThemeTranslation


@admin.register(Theme)
class ThemeAdmin(FrontPageAdmin, CodedModelAdmin):
    list_display = ["name", "code", "is_used"]
    list_display_links = ["name", "code"]
    autocomplete_fields = ["emblem"]
    readonly_fields = ["contrasts", "preview"]
    inlines = [ThemeTranslationInline]
    fieldsets = [
        (None, {"fields": ["code", "is_used", "preview", "emblem", "letters", "social_links"]}),
        (_("Colours"), {"fields": [("brand", "link"), ("brand_dark", "link_dark"), "contrasts"]}),
    ]

    def get_ordering(self, request):
        return ["-is_used", "code"]

    def after_change(self, request, form):
        names_changed()

    def get_urls(self):
        page = path("<int:pk>/preview/", self.admin_site.admin_view(self.preview_page), name="newsroom_theme_preview")
        return [page, *super().get_urls()]

    def preview_page(self, request, pk):
        """The front page with this look, as readers would see it."""
        from articles import views  # commands load the admin, and need no pages

        if request.method not in ("GET", "HEAD") or not self.has_view_permission(request):
            raise PermissionDenied
        theme = Theme.objects.select_related("emblem").with_translations().filter(pk=pk).first()
        if theme is None:
            raise Http404
        with shown_as(theme):
            response = views.home(request)
        response["Cache-Control"] = "private, no-store"
        return response

    @admin.display(description=_("preview"))
    def preview(self, theme):
        if theme.pk is None:
            return _("Save it first.")
        address = reverse("admin:newsroom_theme_preview", args=[theme.pk])
        return format_html('<a href="{}">{}</a>', address, _("The front page with this look, as saved"))

    @admin.display(description=_("contrasts"))
    def contrasts(self, theme):
        """What the chosen colours have; the least that is allowed is 4.5."""
        fields = {field.name: field.verbose_name for field in Theme._meta.fields}
        rows = [(fields[field], other, number(round(ratio, 1))) for field, other, ratio in colours.pairs(vars(theme))]
        return format_html_join("", "{} – {}: {}<br>", rows) or _("Those of the site as it comes.")
