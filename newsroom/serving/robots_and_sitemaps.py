"""The views of the sitemaps, robots.txt, security.txt and favicon.ico."""

from datetime import UTC, timedelta
from functools import partial

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone

from articles.feeds import sitemaps
from articles.listing.in_memory import lists_in_memory
from contacts.public_pages import absolute, public_view

from ..models import Page

XML, TEXT = "application/xml; charset=utf-8", "text/plain; charset=utf-8"
RETRY = 30  # seconds, while the lists are being read
VALID_FOR = timedelta(days=180)  # of security.txt, which is written anew for each request


@public_view()
def sitemap_index(request):
    try:
        sections = sitemaps.sections()
    except sitemaps.NotYet:
        return _not_yet()
    codes = [code for code, _ in settings.LANGUAGES]
    addresses = [absolute(request, reverse("sitemap-pages", args=[code])) for code in codes]
    first = {code: absolute(request, reverse("sitemap-articles", args=[code, 1])) for code in codes}
    # A million articles have a thousand sections: `reverse` for each would take longer than all the rest.
    addresses += [f"{first[code].removesuffix('1.xml')}{number}.xml" for code, number in sections]
    return _xml(request, "sitemap_index.xml", {"addresses": addresses})


@public_view()
def sitemap_pages(request, language):
    """The pages that are no articles: lists, places, topics, offices, and the site's own."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    try:
        urls = sitemaps.landing_pages(request)[language]
    except sitemaps.NotYet:
        return _not_yet()
    return _xml(request, "sitemap.xml", {"urls": [*urls, *sitemaps.by_language(request, _own_pages())[language]]})


def _own_pages():
    """[(languages, function that gives the URL)] of the pages that exist in every language."""
    everywhere = dict(settings.LANGUAGES)
    for name in ("archive", "alerts", "contact", "verify"):
        yield everywhere, partial(reverse, f"articles:{name}")
    for name in ("contacts:offices", "contacts:media-contacts", "privacy"):
        yield everywhere, partial(reverse, name)
    offices = lists_in_memory().names().rows("office").values()
    yield from ((everywhere, office.get_absolute_url) for office in offices if not office.is_closed)
    yield from ((everywhere, page.get_absolute_url) for page in Page.objects.published())


@public_view()
def sitemap_articles(request, language, number):
    try:
        urls = sitemaps.articles(request, language, number)
    except sitemaps.NotYet:
        return _not_yet()
    if not urls:
        raise Http404
    return _xml(request, "sitemap.xml", {"urls": urls})


@public_view()
def news_sitemap(request):
    return _xml(request, "news_sitemap.xml", {"news": sitemaps.news(request)})


@public_view()
def favicon(request):
    """Old browsers and feed readers ask here, whatever icon a page names."""
    return _in_no_language(HttpResponseRedirect(static("newsroom/favicon.ico")))


@public_view()
def robots(request):
    """RFC 9309. Lists with two filters or more are as many as there are combinations; articles are in the sitemap."""
    maps = (absolute(request, reverse(name)) for name in ("sitemap", "news-sitemap"))
    closed = ["Disallow: /admin/", "Disallow: /*/news/?*&"]
    return _text(["User-agent: *", *closed, "", *(f"Sitemap: {address}" for address in maps)])


@public_view()
def security(request):
    """RFC 9116: where to report a weakness. Without SECURITY_CONTACT there is no such file."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    midnight = timezone.now().astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [f"Contact: {contact}" for contact in settings.SECURITY_CONTACT]
    lines.append(f"Expires: {(midnight + VALID_FOR):%Y-%m-%dT%H:%M:%SZ}")
    if settings.NEWSROOM_BASE_URL:
        lines.append(f"Canonical: {absolute(request, request.path)}")
    return _text([*lines, *([f"Policy: {settings.SECURITY_POLICY}"] if settings.SECURITY_POLICY else [])])


def _text(lines):
    return _in_no_language(HttpResponse("\n".join([*lines, ""]), content_type=TEXT))


def _xml(request, template, context):
    return _in_no_language(render(request, f"newsroom/{template}", context, content_type=XML))


def _not_yet():
    """Search engines come back; a sitemap that lacks articles would tell them that these are gone."""
    response = HttpResponse("The lists are being read.\n", content_type=TEXT, status=503)
    response["Retry-After"] = str(RETRY)
    return _in_no_language(response)


def _in_no_language(response):
    response.the_same_in_all_languages = True
    return response
