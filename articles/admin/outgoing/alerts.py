"""The admin of e-mail alerts: who subscribes to what, and the log of mails. For those who approve everywhere.

Nobody signs readers up here: a subscription counts when its reader confirms it. Keys and links are not shown.
"""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from contacts.admin.base import StrictChangeList

from ... import permissions
from ...alerts import subscriptions
from ...alerts.filters import described
from ...models import Delivery, Subscription
from ...querysets import large_of
from .. import display
from ..article.change_list import BoundedPaginator


class ConfirmedFilter(admin.SimpleListFilter):
    title = _("confirmed")
    parameter_name = "confirmed"

    def lookups(self, request, model_admin):
        return [("yes", _("confirmed")), ("no", _("not yet"))]

    def queryset(self, request, rows):
        return rows.filter(confirmed_at__isnull=self.value() == "no") if self.value() in ("yes", "no") else rows


class SentFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "sent"

    def lookups(self, request, model_admin):
        return [("waiting", _("waiting")), ("sent", _("sent")), ("left_out", _("not sent"))]

    def queryset(self, request, rows):
        if self.value() == "waiting":
            return rows.waiting()
        if self.value() == "sent":
            return rows.filter(sent_at__isnull=False)
        return rows.exclude(left_out="") if self.value() == "left_out" else rows


class ReadOnly(admin.ModelAdmin):
    """For those who approve everywhere, to look at."""

    search_fields = ["subscriber__email"]
    search_help_text = _("Searches e-mail addresses.")
    list_select_related = ["subscriber"]
    show_full_result_count = False
    list_per_page = 50
    list_max_show_all = 0
    actions = None

    def _may(self, request, obj=None):
        return permissions.everywhere(request.user, "approve")

    has_view_permission = _may

    def has_module_permission(self, request):
        return self._may(request)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_changelist(self, request, **kwargs):
        return StrictChangeList


@admin.register(Subscription)
class SubscriptionAdmin(ReadOnly):
    """Deleting one ends it; with the last one of a reader, the e-mail address is deleted, too."""

    list_display = ["email", "filter_name", "language", "frequency", "since", "state"]
    list_filter = ["frequency", "language", ConfirmedFilter]
    show_facets = admin.ShowFacets.ALWAYS  # the numbers by frequency and language
    fields = readonly_fields = ["email", "filter_name", "language", "frequency", "since", "state"]

    has_delete_permission = ReadOnly._may

    def delete_model(self, request, obj):
        subscriptions.end(obj.subscriber, [obj.pk])

    @admin.display(description=_("e-mail"), ordering="subscriber__email")
    def email(self, row):
        return format_html('<bdi dir="ltr">{}</bdi>', row.subscriber.email)

    @admin.display(description=_("filter"), ordering="filter")
    def filter_name(self, row):
        return format_html("<bdi>{}</bdi>", described(row.filter, row.language))

    @admin.display(description=_("confirmed"), ordering="confirmed_at")
    def since(self, row):
        return display.office_moment(row.confirmed_at) if row.confirmed_at else _("not yet")

    @admin.display(description=_("state"))
    def state(self, row):
        if row.subscriber.switched_off_at:
            return _("switched off: the address was refused")
        return _("active") if row.confirmed_at else _("waits to be confirmed")


@admin.register(Delivery)
class DeliveryAdmin(ReadOnly):
    """The log: what was sent to whom, what waits, and what was not sent, with the reason."""

    list_display = ["email", "headline", "kind", "due", "sent", "reason"]
    list_filter = [SentFilter, "announcement__kind", "left_out"]
    list_select_related = ["subscriber", "announcement__article"]
    show_facets = admin.ShowFacets.NEVER
    paginator = BoundedPaginator
    fields = readonly_fields = ["email", "headline", "kind", "due", "sent", "edition", "reason"]

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .select_related(*self.list_select_related)
            .defer(*large_of("announcement__article"))
        )

    @admin.display(description=_("e-mail"))
    def email(self, row):
        return format_html('<bdi dir="ltr">{}</bdi>', row.subscriber.email)

    @admin.display(description=_("article"))
    def headline(self, row):
        return display.headline(row.announcement.article)

    @admin.display(description=_("kind"))
    def kind(self, row):
        return row.announcement.get_kind_display()

    @admin.display(description=_("due"), ordering="due_at")
    def due(self, row):
        return display.office_moment(row.due_at)

    @admin.display(description=_("sent"), ordering="sent_at")
    def sent(self, row):
        return display.office_moment(row.sent_at) if row.sent_at else "–"

    @admin.display(description=_("not sent"))
    def reason(self, row):
        return row.get_left_out_display() or "–"
