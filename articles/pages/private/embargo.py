"""The pages of embargo passes: the text and its files between `press_from` and publication, marked with the holder."""

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from contacts import clock

from ...html import body_image_keys
from ...media.serving import private_file
from ...models import Article, Attachment, Image, Recording
from ...personal_links import passes
from ...publication_day import local_time
from .. import article_page
from ..recordings import recording_files
from .views import article_answer, in_office_time, page_context, private_view


def _found(token):
    """(the pass, its language versions in its order)"""
    given = passes.find(token)
    found = passes.versions(given) if given else []
    if not found:
        raise Http404
    return given, found


@private_view
@require_safe
def press(request, token, language=""):
    """The text in that language, else the first that may be read; the public page once it is published."""
    given, versions = _found(token)
    wanted = [article for article in versions if language in ("", article.language)]
    if article := next(filter(passes.is_under_embargo, wanted), None):
        return _text(request, token, given, article, versions)
    coming = [article for article in wanted if article.revises_id]
    if not coming and (public := _public(wanted).first()):
        return HttpResponseRedirect(public.get_absolute_url())
    waiting = coming or [article for article in wanted if article.state != Article.State.GONE]
    if not waiting:
        raise Http404
    return _not_yet(request, given, waiting)


def _public(versions):
    """Those that readers have a page of; for a working copy its public article."""
    return Article.objects.readable().filter(pk__in=[article.revises_id or article.pk for article in versions])


@private_view
@require_safe
def press_media(request, token, name):
    """A file of a version under embargo. After publication it is at its public address."""
    given, versions = _found(token)
    for article in filter(passes.is_under_embargo, versions):
        keys = _file_keys(article)
        if any(key in name for key in keys):
            row, response = private_file(request, name, keys, _label(given, article))
            if request.method == "GET" and not isinstance(row, Image):
                passes.note_opening(given, request, article.language, str(row))
            return response
    if _public(versions).exists():
        return HttpResponseRedirect(reverse("media", args=[name]))
    raise Http404


def _text(request, token, given, article, versions):
    if request.method == "GET":
        passes.note_opening(given, request, article.language)
    with override(article.language):
        context = page_context(article) | {"until": in_office_time(article.publish_at, article)}
    others = {other.language: (other, address) for other, address in context["versions"]}
    others |= {
        other.language: (other, reverse("press-version", args=[token, other.language]))
        for other in versions
        if passes.is_under_embargo(other)
    }
    others.pop(article.language, None)
    context |= {"notice": "articles/private/_press_notice.html", "given": given, "versions": list(others.values())}
    media = reverse("press-media", args=[token, "x"])[:-1]
    return article_answer(request, "articles/article.html", article, context, media, _file_keys(article))


def _not_yet(request, given, waiting):
    """A page that says when the text can be read, if that is decided, and nothing of the text."""
    now = clock.now()
    opening = [article for article in waiting if (at := passes.opens_at(article)) and at > now]
    article = min(opening, key=passes.opens_at, default=waiting[0])
    with override(article.language):
        context = {"opens": in_office_time(article.press_from, article)} if opening else {}
        context |= {"given": given, "public": article.revises, "lost": True}
        response = render(request, "articles/private/not_yet.html", context)
    response["Content-Language"] = article.language
    response.the_same_in_all_languages = True
    return response


def _label(given, article):
    """What is added to the names of files."""
    return f"{given.holder} embargo {local_time(article.publish_at, 'UTC'):%Y-%m-%d %H%M} UTC"


def _file_keys(article):
    """The SHA-256 of every picture and file of the article."""
    ids = article_page.row_ids(article)
    images = article_page.images_by_id(filter(None, [article.lead_image_id, *ids["image"]]))
    found = {image.sha256 for image in images.values()}
    found |= set(Attachment.objects.filter(pk__in=ids["attachment"]).values_list("sha256", flat=True))
    found |= set(recording_files(Recording.objects.filter(pk__in=ids["recording"])))
    return found | set(body_image_keys(article.body, article.notes_to_editors))
