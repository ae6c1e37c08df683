"""Shows again what a user typed into a refused form: in the form, or on a page of its own if it cannot be saved."""

import re
from copy import copy

from django.conf import settings
from django.db import models, transaction
from django.http import QueryDict
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse
from django.urls import get_script_prefix, resolve, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.datastructures import MultiValueDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _

IN_ROW = re.compile(r"(?P<prefix>.+)-(?P<number>\d{1,4})-(?P<field>\w+)")
TEXTS = (models.CharField, models.TextField, models.JSONField)


def show_again(request, path, query, words, notice):
    """The response of the form at `path` to a post of `words`, {name: [texts]}, which it refuses. Nothing is stored.

    `notice` is the sentence above the form.
    """
    match = resolve(path)
    get_token(request)
    again = copy(request)
    again.method, again.resolver_match = "POST", match
    again.path_info, again.path = path, get_script_prefix().rstrip("/") + path
    again.META = request.META | {"QUERY_STRING": query, "REQUEST_METHOD": "POST"}
    again.COOKIES = request.COOKIES | {settings.CSRF_COOKIE_NAME: request.META["CSRF_COOKIE"]}
    again.GET, again.POST = QueryDict(query), QueryDict(mutable=True)
    again._files = MultiValueDict()
    for name, texts in words.items():
        again.POST.setlist(name, texts)
    again.notice_of_return = notice
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


def words_page(model_admin, request, reason="", stored=None):
    """403 with every text of the posted form, by the labels of the form; `stored`: the row to look at instead."""
    opts = model_admin.opts
    address = reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[stored.pk]) if stored else request.path
    context = model_admin.admin_site.each_context(request) | {
        "title": _("You can no longer save this"), "opts": opts, "words": typed_words(model_admin, request),
        "reason": reason, "stored": address,
    }  # fmt: skip
    return TemplateResponse(request, "admin/refused_post.html", context, status=403)


def typed_words(model_admin, request):
    """[(label, text or cleaned HTML, whether it is HTML)] of the texts in the posted form that are not empty."""
    inlines = {
        inline.get_formset(request).get_default_prefix(): inline
        for inline in (kind(model_admin.model, model_admin.admin_site) for kind in model_admin.inlines)
    }
    words = []
    for name, text in request.POST.items():
        in_row = IN_ROW.fullmatch(name)
        owner = inlines.get(in_row["prefix"]) if in_row else model_admin
        field = owner and _text_field(owner.model, in_row["field"] if in_row else name)
        if field is None or not text.strip():
            continue
        label = capfirst(str(field.verbose_name))
        if in_row:
            label = f"{capfirst(str(owner.verbose_name_plural))} {int(in_row['number']) + 1}: {label}"
        is_html = field.name in getattr(owner, "html_fields", ())
        words.append((label, owner.shown_html(text) if is_html else text, is_html))
    return words


def _text_field(model, name):
    """The field of the model if people type text into it."""
    field = next((one for one in model._meta.concrete_fields if one.name == name), None)
    return field if isinstance(field, TEXTS) and not field.choices and name != "password" else None
