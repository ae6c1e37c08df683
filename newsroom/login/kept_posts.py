"""Keeps what somebody typed into a form of the admin whose post could not be carried out, and shows the form again.

The words travel in a signed hidden field of the page that is shown instead (the log-in); the server stores nothing. A
kept post is never carried out: the form is shown as refused, with a new token, within a transaction that is undone.
Posts that other sites have made are not kept: nobody gets a form filled in by an attacker.
"""

from django.conf import settings
from django.contrib import admin
from django.core import signing
from django.core.exceptions import DisallowedHost, SuspiciousOperation
from django.http import UnreadablePostError
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from contacts.admin import refused_posts
from contacts.admin.edit_lock import EditLock
from contacts.validators import parts_of

KEPT = "_kept"  # the hidden field
SALT = "newsroom.kept"
MOST_SECONDS = 24 * 60 * 60
ROOM_FOR_OTHER_FIELDS = 64 * 1024


def shows_again(path_info):
    """Whether a form is posted to this URL that can be shown again: of a row with the lock, or of a step."""
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
    return refused_posts.show_again(request, kept["path"], kept["query"], kept["words"], notice(kept))


def notice(kept):
    told = _(
        "Nothing was saved yet: you had been logged out, or had logged in again in another window. The form holds what "
        "you typed. Look at it, then save it."
    )
    return f"{told} {_('Choose the file again: the browser does not keep it.')}" if kept["has_files"] else told


def is_own_page(request):
    """Whether the browser says that the post comes from a page of this site."""
    headers = request.headers
    source = headers.get("origin") or "{0.scheme}://{0.netloc}".format(parts_of(headers.get("referer", "")))
    try:
        own = f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:
        return False
    is_same = headers.get("sec-fetch-site", "same-origin") == "same-origin"
    return is_same and source in (own, *settings.CSRF_TRUSTED_ORIGINS)
