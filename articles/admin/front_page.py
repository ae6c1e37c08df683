"""The admin of the front page: pinned articles and banners. Those who approve everywhere change them."""

from django import forms
from django.contrib import admin
from django.db.models import OuterRef, Subquery, Value
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from contacts.admin.base import CodedModelAdmin, PublicModelAdmin, RelatedChoices
from contacts.admin.inlines import TranslationTabularInline
from contacts.cldr.ordering import sorted_by_name
from contacts.models import Region
from contacts.public_pages import changed

from .. import permissions
from ..models import Article, Banner, BannerTranslation, Pin
from ..models.desk.front_page import HOME, in_some_days
from ..publication_day import OfficeZones
from . import display
from .local_time import HeadquartersTimes, LocalTimeField


class UntilForm(HeadquartersTimes, forms.ModelForm):
    until = LocalTimeField(label=_("until"), initial=in_some_days)


def places(stored=""):
    """[(code, name)] of the pages that can have pins; the stored one stays, even if its region is no longer used."""
    regions = sorted_by_name(Region.objects.in_use().with_translations())
    found = [(HOME, _("front page")), *((region.code, region.name) for region in regions)]
    return found if stored in ("", *(code for code, _name in found)) else [*found, (stored, stored)]


class PinForm(UntilForm):
    place = forms.ChoiceField(label=_("page"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "place" in self.fields:
            self.fields["place"].choices = places(self.instance.place)


class FrontPageAdmin:
    """For the ModelAdmins of pins and banners: members view, those who approve everywhere change."""

    def has_module_permission(self, request):
        return permissions.may(request.user, "view")

    def has_view_permission(self, request, obj=None):
        return permissions.may(request.user, "view")

    def _may_change(self, request, obj=None):
        return permissions.everywhere(request.user, "front_page")

    def has_add_permission(self, request):
        return self._may_change(request)

    has_change_permission = has_delete_permission = _may_change

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(zone=Value(OfficeZones().name(None)))

    @admin.display(description=_("until"), ordering="until")
    def until_local(self, row):
        """In the time of the headquarters, in which it is typed."""
        return display.office_time(row.until, zone=row.zone)

    def after_change(self, request, form):
        changed()


@admin.register(Pin)
class PinAdmin(FrontPageAdmin, RelatedChoices, PublicModelAdmin):
    form = PinForm
    list_display = ["headline", "state", "language", "place_name", "is_lead", "order", "until_local"]
    list_display_links = ["headline"]
    list_select_related = ["article__office"]
    autocomplete_fields = ["article"]
    fields = ["article", "place", ("is_lead", "order"), "until"]

    def get_queryset(self, request):
        visible = permissions.visible(request.user, Article.objects.order_by())
        names = Region.objects.with_name().filter(code=OuterRef("place")).values("local_name")
        pins = super().get_queryset(request).annotate(region_name=Subquery(names))
        return pins.filter(article__in=visible).select_related("article__office")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        field.queryset = permissions.visible(request.user, field.queryset).filter(revises=None)
        return field

    @admin.display(description=_("headline"), ordering="article__headline")
    def headline(self, pin):
        return display.headline(pin.article)

    @admin.display(description=_("state"))
    def state(self, pin):
        return display.state_badge(pin.article)

    @admin.display(description=_("language"), ordering="article__language")
    def language(self, pin):
        return format_html('<abbr class="tag">{}</abbr>', pin.article.language)

    @admin.display(description=_("page"), ordering="place")
    def place_name(self, pin):
        return pin.place_name


class BannerTranslationInline(TranslationTabularInline):
    model = BannerTranslation


@admin.register(Banner)
class BannerAdmin(FrontPageAdmin, CodedModelAdmin):
    form = UntilForm
    list_display = ["text", "code", "until_local"]
    list_display_links = ["text", "code"]
    search_translations = ["text"]
    fields = ["code", "until", "link"]
    inlines = [BannerTranslationInline]

    def get_ordering(self, request):
        return ["-until", "code"]

    @admin.display(description=_("text"))
    def text(self, banner):
        return banner.name
