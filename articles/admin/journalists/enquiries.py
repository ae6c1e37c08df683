"""The admin of the log of enquiries, for those who answer them: editors and approvers."""

from datetime import timedelta
from urllib.parse import quote, urlencode

from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db import models
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from contacts.admin.base import RelatedChoices, SaveOnlyChanges, StrictChangeList
from contacts.admin.fields import keep_stored_choices
from contacts.cldr.formats import ago
from contacts.models import Membership
from contacts.models.membership import name_of
from contacts.zones import own_time

from ... import permissions
from ...mail import notices
from ...models import Article, Enquiry, Notice
from ...querysets import large_of
from .. import display
from ..article.change_list import LongList
from ..local_time import HeadquartersTimes, LocalTimeField

LONGEST_SUBJECT, LONGEST_QUOTED = 80, 800  # characters: programs refuse a long mailto address
LIMITED = _("Limited to named people")  # instead of the headline, for those who are not named


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, user):
        return name_of(user)


def who_answer():
    """The accounts that answer enquiries, by name."""
    roles = [role for role, rights in permissions.RIGHTS.items() if "enquiries" in rights]
    members = Membership.objects.filter(role__in=roles).exclude(trust=Membership.Trust.BLOCKED).values("user")
    users = get_user_model().objects.filter(is_active=True, is_staff=True)
    users = users.filter(models.Q(is_superuser=True) | models.Q(pk__in=members))
    return users.order_by("first_name", "last_name", "username")


class EnquiryForm(HeadquartersTimes, forms.ModelForm):
    deadline = LocalTimeField(label=_("deadline"), required=False)
    owner = PersonField(queryset=None, label=_("owner"), required=False, help_text=_("Who answers it."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "owner" in self.fields:
            self.fields["owner"].queryset = who_answer()
        keep_stored_choices(self, "owner", "article")


class OwnerFilter(admin.SimpleListFilter):
    title = _("owner")
    parameter_name = "owner"

    def lookups(self, request, model_admin):
        return [("me", _("mine")), ("nobody", _("nobody’s"))]

    def queryset(self, request, enquiries):
        if self.value() == "me":
            return enquiries.filter(owner=request.user)
        return enquiries.filter(owner=None) if self.value() == "nobody" else enquiries


class DueFilter(admin.SimpleListFilter):
    title = _("deadline")
    parameter_name = "due"

    def lookups(self, request, model_admin):
        return [("open", _("to be answered")), ("late", _("past, and not answered")), ("day", _("within a day"))]

    def queryset(self, request, enquiries):
        now = timezone.now()
        if self.value() == "late":
            return enquiries.open().filter(deadline__lt=now)
        if self.value() == "day":
            return enquiries.open().filter(deadline__gte=now, deadline__lt=now + timedelta(days=1))
        return enquiries.open() if self.value() == "open" else enquiries


@admin.register(Enquiry)
class EnquiryAdmin(LongList, RelatedChoices, SaveOnlyChanges, admin.ModelAdmin):
    form = EnquiryForm
    list_display = ["asked", "outlet", "in_article", "due", "state_name", "owner_name", "received"]
    list_display_links = ["asked"]
    list_filter = ["state", OwnerFilter, DueFilter, "language"]
    list_select_related = ["article", "owner"]
    search_fields = ["name", "outlet", "about", "question"]
    search_help_text = _("Searches names, outlets, subjects and questions.")
    actions = None
    autocomplete_fields = ["article"]
    readonly_fields = ["reply", "received", "erased"]
    fieldsets = [
        (_("Asked by"), {"fields": [("name", "outlet"), ("email", "telephone"), "language"]}),
        (_("Question"), {"fields": ["about", "article", "question", "deadline"]}),
        (
            _("Our answer"),
            {
                "fields": ["reply", ("state", "owner"), "answer", "outcome"],
                "description": _("A record for the desk. Saving sends nothing: answer by e-mail or telephone."),
            },
        ),
        (None, {"fields": [("received", "erased")]}),
    ]

    def get_changelist(self, request, **kwargs):
        return StrictChangeList

    def get_queryset(self, request):
        limited = permissions.hidden(request.user, Article.objects.filter(pk=models.OuterRef("article")).order_by())
        rows = super().get_queryset(request).annotate(is_limited=models.Exists(limited))
        return rows.select_related("article", "owner").defer(*large_of("article"))

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "article":
            field.queryset = permissions.visible(request.user, Article.objects.filter(revises=None))
            field.label_from_instance = lambda row: LIMITED if permissions.is_hidden(request.user, row) else str(row)
        return field

    def _answers(self, request, obj=None):
        return permissions.may(request.user, "enquiries")

    has_view_permission = has_change_permission = _answers

    def has_module_permission(self, request):
        return self._answers(request)

    def has_add_permission(self, request):
        return self._answers(request)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if "owner" in form.changed_data and obj.owner:
            notices.add(Notice.Kind.ENQUIRY, None, {obj.owner}, request.user, enquiry=obj)

    @admin.display(description=_("question"))
    def asked(self, enquiry):
        shown = Truncator(enquiry.about or enquiry.question).chars(80)
        return format_html('<bdi dir="auto">{}</bdi>', shown) if shown else str(enquiry)

    @admin.display(description=_("Answer by e-mail"))
    def reply(self, enquiry):
        """A link that opens the e-mail program, with the question quoted."""
        if not enquiry.email:
            return "–"
        about = enquiry.about or Truncator(enquiry.question).chars(LONGEST_SUBJECT)
        quoted = Truncator(enquiry.question).chars(LONGEST_QUOTED).splitlines()
        text = "".join(["\r\n\r\n", *(f"> {line}\r\n" for line in quoted)])
        mail = urlencode({"subject": f"Re: {about}", "body": text}, quote_via=quote)
        return format_html(
            '<a href="mailto:{}?{}"><bdi dir="ltr">{}</bdi></a>', quote(enquiry.email, safe="@"), mail, enquiry.email
        )

    @admin.display(description=_("article"))
    def in_article(self, enquiry):
        if enquiry.is_limited:
            return LIMITED
        return display.headline(enquiry.article) if enquiry.article else "–"

    @admin.display(description=_("deadline"), ordering="deadline")
    def due(self, enquiry):
        if enquiry.deadline is None:
            return "–"
        moment = own_time(enquiry.deadline)
        return format_html('<strong class="late">{}</strong>', moment) if enquiry.is_late else moment

    @admin.display(description=_("state"), ordering="state")
    def state_name(self, enquiry):
        return enquiry.get_state_display()

    @admin.display(description=_("owner"))
    def owner_name(self, enquiry):
        return name_of(enquiry.owner, "–")

    @admin.display(description=_("received"), ordering="received_at")
    def received(self, enquiry):
        return ago(enquiry.received_at) if enquiry.pk else "–"

    @admin.display(description=_("personal data deleted"))
    def erased(self, enquiry):
        return ago(enquiry.erased_at) if enquiry.erased_at else _("not yet")
