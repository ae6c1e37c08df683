"""The views of feeds and news formats. None touches the session or the user, so that every answer can be cached."""

import json

from django.http import Http404, HttpResponse, HttpResponseRedirect

from contacts import clock
from contacts.languages import content_language
from contacts.public_pages import public_view

from ..listing.filters import ArticleFilter
from ..listing.in_memory import lists
from ..models import Article
from ..pages import redirects
from . import share_image, wire
from .feeds import CorrectionsFeed, NewsFeed


@public_view(*(name for name in ArticleFilter.base_filters if name != "sort"))
def news_feed(request, kind):
    return NewsFeed(kind)(request)


@public_view()
def corrections_feed(request):
    return CorrectionsFeed()(request)


@public_view()
def ninjs(request, slug):
    found, elsewhere = _item(request, slug, "ninjs.json")
    if found is None:
        return elsewhere
    text = json.dumps(wire.ninjs(found), ensure_ascii=False, indent=1)
    return HttpResponse(text, content_type="application/json; charset=utf-8")


@public_view()
def newsml(request, slug):
    found, elsewhere = _item(request, slug, "newsml.xml")
    if found is None:
        return elsewhere
    return HttpResponse(wire.newsml(found), content_type="application/vnd.iptc.g2.newsitem+xml; charset=utf-8")


def _item(request, slug, name):
    """(the Item of the live article at this address, None), or (None, where else it is)."""
    article, elsewhere = redirects.live_or_answer(request, slug, name)
    if article is None:
        return None, elsewhere
    if (found := wire.item(request, article.pk, lists().names)) is None:  # it was taken away meanwhile
        raise Http404
    return found, None


@public_view()
def share(request, slug, digest):
    """The picture of a shared link to a live article; an earlier picture's address leads to the present one."""
    if "\0" in slug:
        raise Http404
    live = Article.objects.live(clock.now()).at_address(content_language(), slug)
    article = live.filter(lead_image=None).without_texts().first()
    picture = article and share_image.shown(article)
    address = picture and share_image.address(article, picture)
    if not address:
        raise Http404
    if digest != picture.digest:
        return HttpResponseRedirect(address)
    return HttpResponse(share_image.png(article, picture), content_type="image/png")
