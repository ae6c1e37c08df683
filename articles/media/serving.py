"""The view that serves media files: to readers those that a readable article uses, to staff those that they may see.

For the picture of a draft readers get the same "not found" as for a file that does not exist. The session is read only
when the file is not public, so that public files carry no `Vary: Cookie`.
"""

import logging
import re
import threading

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from .. import permissions
from ..models import Attachment, Image
from . import cleanup, renditions
from .attachments import CONTENT_TYPES as FILE_TYPES
from .images import CONTENT_TYPES as IMAGE_TYPES
from .usage import visible_to, with_is_public

logger = logging.getLogger(__name__)

PATTERNS = {
    re.compile(r"images/([0-9a-f]{2})/(?P<key>\1[0-9a-f]{62})\.(?P<type>jpg|png|webp)"): Image,
    re.compile(r"renditions/(?P<key>[0-9a-f]{64})/[0-9a-z-]{1,24}\.(?P<type>webp|avif)"): Image,
    re.compile(r"attachments/([0-9a-f]{2})/(?P<key>\1[0-9a-f]{62})\.(?P<type>[a-z0-9]{2,4})"): Attachment,
}
_quick_copies = threading.BoundedSemaphore(2)  # at a time: each takes memory, and a page shows many pictures
# Browsers may keep a file for ever, because its name is a hash of its content. Shared caches ask again each day, so
# that a withdrawn picture leaves them.
PUBLIC = "public, max-age=31536000, s-maxage=86400, immutable"


@require_safe
def media(request, name):
    model, key, extension = _parsed(name)
    row = with_is_public(model.objects.filter(sha256=key)).first() if model else None
    is_public = row is not None and row.is_public
    if not is_public and not _may_see(request.user, row):
        raise Http404
    if row is None or (not name.startswith("renditions/") and row.file.name != name):
        raise Http404
    return _answer(request, name, row, extension, is_public)


def _may_see(user, row):
    """The rule of the library in the admin: members see all files but those of articles at other offices."""
    # The session is read first, so that both answers carry `Vary: Cookie`.
    if not (user.is_active and user.is_staff) or row is None:
        return False
    if user.has_perm(f"articles.view_{row._meta.model_name}"):
        return True
    return permissions.may(user, "view") and visible_to(user, type(row).objects.filter(pk=row.pk)).exists()


def _parsed(name):
    for pattern, model in PATTERNS.items():
        if match := pattern.fullmatch(name):
            return model, match["key"], match["type"]
    return None, "", ""


def _answer(request, name, row, extension, is_public):
    if name.endswith("/quick.webp"):
        _make_quick(row, name)
    try:
        response = FileResponse(default_storage.open(name), content_type=_content_type(extension))
    except (FileNotFoundError, IsADirectoryError) as error:
        raise Http404 from error
    headers = {
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Content-Disposition": _disposition(row, extension),
        "Cache-Control": PUBLIC if is_public else "private, no-store",
        "ETag": f'"{name.removesuffix("." + extension).replace("/", "-")}-{extension}"',
    }
    for header, value in headers.items():
        response[header] = value
    conditional = get_conditional_response(request, etag=headers["ETag"], response=response)
    if conditional is not response:
        response.close()
    conditional.the_same_in_all_languages = True
    return conditional


def _make_quick(image, name):
    """Make the quick copy of an imported picture that a page shows for the first time."""
    if default_storage.exists(name):
        return
    with _quick_copies:
        if not default_storage.exists(name):
            try:
                renditions.make_quick(image)
                cleanup.delete_unused_copies(image.sha256)
            except (OSError, ValueError, ValidationError) as error:
                logger.warning("The quick copy of %s could not be made: %s", image.file.name, error)


def _content_type(extension):
    return IMAGE_TYPES.get(extension) or FILE_TYPES.get(extension) or "application/octet-stream"


def _disposition(row, extension):
    if isinstance(row, Image):
        return "inline"
    return content_disposition_header(True, f"{slugify(row.title, allow_unicode=True)[:80] or 'file'}.{extension}")
