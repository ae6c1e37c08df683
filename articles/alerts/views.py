"""The pages of alerts: signing up, confirming, managing, ending. What a link opens changes nothing by GET.

Programs that look at mails open the links in them; only a button, or the one-click POST of RFC 8058, does something.
"""

from django.http import Http404, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from contacts.languages import content_language, zone_name
from contacts.public_pages import public_form, public_view, size_of_post
from contacts.validators import read_id
from contacts.visitors.forms import is_from_elsewhere
from contacts.visitors.limits import is_too_often

from ..listing.filters import ArticleFilter
from ..mail import links
from ..models import Subscriber, Subscription
from ..pages.private.views import private_view
from . import deliveries, subscriptions
from .filters import described
from .forms import FilterForm, SignUpForm

MOST, SECONDS = 20, 3600  # sign-ups of one network in a slot of time
LARGEST_POST = 16 * 1024  # bytes of a post


@public_form
def sign_up(request):
    if request.method == "POST":
        return _signed_up(request)
    found = ArticleFilter.asked(request.GET, content_language())
    form = SignUpForm(initial=found.chosen)
    return _page(request, form, dates_left_out=bool({"year", "from", "to"} & found.chosen.keys()))


sign_up.parameters = frozenset(ArticleFilter.base_filters)


def _signed_up(request):
    if is_from_elsewhere(request):
        return _page(request, SignUpForm(), _("The form was sent from another site. Send it from this page."), 403)
    if size_of_post(request) > LARGEST_POST:
        return _page(request, SignUpForm(), _("The form is too long."), 413)
    form = SignUpForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=400)
    if is_too_often(request, "alerts", MOST, SECONDS):
        return _page(request, form, _("Too many subscriptions from your network. Try again in an hour."), 429)
    typed = form.cleaned_data
    subscriptions.subscribe(typed["email"], content_language(), form.query, typed["frequency"])
    return HttpResponseRedirect(reverse("articles:alerts-asked"))


def _page(request, form, problem="", status=200, dates_left_out=False):
    context = {
        "form": form,
        "problem": problem,
        "dates_left_out": dates_left_out,
        "hour": f"{deliveries.HOUR:02}:00",
        "city": zone_name(deliveries.zone()),
        "canonical_address": request.path,  # one page for search engines, whatever is chosen beforehand
    }
    return render(request, "articles/alerts/sign_up.html", context, status=status)


@public_view()
def asked(request):
    """After signing up: the same for all e-mail addresses."""
    return render(request, "articles/alerts/asked.html", {"alternates": {}})


@private_view
def confirm(request, token):
    link = links.read(links.CONFIRM, token)
    rows = Subscription.objects.filter(pk__in=link.ids, subscriber__key=link.key) if link else ()
    subscription = next(iter(rows), None)
    if subscription is None:
        return _ended(request)
    if request.method == "POST":
        subscriptions.confirm(subscription)
        subscription.refresh_from_db()
    manage = reverse("articles:alerts-manage", args=[links.token(links.MANAGE, link.key)])
    shown = {"subscription": _shown(subscription), "confirmed": subscription.confirmed_at, "manage": manage}
    return _private(request, "confirm", shown)


@private_view
def end(request, token):
    """The link of a mail, and of the button of mail programs (List-Unsubscribe-Post), which post without a cookie."""
    link = links.read(links.END, token)
    if link is None:
        return _ended(request)
    subscriber = Subscriber.objects.filter(key=link.key).first()
    rows = list(subscriber.subscriptions.filter(pk__in=link.ids)) if subscriber else []
    if request.method == "POST" and rows:
        subscriptions.end(subscriber, [row.pk for row in rows])
        rows = []
    return _private(request, "end", {"subscriptions": [_shown(row) for row in rows]})


@private_view
def manage(request, token):
    """All subscriptions of a reader; the buttons end one, or delete all."""
    subscriber = _subscriber(token)
    if subscriber is None:
        return _ended(request)
    if request.method == "POST":
        if "erase" in request.POST:
            subscriptions.erase(subscriber)
            return _private(request, "erased", {})
        if (ended := read_id(request.POST.get("end"))) is not None:
            subscriptions.end(subscriber, [ended])
        if not Subscriber.objects.filter(pk=subscriber.pk).exists():
            return _private(request, "erased", {})
        return HttpResponseRedirect(request.path)
    rows = subscriber.subscriptions.exclude(confirmed_at=None).order_by("pk")
    shown = {"subscriber": subscriber, "subscriptions": [_shown(row) for row in rows], "token": token}
    return _private(request, "manage", shown)


@private_view
def change(request, token, pk):
    """Another frequency or another filter for one subscription."""
    subscriber = _subscriber(token)
    if subscriber is None:
        return _ended(request)
    row = subscriber.subscriptions.exclude(confirmed_at=None).filter(pk=pk).first()
    if row is None:
        raise Http404
    back = reverse("articles:alerts-manage", args=[token])
    form = FilterForm(request.POST or None, initial={**QueryDict(row.filter).dict(), "frequency": row.frequency})
    if request.method == "POST" and form.is_valid():
        if subscriptions.set_filter(row, form.query):
            if form.cleaned_data["frequency"] != row.frequency:
                subscriptions.set_frequency(row, form.cleaned_data["frequency"])
            return HttpResponseRedirect(back)
        form.add_error(None, _("You have this subscription already."))
    status = 400 if form.errors else 200
    return _private(request, "change", {"form": form, "subscription": _shown(row), "back": back}, status)


def _subscriber(token):
    link = links.read(links.MANAGE, token)
    return Subscriber.objects.filter(key=link.key).first() if link else None


def _shown(row):
    """What pages show of a subscription, in the language of the page."""
    address = links.address(row.language, "list") + (f"?{row.filter}" if row.filter else "")
    return {"row": row, "name": described(row.filter, content_language()), "address": address}


def _ended(request):
    return _private(request, "ended", {}, 404)


def _private(request, page, context, status=200):
    return render(request, f"articles/alerts/{page}.html", {"lost": True, "switch": {}} | context, status=status)
