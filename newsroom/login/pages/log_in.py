"""The log-in page, the second step after it, and the log-in with a passkey."""

from copy import copy
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpResponseRedirect, JsonResponse, QueryDict
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from contacts.visitors.limits import is_too_often

from .. import factors, kept_posts, limits, mails, requirement, steps
from ..factors import passkeys, recovery, totp
from ..sso import provider
from .access_decorators import page, to

MOST_QUESTIONS, QUESTIONS_SECONDS = 300, 600  # challenges for passkeys of one IP address


class PasswordView(LoginView):
    """Name and password, then the next step."""

    template_name = "admin/login.html"
    authentication_form = AdminAuthenticationForm
    site = None

    def form_valid(self, form):
        return first_proof(self.request, self.site, form.get_user(), self.get_success_url())


def log_in(request, site, extra_context=None):
    """The log-in page; users who are logged in, or must still give the second factor, are redirected."""
    if request.method == "GET" and site.has_permission(request):
        return to("index")
    if request.method == "GET" and (user := steps.waiting(request)):
        return to("second_step" if factors.has_any(user) else "set_up")
    kept = kept_posts.read(request) if request.method == "POST" else None
    text = request.POST[kept_posts.KEPT] if kept else ""
    if kept and "username" not in request.POST:  # from a page that could not show the form again
        return go_on(request, site, kept, text)
    return _page(request, site, {"kept": text, **(extra_context or {})})


def go_on(request, site, kept, text):
    """The answer to words that were kept over another page of the log-in: the form, or the step that is still owed."""
    if site.has_permission(request):
        return kept_posts.show_again(request, kept)
    if user := steps.waiting(request):
        return next_step(request, site, user, text)
    return page_for_words(request, site, text)


def page_for_words(request, site, kept):
    """The page to log in, instead of the answer to a post; `kept` are the signed words of the posted form."""
    opening = copy(request)
    opening.method, opening.POST = "GET", QueryDict()
    login = f"{reverse('admin:login')}?{urlencode({'next': request.get_full_path()})}"
    response = _page(opening, site, {"kept": kept, "app_path": login, "next": request.get_full_path()})
    add_never_cache_headers(response)
    return response


def _page(request, site, extra_context):
    request.current_app = site.name
    context = {
        **site.each_context(request),
        "title": _("Log in"),
        "subtitle": None,
        "app_path": request.get_full_path(),
        "username": request.user.get_username(),
        "provider": provider.name(),
    }
    if "next" not in request.GET and "next" not in request.POST:
        context["next"] = reverse("admin:index")
    return PasswordView.as_view(site=site, extra_context=context | extra_context)(request)


def first_proof(request, site, user, wanted):
    """The response after a password or the single sign-on: the page that was asked for, or the second factor."""
    kept = kept_posts.read(request)
    if factors.has_any(user) or requirement.is_asked_of(user):
        steps.wait(request, user, wanted)
        return next_step(request, site, user, request.POST[kept_posts.KEPT] if kept else "")
    return arrive(request, user, wanted, second=False)


def next_step(request, site, user, kept):
    """To the second step or the set-up: a redirect, or the page itself if it has words to keep."""
    from .own_factors import set_up_page

    has_factors = factors.has_any(user)
    if not kept:
        return to("second_step" if has_factors else "set_up")
    return second_step_page(request, site, user, kept) if has_factors else set_up_page(request, site, user, kept)


def arrive(request, user, wanted, second):
    """Open the session. The answer is the page that they wanted, or the form with the words that were kept."""
    kept = kept_posts.read(request) if request.method == "POST" else None
    steps.enter(request, user, second)
    response = kept_posts.show_again(request, kept) if kept else HttpResponseRedirect(wanted)
    limits.remember_browser(request, response)
    return response


def second_step(request, site):
    """A one-time code, a recovery code, or a passkey (which `passkey` answers)."""
    user = steps.waiting(request)
    if user is None:
        return to("login")
    if "again" in request.POST:
        request.session.flush()
        return to("login")
    if not factors.has_any(user):
        return to("set_up")
    kept = request.POST[kept_posts.KEPT] if request.method == "POST" and kept_posts.read(request) else ""
    if request.method != "POST" or "code" not in request.POST:
        return second_step_page(request, site, user, kept)
    if refusal := limits.refusal(request, user):
        return refusal
    if is_right(user, request.POST["code"]):
        return arrive(request, user, steps.wanted_page(request), second=True)
    limits.count_wrong(request, user)
    error = _("This code is wrong or was used already. Codes of an app change every 30 seconds.")
    return second_step_page(request, site, user, kept, error)


def is_right(user, code):
    """Whether this is a code of the user's app or one of their recovery codes. It works once."""
    if totp.accepts(user, code):
        return True
    if not recovery.accepts(user, code):
        return False
    mails.tell(user, "code_used")
    return True


def second_step_page(request, site, user, kept, error=""):
    has = {"app": hasattr(user, "authenticator_app"), "passkey": user.passkeys.exists()}
    own = {"owner": user.get_username(), "next": steps.wanted_page(request)}
    return page(request, site, "second_step", _("Second step"), kept=kept, error=error, has=has, **own)


def passkey(request, site):
    """Without an answer of the browser: what it is asked (JSON). With one: the log-in, or the proof of who it is."""
    known = request.user if site.has_permission(request) else steps.waiting(request)
    if "passkey" not in request.POST:
        if is_too_often(request, "passkeys", MOST_QUESTIONS, QUESTIONS_SECONDS):
            return JsonResponse({}, status=429)
        return JsonResponse(passkeys.ask(request, known))
    wanted = steps.safe_page(request, request.POST.get("next", ""))
    try:
        user = passkeys.used(request, request.POST["passkey"]).user
        if not (user.is_active and user.is_staff) or (known is not None and user.pk != known.pk):
            raise passkeys.Refused("somebody else’s")
    except passkeys.Refused:
        return _passkey_failed(request, site, known, wanted)
    if known is not None and request.user.is_authenticated:
        steps.prove(request, second=True)
        return HttpResponseRedirect(wanted)
    return arrive(request, user, wanted, second=True)


def _passkey_failed(request, site, known, wanted):
    error = _("This passkey does not open this account. Try again, or log in in another way.")
    if known is not None and not request.user.is_authenticated:
        kept = request.POST[kept_posts.KEPT] if kept_posts.read(request) else ""
        return second_step_page(request, site, known, kept, error)
    messages.error(request, error)
    name = "prove" if request.user.is_authenticated else "login"
    return HttpResponseRedirect(f"{reverse(f'admin:{name}')}?{urlencode({'next': wanted})}")


def prove(request, site):
    """Before users change how they log in, they prove who they are: by the password, a code or a passkey."""
    user, wanted = request.user, steps.safe_page(request, request.POST.get("next", request.GET.get("next", "")))
    error = ""
    if request.method == "POST":
        if refusal := limits.refusal(request, user):
            return refusal
        if user.check_password(request.POST.get("password", "")) or is_right(user, request.POST.get("code", "")):
            steps.prove(request, second=False)
            return HttpResponseRedirect(wanted)
        limits.count_wrong(request, user)
        error = _("This is wrong.")
    has = {"app": hasattr(user, "authenticator_app"), "passkey": user.passkeys.exists()}
    return page(request, site, "prove", _("Is it you?"), error=error, has=has, next=wanted)
