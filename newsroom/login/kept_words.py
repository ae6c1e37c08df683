"""Keeps what somebody typed into a form of the admin whose post could not be carried out, and shows the form again.

The words travel in a signed hidden field of the page that is shown instead (the log-in); the server stores nothing. A
kept post is never carried out: the form is shown as refused, with a new token, within a transaction that is undone.
Posts that other sites have made are not kept: nobody gets a form filled in by an attacker.
"""

from copy import copy
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import admin
from django.core import signing
from django.core.exceptions import DisallowedHost, SuspiciousOperation
from django.db import transaction
from django.http import QueryDict, UnreadablePostError
from django.middleware.csrf import get_token
from django.urls import Resolver404, get_script_prefix, resolve
from django.utils.cache import add_never_cache_headers
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from contacts.admin.edit_lock import EditLock
from contacts.admin.lost_words import words_page

KEPT = "_kept"  # the hidden field
SALT = "newsroom.kept"
MOST_SECONDS = 24 * 60 * 60
ROOM_FOR_OTHER_FIELDS = 64 * 1024


def shows_again(path_info):
    """Whether a form is posted to this address that can be shown again: of a row with the lock, or of a step."""
    try:
        match = resolve(path_info)
    except Resolver404:
        return False
    row, _underscore, page = (match.url_name or "").rpartition("_")
    locked = {
        f"{model._meta.app_label}_{model._meta.model_name}"
        for model, registered in admin.site._registry.items()
        if isinstance(registered, EditLock)
    }
    return match.namespace == "admin" and row in locked and page in ("add", "change", "move")


def typed(request):
    """{name: [texts]} of a posted form that can be shown again, else {}. Passwords are never kept."""
    if request.method != "POST" or not shows_again(request.path_info):
        return {}
    try:
        posted = request.POST
    except (OSError, SuspiciousOperation, UnreadablePostError):
        return {}
    return {name: posted.getlist(name) for name in posted if "password" not in name and name != KEPT}


def keep(request):
    """The signed words of a posted form, or "" if there is nothing to keep."""
    words = typed(request)
    words.pop("csrfmiddlewaretoken", None)
    if not words:
        return ""
    kept = {"path": request.path_info, "query": request.META.get("QUERY_STRING", ""), "words": words}
    text = signing.dumps(kept | {"has_files": bool(request.FILES)}, salt=SALT, compress=True)
    return text if len(text) < settings.DATA_UPLOAD_MAX_MEMORY_SIZE - ROOM_FOR_OTHER_FIELDS else ""


def read(request):
    """What `keep` has signed, from the posted page, or None."""
    try:
        return loads(request.POST.get(KEPT, ""))
    except signing.BadSignature:
        return None


def loads(text):
    return signing.loads(text, salt=SALT, max_age=MOST_SECONDS)


def show_again(request, kept):
    """The response of the form's own view to the kept post, which it refuses. Nothing is stored."""
    match = resolve(kept["path"])
    get_token(request)
    again = copy(request)
    again.method, again.resolver_match = "POST", match
    again.path_info, again.path = kept["path"], get_script_prefix().rstrip("/") + kept["path"]
    again.META = request.META | {"QUERY_STRING": kept["query"], "REQUEST_METHOD": "POST"}
    again.COOKIES = request.COOKIES | {settings.CSRF_COOKIE_NAME: request.META["CSRF_COOKIE"]}
    again.GET, again.POST = QueryDict(kept["query"]), QueryDict(mutable=True)
    again._files = MultiValueDict()
    for name, texts in kept["words"].items():
        again.POST.setlist(name, texts)
    again.notice_of_return = notice(kept)
    again.csrf_processing_done = True  # nothing is carried out
    with transaction.atomic():
        response = match.func(again, *match.args, **match.kwargs)
        transaction.set_rollback(True)
    # A row that is gone, or a step that is no longer possible, sends elsewhere: the words get a page of their own.
    model_admin = getattr(match.func, "model_admin", None)
    if model_admin and response.status_code == 302:
        response = words_page(model_admin, again)
    add_never_cache_headers(response)
    return response


def notice(kept):
    told = _(
        "Nothing was saved yet: you had been logged out, or had logged in again in another window. The form holds what "
        "you typed. Look at it, then save it."
    )
    return f"{told} {_('Choose the file again: the browser does not keep it.')}" if kept["has_files"] else told


def is_own_page(request):
    """Whether the browser says that the post comes from a page of this site."""
    headers = request.headers
    source = headers.get("origin") or "{0.scheme}://{0.netloc}".format(urlsplit(headers.get("referer", "")))
    try:
        own = f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:
        return False
    is_same = headers.get("sec-fetch-site", "same-origin") == "same-origin"
    return is_same and source in (own, *settings.CSRF_TRUSTED_ORIGINS)
