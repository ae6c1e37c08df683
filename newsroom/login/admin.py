"""The admin of invitations; and, for users, the button that removes a lost second factor."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth import get_user_model
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from contacts.admin.base import RelatedChoices, StrictChangeList
from contacts.admin.fields import own_moment
from contacts.languages import content_language

from . import factors, invitations, mails, sessions
from .models import Invitation

STATES = {
    "pending": gettext_lazy("waits for an answer"),
    "accepted": gettext_lazy("accepted"),
    "revoked": gettext_lazy("revoked"),
    "expired": gettext_lazy("too old"),
}


class InvitationForm(forms.ModelForm):
    class Meta:
        model = Invitation
        fields = ["first_name", "last_name", "email", "username", "role", "office", "language"]

    def clean(self):
        values = super().clean()
        email = values.get("email")
        name = values.get("username") or email
        users = get_user_model().objects
        if not name:
            return
        try:
            UnicodeUsernameValidator()(name)
        except forms.ValidationError as error:
            self.add_error("username", error)
        if users.filter(username__iexact=name).exists():
            self.add_error("username", _("There is an account of this name already."))
        elif email and users.filter(email__iexact=email).exists():
            self.add_error("email", _("There is an account with this address already."))
        elif email and invitations.pending().filter(email__iexact=email).exists():
            self.add_error("email", _("There is an invitation to this address that waits for an answer."))
        if values.get("role") == Invitation.Role.ADMINISTRATOR and values.get("office"):
            self.add_error("office", _("Administrators belong to no office: they may do everything."))


@admin.register(Invitation)
class InvitationAdmin(RelatedChoices, admin.ModelAdmin):
    """For administrators alone, whatever groups allow: whoever invites gives rights."""

    form = InvitationForm
    list_display = ["full_name", "email", "role", "office", "state", own_moment(Invitation, "expires_at"), "invited_by"]
    list_filter = ["role"]
    list_select_related = ["office", "invited_by"]
    search_fields = ["first_name", "last_name", "email"]
    autocomplete_fields = ["office"]
    actions = None

    def _may(self, request, obj=None):
        return request.user.is_active and request.user.is_superuser

    has_view_permission = _may

    def has_module_permission(self, request):
        return self._may(request)

    def has_add_permission(self, request):
        return self._may(request)

    def has_change_permission(self, request, obj=None):
        return False

    has_delete_permission = _may

    def get_changelist(self, request, **kwargs):
        return StrictChangeList

    def get_changeform_initial_data(self, request):
        return {"language": content_language()} | super().get_changeform_initial_data(request)

    @admin.display(description=gettext_lazy("name"), ordering="last_name")
    def full_name(self, invitation):
        return invitation.full_name

    @admin.display(description=gettext_lazy("state"))
    def state(self, invitation):
        return STATES[invitations.state(invitation)]

    def get_fields(self, request, obj=None):
        own = InvitationForm.Meta.fields
        return [*own, "state", "invited_by", "created_at", "expires_at", "accepted_at", "revoked_at"] if obj else own

    def get_readonly_fields(self, request, obj=None):
        return self.get_fields(request, obj) if obj else []

    def save_model(self, request, obj, form, change):
        obj.invited_by, obj.expires_at = request.user, invitations.until(timezone.now())
        super().save_model(request, obj, form, change)
        mails.invite(obj)

    def render_change_form(self, request, context, *args, **kwargs):
        waits = kwargs.get("obj") and invitations.state(kwargs["obj"]) in ("pending", "expired")
        return super().render_change_form(request, context | {"waits": waits}, *args, **kwargs)

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/revoke/", view(self.revoke), name="newsroom_invitation_revoke"),
            path("<int:pk>/again/", view(self.send_again), name="newsroom_invitation_again"),
            *super().get_urls(),
        ]

    @method_decorator(require_POST)
    def revoke(self, request, pk):
        return self._done(request, pk, invitations.revoke, _("The invitation was revoked: its link opens nothing."))

    @method_decorator(require_POST)
    def send_again(self, request, pk):
        return self._done(request, pk, invitations.send_again, _("A mail with a new link is on its way."))

    def _done(self, request, pk, act, told):
        if not self._may(request):
            raise PermissionDenied
        invitation = get_object_or_404(Invitation, pk=pk)
        if act(invitation):
            self.log_change(request, invitation, told)
            messages.success(request, told)
        else:
            messages.error(request, _("The invitation was accepted or revoked already."))
        return HttpResponseRedirect(reverse("admin:newsroom_invitation_change", args=[pk]))


class SecondFactorLost:
    """For the ModelAdmin of users: an administrator removes all second factors of somebody who has lost them."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [path("<id>/second-factor/", view(self.second_factor), name="second_factor_lost"), *super().get_urls()]

    def second_factor(self, request, id):
        user = self.get_object(request, unquote(id))
        if not (request.user.is_superuser and user and self.has_change_permission(request, user)):
            raise PermissionDenied
        has_first = user.has_usable_password() or user.outside_accounts.exists()
        if request.method == "POST" and has_first:
            factors.remove_all(user)
            sessions.end_all(user)
            mails.tell(user, "all_removed")
            told = _("App, passkeys and recovery codes were removed, and all sessions ended.")
            self.log_change(request, user, told)
            messages.success(request, told)
            return HttpResponseRedirect(reverse("admin:auth_user_change", args=[user.pk]))
        context = self.admin_site.each_context(request) | {
            "title": _("Remove the second factor"),
            "opts": self.opts,
            "original": user,
            "has_any": factors.has_any(user),
            "has_first": has_first,
        }
        return TemplateResponse(request, "admin/auth/user/second_factor.html", context)

    def user_change_password(self, request, id, form_url=""):
        """A new password ends all sessions of the person."""
        response = super().user_change_password(request, id, form_url)
        user = self.get_object(request, unquote(id))
        if request.method == "POST" and response.status_code == 302 and user:
            own = request.session.session_key if user == request.user else None
            sessions.end_all(user, but=own)
            mails.tell(user, "password")
        return response
