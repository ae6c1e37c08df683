"""The views of the site itself: language redirect, pages and error pages."""

from datetime import timedelta
from math import ceil

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.translation import override
from django.utils.translation.trans_real import parse_accept_lang_header

from articles.old_addresses import finding
from contacts.cldr.formats import distance
from contacts.cldr.ordering import sorted_by_name
from contacts.public_pages import public_view
from contacts.validators import parts_of

from .login import kept_posts
from .models import Page


@public_view(*finding.FRONT_PAGE_PARAMETERS)
def root(request):
    """Redirect to the front page in the browser's preferred language. Cookies are not read, so caches can keep it.

    With a parameter it may be an address of the former system, such as "/?p=42".
    """
    if request.META.get("QUERY_STRING") and (old := finding.answer(request)):
        return old
    codes = [code for code, _ in settings.LANGUAGES]
    wanted = (tag.split("-")[0] for tag, _ in parse_accept_lang_header(request.headers.get("accept-language", "")))
    with override(next((code for code in wanted if code in codes), settings.LANGUAGE_CODE)):
        response = HttpResponseRedirect(reverse("articles:home"))
    patch_vary_headers(response, ["Accept-Language"])
    return response


@public_view()
def page(request, code):
    pages = Page.objects.published().select_related("parent").prefetch_related("translations", "parent__translations")
    shown = get_object_or_404(pages, code=code)
    parts = sorted_by_name(Page.objects.published().filter(parent=shown).with_translations())
    beside = sorted_by_name(
        Page.objects.published().filter(parent=shown.parent_id).exclude(pk=shown.pk).with_translations()
    )
    context = {"this": shown, "parts": parts, "beside": beside if shown.parent_id else []}
    return render(request, "newsroom/page.html", context)


@public_view()
def privacy(request):
    """What is said here is held by tests/newsroom/test_privacy.py."""
    context = {"enquiry_days": settings.ENQUIRY_DAYS, "counts_readers": settings.READER_FIGURES}
    return render(request, "newsroom/privacy.html", context)


def bad_request(request, exception):
    if isinstance(exception, RequestDataTooBig):
        limit = filesizeformat(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
        return render(request, "413.html", {"lost": True, "limit": limit, "desk": _desk(request)}, status=413)
    return render(request, "400.html", {"lost": True}, status=400)


def forbidden(request, exception):
    return render(request, "403.html", {"lost": True, "desk": _desk(request)}, status=403)


def _desk(request):
    """The address of the desk, for requests to it."""
    desk = reverse("admin:index")
    return desk if request.path.startswith(desk) else ""


def csrf_failure(request, reason=""):
    """The page for a post without the right token: a form of the admin is shown again with what was typed."""
    kept = kept_posts.keep(request) if kept_posts.is_own_page(request) else ""
    if kept and admin.site.has_permission(request):
        response = kept_posts.show_again(request, kept_posts.loads(kept))
    elif kept:
        response = admin.site.login_page(request, kept)
    else:
        before = parts_of(request.headers.get("referer", "")).path if kept_posts.is_own_page(request) else ""
        before = "" if before.startswith("//") else before  # another site's
        context = {"lost": True, "desk": _desk(request), "before": before}
        response = render(request, "403_csrf.html", context)
    if response.status_code == 200:
        response.status_code = 403
    add_never_cache_headers(response)
    return response


def locked_out(request, response=None, credentials=None):
    """The page after too many wrong passwords. Further attempts do not make the waiting time longer."""
    wait = AxesProxyHandler.get_implementation().wait(request, credentials)
    seconds = max(1, ceil(wait.total_seconds()))
    kept = request.POST.get(kept_posts.KEPT) if kept_posts.read(request) else ""
    context = {"wait": distance(timedelta(minutes=ceil(seconds / 60))), "kept": kept}
    response = render(request, "admin/locked_out.html", context, status=429)
    response["Retry-After"] = str(seconds)
    return response


def not_found(request, exception):
    return render(request, "404.html", {"lost": True}, status=404)
