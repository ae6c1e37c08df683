"""The views of what journalists take away: plain text, press kit, and the pictures of public articles.

No view touches the session or the user. Only what is live is given: a withdrawn text is not printed any more.
"""

from django.http import HttpResponse

from contacts.public_pages import public_view

from .. import redirects
from .downloads import streamed
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
    """The ZIP: its bytes follow from what is public."""
    article, elsewhere = redirects.live_or_answer(request, slug, KIT)
    if article is None:
        return elsewhere
    kit = Kit(request, article)
    response = streamed(request, kit.etag, kit.stream(), "application/zip", f"{kit.name}.zip")
    response["X-Robots-Tag"] = "noindex"
    return response
