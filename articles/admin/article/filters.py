"""The filters of the list of articles, shown as drop-down lists."""

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from contacts import clock
from contacts.cldr.collation import sort_key
from contacts.models import Country, Office, Region
from contacts.models.links import Succeeded, connected
from contacts.models.membership import name_of
from contacts.validators import read_id
from contacts.zones import own_day

from ...checks.links.broken_links import shown
from ...desk import languages, panels
from ...models import Article, Topic
from ...publishing.afterwards import review_dates
from ...translating import source_states


class SelectFilter(admin.SimpleListFilter):
    """A drop-down list above the table. An unknown value is refused."""

    def __init__(self, *args):
        super().__init__(*args)
        if self.value() and not self.is_known(self.value()):
            raise IncorrectLookupParameters(self.parameter_name)

    def is_known(self, value):
        return value in {str(known) for known, _label in self.lookup_choices}

    def chosen_id(self):
        """The chosen value as a number within the database's range, or None."""
        return read_id(self.value())

    def choices(self, changelist):
        yield {"selected": not self.value(), "value": "", "display": _("All")}
        for value, label in self.lookup_choices:
            yield {"selected": str(value) == self.value(), "value": value, "display": label}


class RelatedFilter(SelectFilter):
    """Choices are the rows of a model, by their names in the user's language.

    A row that leads to another one is not offered: to choose it is to choose the other one.
    """

    model = None

    def lookups(self, request, model_admin):
        rows = self.model.objects.with_name().order_by()
        if issubclass(self.model, Succeeded):
            rows = connected(rows, self.model.leads_by)
            self.moved = {str(row.pk): str(row.final.pk) for row in rows if row.final != row}
        else:
            rows, self.moved = rows.only("pk"), {}
        named = [(str(row.pk), row.local_name) for row in rows if str(row.pk) not in self.moved]
        return sorted(named, key=lambda choice: sort_key(choice[1]))

    def value(self):
        return self.moved.get(super().value(), super().value())

    def chosen_row(self):
        return self.model.objects.filter(pk=self.chosen_id()).first()


class StateFilter(SelectFilter):
    title, parameter_name = _("state"), "state"

    def lookups(self, request, model_admin):
        return [
            ("draft", _("draft")),
            ("mine", _("my drafts")),
            ("in_review", _("in review")),
            ("scheduled", _("scheduled")),
            ("live", _("live")),
            ("copies", _("working copies")),
            ("corrections", _("corrections under way")),
            ("withdrawn", _("withdrawn")),
            ("gone", _("gone")),
            ("emergency", _("emergency, to look at")),
            ("limited", _("limited to named people")),
        ]

    def queryset(self, request, articles):
        value, now = self.value(), clock.now()
        if value == "live":
            return articles.live(now)
        if value == "scheduled":
            return articles.filter(state=Article.State.APPROVED, revises=None, publish_at__gt=now)
        if value == "copies":
            return articles.filter(revises__isnull=False)
        if value == "mine":
            return panels.drafts_of(request.user, articles).order_by()
        if value == "corrections":
            return panels.corrections(articles).order_by()
        if value == "emergency":
            return articles.filter(emergency_at__isnull=False)
        if value == "limited":
            return articles.limited()
        return articles.filter(state=value) if value in Article.State.values else articles


class BehindFilter(SelectFilter):
    """Translations whose source has changed since."""

    title, parameter_name = _("source"), "source"

    def lookups(self, request, model_admin):
        return [
            ("behind", _("changed since the translation")),
            ("mine", _("changed since the translation, in my languages")),
            ("corrected", _("corrected since the translation")),
            ("held", _("changed, publication held")),
        ]

    def queryset(self, request, articles):
        behind = articles.filter(source_state__behind__gt=0)
        if self.value() == "behind":
            return behind
        if self.value() == "mine":
            return behind.filter(language__in=languages.of_person(request.user))
        if self.value() == "corrected":
            return behind.filter(source_state__urgent=True)
        return source_states.held(articles) if self.value() == "held" else articles


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


class RegionFilter(RelatedFilter):
    title, parameter_name, model = _("region"), "region", Region

    def queryset(self, request, articles):
        region = self.chosen_row()
        return articles.in_region(region) if region else articles


class CountryFilter(RelatedFilter):
    title, parameter_name, model = _("country"), "country", Country

    def queryset(self, request, articles):
        country = self.chosen_row()
        return articles.in_country(country) if country else articles


class TopicFilter(RelatedFilter):
    title, parameter_name, model = _("topic"), "topic", Topic

    def queryset(self, request, articles):
        topic = self.chosen_row()
        return articles.about(topic) if topic else articles


class OfficeFilter(RelatedFilter):
    title, parameter_name, model = _("office"), "office", Office

    def queryset(self, request, articles):
        office = self.chosen_row()
        return articles.from_office(office) if office else articles


class LinksFilter(SelectFilter):
    title, parameter_name = _("links"), "links"

    def lookups(self, request, model_admin):
        return [("broken", _("broken links"))]

    def queryset(self, request, articles):
        return articles.filter(pk__in=shown().order_by().values("article")) if self.value() else articles


class ReviewFilter(SelectFilter):
    title, parameter_name = _("to be looked at again"), "again"

    def lookups(self, request, model_admin):
        return [("due", _("now")), ("later", _("later")), ("never", _("on no day"))]

    def queryset(self, request, articles):
        if self.value() == "due":
            return review_dates.due(articles, own_day(request.user))
        if self.value() == "later":
            return articles.filter(review_by__gt=own_day(request.user))
        return articles.filter(review_by=None) if self.value() else articles


class AuthorFilter(SelectFilter):
    title, parameter_name = _("author"), "author"

    def lookups(self, request, model_admin):
        # Only the first 300 are offered; the others can be filtered by URL.
        staff = get_user_model().objects.filter(is_staff=True).order_by("first_name", "username")[:300]
        named = [(str(user.pk), name_of(user)) for user in staff]
        return sorted(named, key=lambda choice: sort_key(choice[1]))

    def is_known(self, value):
        return get_user_model().objects.filter(pk=self.chosen_id()).exists()

    def queryset(self, request, articles):
        return articles.filter(created_by=self.chosen_id()) if self.chosen_id() else articles


class AssignedFilter(SelectFilter):
    title, parameter_name = _("who acts next"), "assigned"

    def lookups(self, request, model_admin):
        return [("me", _("assigned to me")), ("late", _("past its date"))]

    def queryset(self, request, articles):
        if self.value() == "me":
            return articles.filter(assignment__assignee=request.user)
        if self.value() == "late":
            return articles.filter(assignment__until__lt=own_day(request.user))
        return articles
