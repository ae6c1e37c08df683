"""The frame around every page: navigation, language switch, canonical address and its alternates."""

from django import template
from django.conf import settings
from django.urls import get_script_prefix, reverse
from django.utils.encoding import escape_uri_path
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language, override

from contacts.languages import direction, own_name
from contacts.organisation import absolute
from newsroom.models import Page

register = template.Library()

SECTIONS = {"articles:list", "contacts:offices", "contacts:media-contacts", "page"}
SWITCH = '<li><a href="{}" lang="{}" hreflang="{}" dir="{}"{}>{}</a></li>'
CURRENT = format_html(' aria-current="{}"', "true")


@register.simple_tag
def navigation():
    return Page.objects.published().filter(parent=None, in_navigation=True).with_translations()


@register.simple_tag(takes_context=True)
def section_of(context):
    """The address of the page if the navigation may have it, else nothing."""
    match = context["request"].resolver_match
    return context["request"].path if match and match.view_name in SECTIONS and not context.get("lost") else ""


@register.simple_tag(takes_context=True)
def language_switch(context):
    """A link to each language. A page may say its own `switch`; a lost reader goes home."""
    given, current, here = context.get("switch", {}), context["content_language"], _here(context)
    links = (
        (given.get(code) or here(code), code, code, direction(code), CURRENT if code == current else "", own_name(code))
        for code, _ in settings.LANGUAGES
    )
    return format_html_join("\n", SWITCH, links)


@register.simple_tag(takes_context=True)
def alternates(context):
    """[(hreflang, absolute address)] of the versions that exist, and x-default; none for a lone version."""
    codes, here = context.get("alternates"), _here(context)
    found = {code: here(code) for code, _ in settings.LANGUAGES} if codes is None else dict(codes)
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


def _here(context):
    """A function from a language to this page in it: the same codes behind another prefix, the same filters."""
    request, query, root = context.get("request"), context.get("query"), get_script_prefix()
    prefix = f"{root}{get_language()}/"
    if context.get("lost") or not request.resolver_match or not request.path.startswith(prefix):
        return _home
    rest = escape_uri_path(request.path.removeprefix(prefix)) + (f"?{query.urlencode()}" if query else "")
    return lambda code: f"{root}{code}/{rest}"


def _home(code):
    with override(code):
        return reverse("articles:home")
