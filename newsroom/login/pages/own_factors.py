"""Setting up and removing an authenticator app, passkeys and recovery codes."""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from contacts.languages import organisation_name
from contacts.plain_text import one_line

from .. import kept_posts, limits, mails, requirement, steps
from ..factors import has_any, passkeys, recovery, totp
from ..models import AuthenticatorApp, Passkey
from .access_decorators import page, to

SECRET = "app_secret"  # in the session, until a code has shown that the app knows it
NAME_LENGTH = Passkey._meta.get_field("name").max_length


def set_up(request, site, user):
    """The choice of somebody who must have a second factor and has none."""
    return set_up_page(request, site, user, _kept(request))


def set_up_page(request, site, user, kept=""):
    is_asked = requirement.is_asked_of(user)
    return page(request, site, "set_up", _("Set up a second factor"), kept=kept, owner=user, is_asked=is_asked)


def _kept(request):
    return request.POST[kept_posts.KEPT] if request.method == "POST" and kept_posts.read(request) else ""


def set_up_app(request, site, user):
    """Show the secret as a QR code and as text; the app is stored when it has shown a right code."""
    secret = request.session.get(SECRET) or totp.new_secret()
    request.session[SECRET] = secret
    error = ""
    if "code" in request.POST:
        if totp.set_up(user, secret, request.POST["code"]):
            del request.session[SECRET]
            return _added(request, site, user, "app")
        error = _("This code is not that of the app. Wait for the next one; the clock of the device must be right.")
    address = totp.address(secret, user.get_username(), organisation_name())
    shown = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    return page(
        request, site, "app", _("Authenticator app"), kept=_kept(request), error=error,
        qr_code=totp.qr_code(address), secret=shown,
    )  # fmt: skip


def ask_for_passkey(request, site, user):
    return JsonResponse(passkeys.ask_for_new(request, user))


def tidy_name(request):
    return one_line(request.POST.get("name", ""))[:NAME_LENGTH] or _("Passkey")


def add_passkey(request, site, user):
    """What the browser has made."""
    if user.passkeys.count() >= passkeys.MOST:
        messages.error(request, _("You have many passkeys already. Remove one that you do not use any more."))
        return to("security")
    try:
        passkeys.add(request, user, request.POST.get("passkey", ""), tidy_name(request))
    except passkeys.Refused:
        messages.error(request, _("The passkey was not added: the browser’s answer was not right. Try again."))
        return to("set_up") if steps.waiting(request) else to("security")
    return _added(request, site, user, "passkey")


def _added(request, site, user, change):
    """Open the session of who had to set it up, and show the recovery codes, once."""
    mails.tell(user, change)
    was_waiting, wanted = steps.waiting(request), steps.wanted_page(request)
    if was_waiting:
        steps.enter(request, user, second=True)
    else:
        steps.prove(request, second=True)
    if recovery.left(user):
        response = to("security")
        messages.success(request, _("Your second factor is set up."))
    else:
        response = show_codes(request, site, user, wanted if was_waiting else "")
    if was_waiting:
        limits.remember_browser(request, response)
    return response


def show_codes(request, site, user, wanted):
    """New recovery codes, on the only page that shows them; `wanted`: where it leads to, or "" for the own account."""
    codes = recovery.renew(user)
    response = page(request, site, "recovery_codes", _("Recovery codes"), codes=codes, next=wanted, kept=_kept(request))
    response["Cache-Control"] = "no-store"
    return response


def new_codes(request, site):
    mails.tell(request.user, "codes")
    return show_codes(request, site, request.user, "")


def remove_app(request, site):
    return _remove(request, AuthenticatorApp.objects.filter(user=request.user), "app_removed")


def remove_passkey(request, site, pk):
    get_object_or_404(Passkey, user=request.user, pk=pk)
    return _remove(request, Passkey.objects.filter(user=request.user, pk=pk), "passkey_removed")


def _remove(request, rows, change):
    """The last one stays if a second factor is asked for, or if it is the only way in. Codes alone have no use."""
    user = request.user
    number = user.passkeys.count() + AuthenticatorApp.objects.filter(user=user).count()
    is_last = number <= rows.count()
    if is_last and requirement.is_asked_of(user):
        messages.error(request, _("You must have a second factor. Set up another one first."))
        return to("security")
    if is_last and not user.has_usable_password() and not user.outside_accounts.exists():
        messages.error(
            request,
            _("You have no password: without the passkey you could not log in. Ask for a password on the log-in page."),
        )
        return to("security")
    if rows.delete()[0]:
        mails.tell(user, change)
        messages.success(request, mails.CHANGES[change])
    if not has_any(user):
        user.recovery_codes.all().delete()
    return to("security")
