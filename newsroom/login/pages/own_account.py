"""“Account security”: the user's second factors, open sessions, single sign-on and password."""

from django.contrib import messages
from django.utils.translation import gettext as _

from contacts.validators import read_id

from .. import limits, mails, requirement, sessions
from ..factors import recovery
from ..sso import provider
from .access_decorators import page, to


def security(request, site):
    user = request.user
    rows = [
        {
            "row": row,
            "device": sessions.device(row.browser),
            "is_this": row.session_key == request.session.session_key,
        }
        for row in sessions.shown(user)
    ]
    return page(
        request,
        site,
        "security",
        _("Account security"),
        app=getattr(user, "authenticator_app", None),
        passkeys=user.passkeys.all(),
        codes_left=recovery.left(user),
        is_asked=requirement.is_asked_of(user),
        sessions=rows,
        provider=provider.name(),
        outside=user.outside_accounts.first(),
    )


def end_sessions(request, site):
    """One session of the own ones, or all others. This one ends by “Log out”."""
    others = request.user.open_sessions.exclude(session_key=request.session.session_key)
    chosen = request.POST.get("session", "")
    if chosen:
        others = others.filter(pk=read_id(chosen))
    sessions.end(others)
    messages.success(request, _("The session was ended.") if chosen else _("All other sessions were ended."))
    return to("security")


def disconnect(request, site):
    """End the single sign-on. Users without a password keep it: they could not come back."""
    if not request.user.has_usable_password():
        messages.error(request, _("You have no password: without the single sign-on you could not log in."))
        return to("security")
    if request.user.outside_accounts.all().delete()[0]:
        mails.tell(request.user, "outside_removed")
        messages.success(request, _("The single sign-on was disconnected."))
    return to("security")


def new_password(request, django_page):
    """Django’s page for a new password, on which the old one is guessed as slowly as at the log-in.

    After a change no other session stays, and the owner gets a mail.
    """
    if request.method == "POST" and (refusal := limits.refusal(request, request.user)):
        return refusal
    response = django_page(request)
    if request.method == "POST" and response.status_code == 302:
        sessions.end_all(request.user)
        sessions.note(request, anew=True)  # Django has given the session a new id
        mails.tell(request.user, "password")
    elif request.method == "POST" and response.context_data["form"].has_error("old_password", "password_incorrect"):
        limits.count_wrong(request, request.user)
    return response


def log_out(request, django_log_out, extra_context):
    """End the session here; its page leads to where the session at the provider ends, too."""
    key, used_provider = request.session.session_key, request.session.get(provider.USED)
    end = provider.log_out_address(request) if request.method == "POST" and used_provider else ""
    context = {"provider": provider.name(), "provider_log_out": end, **(extra_context or {})}
    response = django_log_out(request, context)
    if request.method == "POST":
        sessions.forget(key)
    return response
