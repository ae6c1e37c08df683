"""The admin of pages, users and groups."""

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from articles.admin.cleaning import EditorPages
from articles.admin.editor import RichText
from contacts.admin.base import CodedModelAdmin, SaveOnlyChanges
from contacts.admin.fields import own_moment
from contacts.admin.inlines import BaseInline, TranslationStackedInline
from contacts.cldr.formats import labelled
from contacts.cldr.ordering import ByName, ChoicesByName
from contacts.models import Membership, Scratch

from .login.admin import SecondFactorLost
from .models import Page, PageTranslation
from .theme import admin as theme_admin  # noqa: F401 - registers it


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


class PermissionChoices(CheckedMultipleChoiceField):
    """The rights to the records of the admin, by their names. Django's own names of rights are English."""

    iterator = ChoicesByName
    ACTIONS = {"add": _("Add"), "change": _("Change"), "delete": _("Delete"), "view": _("View")}

    def label_from_instance(self, permission):
        model = permission.content_type.model_class()
        action = self.ACTIONS.get(permission.codename.partition("_")[0], permission.name)
        return labelled(capfirst(model._meta.verbose_name_plural), action)

    @classmethod
    def offered(cls, permissions):
        models = admin.site._registry
        kinds = ContentType.objects.get_for_models(*models, for_concrete_models=False).values()
        return permissions.filter(content_type__in=kinds).select_related("content_type")


class MembershipInline(BaseInline, admin.TabularInline):
    model = Membership
    autocomplete_fields = ["office"]
    extra = 1


admin.site.unregister([User, Group])


def with_pages(lines):
    """Nested lists of lines, as Django's page of a deletion has them: those that link to a page of the admin."""
    kept = [with_pages(one) if isinstance(one, list) else one for one in lines]
    return [one for one in kept if (one if isinstance(one, list) else "<a " in one)]


@admin.register(User)
class NewsroomUserAdmin(SecondFactorLost, SaveOnlyChanges, UserAdmin):
    """Users with their memberships, which give the rights; groups are only for models that memberships do not cover."""

    list_display = [
        "username",
        "first_name",
        "last_name",
        "email",
        "is_active",
        "is_superuser",
        own_moment(User, "last_login"),
    ]
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

    def get_deleted_objects(self, objs, request):
        """What goes with a user: rows without a page are counted only, and kept texts of open forms not even that."""
        rows, counts, *rest = super().get_deleted_objects(objs, request)
        counts.pop(Scratch._meta.verbose_name_plural, None)
        return with_pages(rows), counts, *rest

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        kwargs |= {"widget": forms.CheckboxSelectMultiple, "form_class": CheckedMultipleChoiceField}
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(Group)
class NewsroomGroupAdmin(SaveOnlyChanges, GroupAdmin):
    filter_horizontal = []

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        kwargs |= {"widget": forms.CheckboxSelectMultiple, "form_class": PermissionChoices}
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        field.queryset = PermissionChoices.offered(field.queryset)
        return field

    def save_related(self, request, form, formsets, change):
        """Rights that the form does not offer, because no page of the admin needs them, stay as they are."""
        offered = PermissionChoices.offered(Permission.objects.all())
        others = list(form.instance.permissions.exclude(pk__in=offered.values("pk")))
        super().save_related(request, form, formsets, change)
        form.instance.permissions.add(*others)
