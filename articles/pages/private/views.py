"""Answers to personal links: no cache keeps them, no cookie is set, and whatever does not open answers alike."""

import re
from functools import wraps

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from contacts.languages import zone_name

from ...personal_links.review_links import TooMany
from ...publication_day import OfficeZones, local_time
from .. import article_page

HEADERS = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}
AN_HOUR = 3600  # seconds


def private_view(view):
    """Decorator of a view that takes a token, and GET, HEAD and POST at most.

    Exempt from the CSRF check: the token in the address is the right to post, and no cookie adds to it.
    """

    view = require_http_methods(["GET", "HEAD", "POST"])(view)

    @csrf_exempt
    @wraps(view)
    def answer(request, *args, **kwargs):
        try:
            response = view(request, *args, **kwargs)
        except Http404:
            response = render(request, "404.html", {"lost": True}, status=404)
        except TooMany:
            response = render(request, "articles/private/too_many.html", {"lost": True}, status=429)
            response["Retry-After"] = str(AN_HOUR)
        for header, value in HEADERS.items():
            response[header] = value
        return response

    return answer


def article_answer(request, template, article, context, media="", keys=(), status=200):
    """The page in the language of the article. Its own files, with SHA-256 in `keys`, are loaded from below `media`."""
    with override(article.language):
        response = render(request, template, {"preview": True, "lost": True} | context, status=status)
    if media:
        response.content = with_private_media(response.content.decode(), media, keys)
    response["Content-Language"] = article.language
    response.the_same_in_all_languages = True
    return response


def with_private_media(html, media, keys):
    """The HTML of a page with the addresses of these files below `media`, such as /review/<token>/media/."""
    if not keys:
        return html
    public = re.escape(reverse("media", args=["x"])[:-1])
    own = "|".join(map(re.escape, keys))
    address = re.compile(
        rf'(?<=[", ]){public}((?:(?:images|recordings|attachments)/[0-9a-f]{{2}}|renditions|captions)/(?:{own})[./])'
    )
    return address.sub(lambda found: media + found[1], html)


def page_context(article, ids=None, links=None):
    """As of `article_page.context`; the language menu leads to the front pages."""
    return article_page.context(article, ids, links) | {"switch": {}, "alternates": {}}


def in_office_time(moment, article):
    """A moment for people: in the time of the article's office, in UTC, and the name of the office's zone."""
    zone = OfficeZones().name(article.office_id)
    return {"office": local_time(moment, zone), "utc": local_time(moment, "UTC"), "zone": zone_name(zone)}
