"""The frame around every page: navigation, language switch, canonical address and its alternates."""

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from contacts.absolute import absolute
from contacts.languages import direction, own_name
from newsroom.models import Page

register = template.Library()


@register.simple_tag
def navigation():
    return Page.objects.published().filter(parent=None, in_navigation=True).with_translations()


@register.simple_tag(takes_context=True)
def languages(context):
    """[{code, name, dir, url}] for the switch. A page may say its own `switch`; a lost reader goes home."""
    given = context.get("switch", {})
    return [
        {"code": code, "name": own_name(code), "dir": direction(code), "url": given.get(code) or _here(context, code)}
        for code, _ in settings.LANGUAGES
    ]


@register.simple_tag(takes_context=True)
def alternates(context):
    """[(hreflang, absolute address)] of the versions that exist, and x-default; none for a lone version."""
    codes = context.get("alternates")
    found = {code: _here(context, code) for code, _ in settings.LANGUAGES} if codes is None else dict(codes)
    if len(found) < 2:
        return []
    default = context.get("default_version") or settings.LANGUAGE_CODE
    rows = [*found.items(), ("x-default", found.get(default) or next(iter(found.values())))]
    return [(code, absolute(context["request"], url)) for code, url in rows]


@register.simple_tag(takes_context=True)
def canonical(context):
    """This page's own address with the known parameters only."""
    query, page = context.get("query"), context.get("page")
    number = f"page={page.number}" if page and page.number > 1 else ""
    tail = "&".join(filter(None, [query.urlencode() if query else "", number]))
    return absolute(context["request"], context["request"].path + (f"?{tail}" if tail else ""))


def _here(context, code):
    """The same page in another language: the same codes behind another prefix, the same filters."""
    known = context.render_context.setdefault("newsroom: here", {})
    if code not in known:
        known[code] = _translated(context, code)
    return known[code]


def _translated(context, code):
    request, query = context.get("request"), context.get("query")
    match = getattr(request, "resolver_match", None)
    with override(code):
        if match is None or context.get("lost"):
            return reverse("articles:home")
        path = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
    return f"{path}?{query.urlencode()}" if query else path
