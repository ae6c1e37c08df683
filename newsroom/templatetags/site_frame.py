"""The frame around every page: what all templates know, navigation, language switch, URLs and head data."""

import html

from babel.core import get_global
from django import template
from django.conf import settings
from django.templatetags.static import static
from django.urls import get_script_prefix, reverse
from django.utils.encoding import escape_uri_path
from django.utils.functional import SimpleLazyObject
from django.utils.html import escape, format_html, format_html_join, strip_tags
from django.utils.translation import get_language, override

from articles.facets import FACETS
from articles.listing.in_memory import lists_in_memory
from articles.pages.article_page import changed_at, iso_moment
from articles.pages.texts import pictures
from contacts.cldr.ordering import sorted_by_name
from contacts.languages import content_language, direction, organisation_name, own_name
from contacts.public_pages import absolute, page_began
from newsroom.models import Page
from newsroom.theme.current import current

register = template.Library()

NAVIGATION = {"articles:list", "contacts:offices", "contacts:media-contacts", "page"}  # views that may be in it
LANGUAGE_LINK = '<li><a href="{}" lang="{}" hreflang="{}" dir="{}"{}>{}</a></li>'
META, PROPERTY = '<meta name="{}" content="{}">', '<meta property="{}" content="{}">'
LONGEST_DESCRIPTION = 300  # characters; search engines and messengers show less
SHARED_PICTURE = ("newsroom/share.png", 1200, 630)  # of pages without a picture of their own
FACEBOOKS_LOCALES = {"ar": "ar_AR"}  # where it is another than CLDR's
CURRENT = format_html(' aria-current="{}"', "true")


def for_all_templates(request):
    """The context processor (settings.TEMPLATES): the organisation's name, the language and its direction.

    `generation` is another number when any name of a region, country, topic, office or page has changed.
    """
    language = content_language()
    return {
        "newsroom_name": SimpleLazyObject(lambda: organisation_name(language)),
        "content_language": language,
        "content_direction": direction(language),
        "generation": SimpleLazyObject(lambda: lists_in_memory().names(page_began()).generation),
        "theme": SimpleLazyObject(current),
    }


@register.simple_tag
def navigation():
    """The organisation's own pages that are in the navigation."""
    return sorted_by_name(Page.objects.published().filter(parent=None, in_navigation=True).with_translations())


@register.simple_tag
def regions_in_use():
    """Labels of the regions that lists offer."""
    labels, rows = lists_in_memory().names().labels("region"), lists_in_memory().names().rows("region")
    return [labels[code] for code in lists_in_memory().names().codes(FACETS["region"]) if rows[code].is_active]


@register.simple_tag(takes_context=True)
def navigation_address(context):
    """The address of this page if it may be in the navigation, else nothing."""
    match = context["request"].resolver_match
    return context["request"].path if match and match.view_name in NAVIGATION and not context.get("lost") else ""


@register.simple_tag(takes_context=True)
def language_switch(context):
    """A link to each language: to the addresses in `switch` that a view may give, else to this page in it.

    From an error page (`lost`) the links lead to the front pages.
    """
    given, current, here = context.get("switch", {}), context["content_language"], _this_page(context)
    links = (
        (given.get(code) or here(code), code, code, direction(code), CURRENT if code == current else "", own_name(code))
        for code, _ in settings.LANGUAGES
    )
    return format_html_join("\n", LANGUAGE_LINK, links)


@register.simple_tag(takes_context=True)
def alternates(context):
    """[(hreflang, absolute address)] of the versions that exist, and x-default; none for a lone version.

    A view gives their addresses (`alternates`), or which languages this page exists in (`announced`), if not in all.
    """
    given, here = context.get("alternates"), _this_page(context, with_number=True)
    codes = [code for code, _ in settings.LANGUAGES if code in context.get("announced", (code,))]
    found = {code: here(code) for code in codes} if given is None else dict(given)
    if len(found) < 2:
        return []
    default = context.get("default_version") or settings.LANGUAGE_CODE
    rows = [*found.items(), ("x-default", found.get(default) or next(iter(found.values())))]
    return [(code, absolute(context["request"], url)) for code, url in rows]


@register.simple_tag(takes_context=True)
def full_address(context, path):
    return absolute(context["request"], path)


