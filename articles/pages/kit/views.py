"""The views of what journalists take away: plain text, press kit, and the pictures of public articles.

No view touches the session or the user. Only what is live is given: a withdrawn text is not printed any more.
"""

from django.http import HttpResponse, HttpResponseNotModified, StreamingHttpResponse

from contacts.public_pages import public_view

from .. import redirects
from .versions import KitVersion
from .zip_file import Kit

KIT, TEXT = "kit.zip", "text.txt"


@public_view()
def plain_text(request, slug):
    article, elsewhere = redirects.live_or_answer(request, slug, TEXT)
    if article is None:
        return elsewhere
    response = HttpResponse(KitVersion(request, article).text(), content_type="text/plain; charset=utf-8")
    response["X-Robots-Tag"] = "noindex"
    return response


@public_view()
def press_kit(request, slug):
    """The ZIP is written while it is sent. Whoever has it already is told so: its bytes follow from what is public."""
    article, elsewhere = redirects.live_or_answer(request, slug, KIT)
    if article is None:
        return elsewhere
    kit = Kit(request, article)
    if kit.etag in request.headers.get("If-None-Match", ""):
        response = HttpResponseNotModified()
    else:
        response = StreamingHttpResponse(kit.stream(), content_type="application/zip")
        response["Content-Disposition"] = f'attachment; filename="{kit.name}.zip"'
        response["X-Robots-Tag"] = "noindex"
    response["ETag"], response["Cache-Control"] = kit.etag, "no-cache"
    return response
