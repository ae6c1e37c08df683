"""Filters of the article list: drop-downs that stay usable with three hundred choices and no JavaScript."""

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.models import Country, Office, Region

from ...models import Article, Topic


class SelectFilter(admin.SimpleListFilter):
    """One question of the form above the list; an empty answer asks nothing, an unknown one is told."""

    def __init__(self, *args):
        super().__init__(*args)
        if self.value() and not self.knows(self.value()):
            raise IncorrectLookupParameters(self.parameter_name)

    def knows(self, value):
        return value in {str(known) for known, _label in self.lookup_choices}

    def chosen(self):
        value = self.value()
        return int(value) if value and value.isdecimal() and len(value) < 19 else None

    def choices(self, changelist):
        yield {"selected": not self.value(), "value": "", "display": _("All")}
        for value, label in self.lookup_choices:
            yield {"selected": str(value) == self.value(), "value": value, "display": label}


class NamedFilter(SelectFilter):
    """Rows by their names in the reader's language."""

    model = None

    def offered(self):
        return self.model.objects.all()

    def lookups(self, request, model_admin):
        rows = self.offered().with_name().order_by("local_name")
        return [(str(row.pk), row.local_name) for row in rows.only("pk")]

    def row(self):
        return self.model.objects.filter(pk=self.chosen()).first()


class StateFilter(SelectFilter):
    title, parameter_name = _("state"), "shown"

    def lookups(self, request, model_admin):
        return [
            ("draft", _("draft")),
            ("in_review", _("in review")),
            ("scheduled", _("scheduled")),
            ("live", _("live")),
            ("copies", _("working copies")),
            ("withdrawn", _("withdrawn")),
            ("gone", _("gone")),
        ]

    def queryset(self, request, articles):
        value, now = self.value(), timezone.now()
        if value == "live":
            return articles.live(now)
        if value == "scheduled":
            return articles.filter(state=Article.State.APPROVED, revises=None, publish_at__gt=now)
        if value == "copies":
            return articles.filter(revises__isnull=False)
        return articles.filter(state=value) if value in Article.State.values else articles


class LanguageFilter(SelectFilter):
    title, parameter_name = _("language"), "language"

    def lookups(self, request, model_admin):
        return Article._meta.get_field("language").flatchoices

    def queryset(self, request, articles):
        return articles.in_language(self.value()) if self.value() else articles


class KindFilter(SelectFilter):
    title, parameter_name = _("kind"), "kind"

    def lookups(self, request, model_admin):
        return Article._meta.get_field("kind").flatchoices

    def queryset(self, request, articles):
        return articles.of_kind(self.value()) if self.value() else articles


class RegionFilter(NamedFilter):
    title, parameter_name, model = _("region"), "region", Region

    def queryset(self, request, articles):
        region = self.row()
        return articles.in_region(region) if region else articles


class CountryFilter(NamedFilter):
    title, parameter_name, model = _("country"), "country", Country

    def queryset(self, request, articles):
        country = self.row()
        return articles.in_country(country) if country else articles


class TopicFilter(NamedFilter):
    title, parameter_name, model = _("topic"), "topic", Topic

    def offered(self):
        return Topic.objects.filter(merged_into=None)

    def queryset(self, request, articles):
        topic = self.row()
        return articles.about(topic) if topic else articles


class OfficeFilter(NamedFilter):
    title, parameter_name, model = _("office"), "office", Office

    def queryset(self, request, articles):
        office = self.row()
        return articles.from_office(office) if office else articles


class AuthorFilter(SelectFilter):
    title, parameter_name = _("author"), "author"

    def lookups(self, request, model_admin):
        # Whoever is not among the first has articles all the same.
        staff = get_user_model().objects.filter(is_staff=True).order_by("first_name", "username")[:300]
        return [(str(user.pk), user.get_full_name() or user.get_username()) for user in staff]

    def knows(self, value):
        return get_user_model().objects.filter(pk=self.chosen()).exists()

    def queryset(self, request, articles):
        return articles.filter(created_by=self.chosen()) if self.chosen() else articles
