"""The page of one picture of public articles, and its download in full size with credit and terms written into it."""

from django.http import Http404
from django.shortcuts import render

from contacts.languages import content_language
from contacts.public_pages import public_view

from ...media.images import CONTENT_TYPES
from . import picture_files, public_pictures
from .downloads import streamed

MOST = 12  # articles that are listed


def address_key(image):
    return image.sha256[: public_pictures.KEY]


@public_view()
def page(request, key):
    image, articles = _found(key)
    own = articles.in_language(content_language()).newest_first()[:MOST]
    shown = list(own) or list(articles.newest_first()[:MOST])
    context = {
        "image": image,
        "key": address_key(image),
        "extension": picture_files.extension(image),
        "is_there": picture_files.is_there(image),
        "articles": shown,
    }
    return render(request, "articles/kit/picture.html", context)


@public_view()
def download(request, key, extension):
    """The original as it passes: nothing is stored, and the picture itself is not encoded anew."""
    image, _articles = _found(key)
    if extension != picture_files.extension(image) or not picture_files.is_there(image):
        raise Http404
    xmp = picture_files.rights_packet(image)
    etag = f'"{picture_files.fingerprint(image, xmp)[:32]}"'
    name = f"{picture_files.file_name(image)}-{image.sha256[:8]}.{extension}"
    response = streamed(request, etag, picture_files.pieces(image, xmp), CONTENT_TYPES[extension], name)
    response.the_same_in_all_languages = True
    return response


def _found(key):
    """(the picture, the live articles that show it) of a key in the one spelling that addresses have."""
    found = public_pictures.find(key) if len(key) == public_pictures.KEY else None
    if found is None:
        raise Http404
    return found
