"""The admin of pages, users and groups."""

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.utils.translation import gettext_lazy as _

from articles.admin.cleaning import EditorPages
from articles.admin.editor import RichText
from contacts.admin.base import CodedModelAdmin, SaveOnlyChanges
from contacts.admin.inlines import BaseInline, TranslationStackedInline
from contacts.cldr.ordering import ByName
from contacts.models import Membership

from .models import Page, PageTranslation


class PageTranslationInline(RichText, TranslationStackedInline):
    model = PageTranslation
    html_fields = ["body"]


@admin.register(Page)
class PageAdmin(EditorPages, CodedModelAdmin):
    list_display = ["title", "code", "parent", "order", "in_navigation", "is_published"]
    list_display_links = ["title", "code"]
    list_filter = ["in_navigation", "is_published"]
    list_select_related = ["parent"]
    search_translations = ["title"]
    autocomplete_fields = ["parent"]
    inlines = [PageTranslationInline]

    @admin.display(description=_("title"), ordering=ByName())
    def title(self, page):
        return page.name


class CheckedMultipleChoiceField(forms.ModelMultipleChoiceField):
    """A multiple choice that treats an id beyond the database's range as an unknown choice."""

    def clean(self, value):
        try:
            return super().clean(value)
        except OverflowError as error:
            raise forms.ValidationError(self.error_messages["invalid_list"], code="invalid_list") from error


class MembershipInline(BaseInline, admin.TabularInline):
    model = Membership
    autocomplete_fields = ["office"]
    extra = 1


admin.site.unregister([User, Group])


@admin.register(User)
class NewsroomUserAdmin(SaveOnlyChanges, UserAdmin):
    """Users with their memberships, which give the rights; groups are only for models that memberships do not cover."""

    list_display = ["username", "first_name", "last_name", "email", "is_active", "is_superuser", "last_login"]
    list_filter = ["is_active", "is_superuser", "memberships__role"]
    filter_horizontal = []
    readonly_fields = ["last_login", "date_joined"]
    inlines = [MembershipInline]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Person"), {"fields": [("first_name", "last_name"), "email"]}),
        (_("Rights"), {"fields": ["is_active", "is_staff", "is_superuser", "groups"]}),
        (_("Dates"), {"classes": ["collapse"], "fields": [("last_login", "date_joined")]}),
    ]

    def get_inlines(self, request, obj):
        return self.inlines if obj else []

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        kwargs |= {"widget": forms.CheckboxSelectMultiple, "form_class": CheckedMultipleChoiceField}
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(Group)
class NewsroomGroupAdmin(SaveOnlyChanges, GroupAdmin):
    filter_horizontal = []

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        kwargs |= {"widget": forms.CheckboxSelectMultiple, "form_class": CheckedMultipleChoiceField}
        return super().formfield_for_manytomany(db_field, request, **kwargs)