@register.simple_tag(takes_context=True)
def canonical(context):
    """This page's own address with the known parameters only, or the one that a view gives (`canonical_address`)."""
    if given := context.get("canonical_address"):
        return absolute(context["request"], given)
    tail = _parameters(context, with_number=True)
    return absolute(context["request"], escape_uri_path(context["request"].path) + tail)


def _parameters(context, with_number):
    """The known parameters of this page, as the end of an address; with the number of the page if asked for."""
    query, page = context.get("query"), context.get("page")
    number = f"page={page.number}" if with_number and page and page.number > 1 else ""
    tail = "&".join(filter(None, [query.urlencode() if query else "", number]))
    return f"?{tail}" if tail else ""


def _this_page(context, with_number=False):
    """A function from a language to the address of this page in it: another prefix, the same codes and filters."""
    request, root = context.get("request"), get_script_prefix()
    prefix = f"{root}{get_language()}/"
    if context.get("lost") or not request.resolver_match or not request.path.startswith(prefix):
        return _front_page
    rest = escape_uri_path(request.path.removeprefix(prefix)) + _parameters(context, with_number)
    return lambda code: f"{root}{code}/{rest}"


def _front_page(code):
    with override(code):
        return reverse("articles:home")


class TitleNode(template.Node):
    """`{% title %}…{% endtitle %}`: the title of the page, which `sharing` repeats."""

    def __init__(self, nodelist):
        self.nodelist = nodelist

    def render(self, context):
        context["page_title"] = _plain(self.nodelist.render(context))
        return escape(context["page_title"])


class DescriptionNode(template.Node):
    """`{% description %}…{% enddescription %}`: what the page is about, for search engines and shared links."""

    def __init__(self, nodelist):
        self.nodelist = nodelist

    def render(self, context):
        text = "" if context.get("lost") else _plain(self.nodelist.render(context))
        if len(text) > LONGEST_DESCRIPTION:
            text = text[:LONGEST_DESCRIPTION].rsplit(" ", 1)[0] + "…"
        return format_html(META + PROPERTY, "description", text, "og:description", text) if text else ""


def _plain(markup):
    return " ".join(html.unescape(strip_tags(markup)).split())


@register.tag
def title(parser, token):
    content = parser.parse(["endtitle"])
    parser.delete_first_token()
    return TitleNode(content)


@register.tag
def description(parser, token):
    content = parser.parse(["enddescription"])
    parser.delete_first_token()
    return DescriptionNode(content)


@register.simple_tag(takes_context=True)
def sharing(context):
    """Open Graph (https://ogp.me) for whoever shares the page, and the size of the picture for X."""
    language, article = context["content_language"], context.get("article")
    others = [code for code, _ in alternates(context) if code not in (language, "x-default")]
    rows = [
        ("og:title", context["page_title"].removesuffix(f" – {context['newsroom_name']}")),
        ("og:type", "article" if article else "website"),
        ("og:url", canonical(context)),
        ("og:site_name", context["newsroom_name"]),
        ("og:locale", _locale(language)),
        *(("og:locale:alternate", _locale(code)) for code in others),
        *_picture(context, article),
        *(_of_article(article) if article else []),
    ]
    own = [("author", context["newsroom_name"])] if article else []
    return format_html_join("\n", PROPERTY, [row for row in rows if row[1]]) + format_html_join(
        "", META, [*own, ("twitter:card", "summary_large_image")]
    )


def _locale(language):
    """Language and country as Open Graph wants them: of a language without a country CLDR's likeliest one."""
    likely = get_global("likely_subtags").get(language.split("-")[0], language).split("_")
    return FACEBOOKS_LOCALES.get(language) or f"{likely[0]}_{likely[-1]}"


def _picture(context, article):
    image = article.lead_image if article else None
    if image is None:
        path, width, height = SHARED_PICTURE
        own = context.get("share_image")  # of an article, with its headline
        address, alt = (own, article.headline) if own else (static(path), context["newsroom_name"])
    else:
        address, alt = pictures.address(image), "" if image.decorative else image.wording("alt").text
        width, height = pictures.size(image)
    address = absolute(context["request"], address)
    return [("og:image", address), ("og:image:width", width), ("og:image:height", height), ("og:image:alt", alt)]


def _of_article(article):
    if not article.publish_at:
        return []
    return [
        ("article:published_time", iso_moment(article.publish_at)),
        ("article:modified_time", iso_moment(changed_at(article))),
        ("article:section", article.kind_label),
    ]
