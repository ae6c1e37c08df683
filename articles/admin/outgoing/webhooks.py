"""The admin of webhooks: the endpoints, their secrets, and the log of each. For those who approve everywhere."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from contacts.admin.base import URL_FIELDS, RelatedChoices, SaveOnlyChanges, StrictChangeList
from contacts.admin.fields import keep_stored_choices
from contacts.languages import language_choices

from ... import permissions
from ...models import Webhook, WebhookMessage
from ...models.outgoing.webhooks import Event, all_events
from ...webhooks import events, sending, signing

SHOWN = 100  # messages of a log


class WebhookForm(forms.ModelForm):
    events = forms.MultipleChoiceField(
        label=gettext_lazy("events"),
        choices=[(event.value, event.label) for event in Event if event != Event.TEST],
        initial=all_events,
        widget=forms.CheckboxSelectMultiple,
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("languages"),
        choices=language_choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("Of the articles; none chosen: all languages."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        keep_stored_choices(self, "owner", "languages")


@admin.register(Webhook)
class WebhookAdmin(RelatedChoices, SaveOnlyChanges, admin.ModelAdmin):
    form = WebhookForm
    list_display = ["name", "address", "state", "log"]
    list_filter = ["is_active"]
    search_fields = ["name", "address"]
    fields = ["name", "address", "events", "languages", "owner", "is_active"]
    formfield_overrides = URL_FIELDS

    def _may(self, request, obj=None):
        return permissions.everywhere(request.user, "approve")

    has_view_permission = has_change_permission = has_delete_permission = _may

    def has_module_permission(self, request):
        return self._may(request)

    def has_add_permission(self, request):
        return self._may(request)

    def get_changelist(self, request, **kwargs):
        return StrictChangeList

    def get_changeform_initial_data(self, request):
        return {"owner": request.user.pk} | super().get_changeform_initial_data(request)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        field.queryset = field.queryset.filter(is_staff=True)
        return field

    def after_change(self, request, form):
        if "is_active" in form.changed_data and form.instance.is_active:
            sending.switch_on(form.instance)

    def response_add(self, request, obj, post_url_continue=None):
        """To its log, where the secret is made: nothing is sent without one."""
        if "_addanother" in request.POST or "_popup" in request.POST:
            return super().response_add(request, obj, post_url_continue)
        messages.success(request, _("The webhook was added. Make its secret now: nothing is sent before."))
        return HttpResponseRedirect(self._log(obj.pk))

    def get_urls(self):
        view, name = self.admin_site.admin_view, "articles_webhook"
        return [
            path("<int:pk>/log/", view(self.log_view), name=f"{name}_log"),
            path("<int:pk>/secret/", view(self.secret_view), name=f"{name}_secret"),
            path("<int:pk>/test/", view(self.test_view), name=f"{name}_test"),
            path("<int:pk>/messages/<int:number>/again/", view(self.again_view), name=f"{name}_again"),
            *super().get_urls(),
        ]

    def log_view(self, request, pk):
        """The messages to the endpoint, with every attempt."""
        return self._log_page(request, self._webhook(request, pk))

    @method_decorator(require_POST)
    def secret_view(self, request, pk):
        """Make a new secret. It is in this answer and in no other one."""
        webhook = self._webhook(request, pk)
        secret = signing.renew(webhook)
        self.log_change(request, webhook, _("Made a new secret."))
        response = self._log_page(request, webhook, secret=secret)
        response["Cache-Control"] = "no-store"
        return response

    @method_decorator(require_POST)
    def test_view(self, request, pk):
        webhook = self._webhook(request, pk)
        if not webhook.secret or not webhook.is_active:
            messages.error(request, _("Nothing was sent: the webhook is switched off or has no secret yet."))
        else:
            events.send_test(webhook)
            messages.success(request, _("A test waits to be sent. Its answer stands in the log in some seconds."))
        return HttpResponseRedirect(self._log(pk))

    @method_decorator(require_POST)
    def again_view(self, request, pk, number):
        webhook = self._webhook(request, pk)
        message = get_object_or_404(WebhookMessage, webhook=webhook, pk=number)
        sending.try_again(message)
        messages.success(request, _("The message is sent again in some seconds."))
        return HttpResponseRedirect(self._log(pk))

    def _webhook(self, request, pk):
        if not self._may(request):
            raise PermissionDenied
        webhook = Webhook.objects.filter(pk=pk).first()
        if webhook is None:
            raise Http404
        return webhook

    def _log(self, pk):
        return reverse("admin:articles_webhook_log", args=[pk])

    def _log_page(self, request, webhook, secret=""):
        told = webhook.messages.prefetch_related("log").order_by("-id")[:SHOWN]
        return TemplateResponse(request, "admin/articles/webhook/log.html", {
            **self.admin_site.each_context(request), "opts": self.opts, "original": webhook, "secret": secret,
            "title": _("Log"), "told": told,
        })  # fmt: skip

    @admin.display(description=gettext_lazy("state"))
    def state(self, webhook):
        if not webhook.is_active:
            return _("switched off")
        if not webhook.secret:
            return _("no secret yet")
        return _("failing") if webhook.failing_since else _("active")

    @admin.display(description=gettext_lazy("log"))
    def log(self, webhook):
        return format_html('<a href="{}">{}</a>', self._log(webhook.pk), _("Log and secret"))
