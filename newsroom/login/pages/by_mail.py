"""Pages that links in mails open: a new password, an invitation; and the page that asks for a new password."""

from django import forms
from django.contrib import messages
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.views import PasswordResetConfirmView
from django.db import transaction
from django.http import JsonResponse
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.visitors.limits import is_too_often

from .. import invitations, limits, mails, sessions, steps
from ..factors import passkeys
from ..sso import provider
from .access_decorators import page, to
from .log_in import first_proof
from .own_factors import show_codes, tidy_name

MOST_RESETS, MOST_INVITATIONS, SECONDS = 10, 60, 3600  # of one IP address
INVITED = "invitation"  # in the session: the invitation that a single sign-on is to accept


class ResetForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )


def ask_for_reset(request, site):
    """The answer is the same for every e-mail address; the worker finds out whether there is an account."""
    form = ResetForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        if not is_too_often(request, "reset", MOST_RESETS, SECONDS):
            mails.reset(form.cleaned_data["email"])
            return to("reset_asked")
        form.add_error(None, _("You have asked too often. Try again in an hour."))
        status = 429
    response = page(request, site, "reset", _("New password"), form=form)
    response.status_code = status
    return response


def reset_asked(request, site):
    return page(request, site, "reset_asked", _("Look into your mail"))


class ResetView(PasswordResetConfirmView):
    """Choose a new password, from the link of the mail. A user with a second factor still needs it to log in."""

    template_name = "admin/login/new_password.html"
    success_url = reverse_lazy("admin:login")

    def form_valid(self, form):
        response = super().form_valid(form)
        sessions.end_all(self.user)
        mails.tell(self.user, "password")
        messages.success(self.request, _("Your new password is stored. Log in with it."))
        return response


def reset_confirm(request, site, uidb64, token):
    context = {**site.each_context(request), "title": _("New password")}
    return ResetView.as_view(extra_context=context)(request, uidb64=uidb64, token=token)


def invitation(request, site, token):
    """Whoever opens the link chooses a password, or goes on to the single sign-on, and has the account."""
    if is_too_often(request, "invitation", MOST_INVITATIONS, SECONDS):
        return _over(request, site, 429)
    invited = invitations.find(token)
    if invited is None:
        return _over(request, site, 404)
    account = invitations.account(invited)
    form = SetPasswordForm(account, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = invitations.accept(invited, form.cleaned_data["new_password1"])
        except invitations.Taken:
            form.add_error(None, _("There is an account of this name already. Ask an administrator."))
        else:
            return first_proof(request, site, user, reverse("admin:index"))
    request.session[INVITED] = invited.pk
    context = {"form": form, "invited": invited, "account": account, "token": token, "provider": provider.name()}
    return page(request, site, "invitation", _("Invitation"), **context)


def invitation_passkey(request, site, token):
    """The account is opened by a passkey, without a password: what the browser is asked (JSON), and its answer."""
    invited = invitations.find(token)
    if invited is None:
        return _over(request, site, 404)
    if "passkey" not in request.POST:
        account = invitations.account(invited)
        return JsonResponse(passkeys.ask_for_new(request, account, f"invitation-{invited.pk}"))
    try:
        with transaction.atomic():
            user = invitations.accept(invited)
            passkeys.add(request, user, request.POST["passkey"], tidy_name(request))
    except invitations.Taken:
        messages.error(request, _("There is an account of this name already. Ask an administrator."))
        return to("invitation", token)
    except passkeys.Refused:
        messages.error(request, _("The passkey was not added: the browser’s answer was not right. Try again."))
        return to("invitation", token)
    steps.enter(request, user, second=True)
    response = show_codes(request, site, user, reverse("admin:index"))
    limits.remember_browser(request, response)
    return response


def _over(request, site, status):
    context = {**site.each_context(request), "title": _("This invitation is not valid")}
    return render(request, "admin/login/invitation_over.html", context, status=status)
