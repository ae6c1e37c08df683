"""The view that serves media files: to readers those that a readable article uses, to staff those that they may see.

For the picture of a draft readers get the same "not found" as for a file that does not exist. The session is read only
when the file is not public, so that public files carry no `Vary: Cookie`. Captions are public with their recording.
"""

import hashlib
import logging
import re
import threading

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db.models import Q
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from .. import permissions, webvtt
from ..models import Attachment, FormerFile, Image, Recording
from . import cleanup, ranges, renditions
from .attachments import CONTENT_TYPES as FILE_TYPES
from .images import CONTENT_TYPES as IMAGE_TYPES
from .recordings.checking import CONTENT_TYPES as RECORDING_TYPES
from .usage import visible_to, with_is_public

logger = logging.getLogger(__name__)

PATTERNS = {
    re.compile(r"images/([0-9a-f]{2})/(?P<key>\1[0-9a-f]{62})\.(?P<type>jpg|png|webp)"): Image,
    re.compile(r"renditions/(?P<key>[0-9a-f]{64})/[0-9a-z-]{1,24}\.(?P<type>webp|avif)"): Image,
    re.compile(r"attachments/([0-9a-f]{2})/(?P<key>\1[0-9a-f]{62})\.(?P<type>[a-z0-9]{2,4})"): Attachment,
    re.compile(r"recordings/([0-9a-f]{2})/(?P<key>\1[0-9a-f]{62})\.(?P<type>[a-z0-9]{3,4})"): Recording,
    re.compile(r"captions/(?P<key>[0-9a-f]{64})/[a-z-]{2,12}-[0-9a-f]{12}\.(?P<type>vtt)"): Recording,
}
IN_PARTS = (Attachment, Recording)  # whose files players and readers ask for in parts
# At a time: each takes seconds and memory, a page shows many pictures, and other threads are left for readers, who get
# the large file meanwhile.
_quick_copies = threading.BoundedSemaphore(2)
# Browsers may keep a file for ever, because its name is a hash of its content. Shared caches ask again each day, so
# that a withdrawn picture leaves them.
PUBLIC = "public, max-age=31536000, s-maxage=86400, immutable"
# People keep the URLs of files and recordings: they get a corrected one within ten minutes.
REPLACEABLE = "public, max-age=600"


@require_safe
def media(request, name):
    model, key, extension = _parsed(name)
    row = _row(model, key) if model else None
    is_public = row is not None and row.is_public
    if not is_public and not _may_see(request.user, row):
        raise Http404
    if row is not None and row.sha256 != key:
        return _moved(row, is_public)
    if row is None or not _is_named(name, row):
        raise Http404
    return _answer(request, name, row, extension, is_public)


def _row(model, key):
    """The row that has the file with this SHA-256, or had it before it was replaced. Always the same two queries."""
    had = FormerFile.objects.filter(sha256=key).values_list(model._meta.model_name, flat=True).first()
    rows = {row.sha256 == key: row for row in with_is_public(model.objects.filter(Q(sha256=key) | Q(pk=had)))}
    return rows.get(True) or rows.get(False)


def _moved(row, is_public):
    """The URL of a file that was replaced leads to the present one."""
    response = HttpResponseRedirect(row.get_absolute_url())
    response["Cache-Control"] = REPLACEABLE if is_public else "private, no-store"
    response.the_same_in_all_languages = True
    return response


def _may_see(user, row):
    """The rule of the library in the admin: members see all files but those of articles that they may not see."""
    # The session is read first, so that both answers carry `Vary: Cookie`.
    if not (user.is_active and user.is_staff) or row is None:
        return False
    may_view = user.has_perm(f"articles.view_{row._meta.model_name}") or permissions.may(user, "view")
    return may_view and visible_to(user, type(row).objects.filter(pk=row.pk)).exists()


def _parsed(name):
    for pattern, model in PATTERNS.items():
        if match := pattern.fullmatch(name):
            return model, match["key"], match["type"]
    return None, "", ""


def private_file(request, name, keys, label=""):
    """(row, answer) with a file of those with these SHA-256, for the reader of a personal link; Http404 for others.

    No cache keeps it, and it has no ETag. `label` is added to the name under which it is saved.
    """
    model, key, extension = _parsed(name)
    row = model.objects.filter(sha256=key).first() if key in keys else None
    if row is None or not _is_named(name, row):
        raise Http404
    if _waits_for_quick(row, name):
        return row, _stored_instead(request, name, row)
    response = _file(name, row, extension, label)
    response["Cache-Control"] = "private, no-store"
    if isinstance(row, IN_PARTS) and extension != "vtt":
        ranges.keep_part(request, response, lambda: default_storage.open(name))
    return row, response


def _is_named(name, row):
    return name.startswith(("renditions/", "captions/")) or row.file.name == name


def captions_name(recording, translation):
    """The name of a recording's captions in one language. It changes with them, because caches may keep a file."""
    digest = hashlib.sha256(translation.captions.encode()).hexdigest()[:12]
    return f"captions/{recording.sha256}/{translation.language.lower()}-{digest}.vtt"


def _captions(name, recording):
    for translation in recording.translations.exclude(captions=""):
        if captions_name(recording, translation) == name:
            try:
                return HttpResponse(webvtt.public(translation.captions), content_type="text/vtt; charset=utf-8")
            except ValidationError:  # a script has stored them
                break
    raise Http404


def _answer(request, name, row, extension, is_public):
    if _waits_for_quick(row, name):
        return _stored_instead(request, name, row)
    response = _file(name, row, extension)
    lasting = REPLACEABLE if isinstance(row, IN_PARTS) else PUBLIC
    response["Cache-Control"] = lasting if is_public else "private, no-store"
    response["ETag"] = f'"{name.removesuffix("." + extension).replace("/", "-")}-{extension}"'
    conditional = get_conditional_response(request, etag=response["ETag"], response=response)
    if conditional is not response:
        response.close()
    elif isinstance(row, IN_PARTS) and extension != "vtt":
        ranges.keep_part(request, response, lambda: default_storage.open(name))
    conditional.the_same_in_all_languages = True
    return conditional


def _file(name, row, extension, label=""):
    try:
        is_captions = name.startswith("captions/")
        response = (
            _captions(name, row)
            if is_captions
            else FileResponse(default_storage.open(name), content_type=_content_type(extension))
        )
    except (FileNotFoundError, IsADirectoryError) as error:
        raise Http404 from error
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Content-Disposition"] = _disposition(row, extension, label)
    response.the_same_in_all_languages = True
    return response


def _waits_for_quick(image, name):
    """Make the quick copy of an imported picture that a page shows for the first time. True if others are made now."""
    if not name.endswith("/quick.webp") or default_storage.exists(name):
        return False
    if not _quick_copies.acquire(blocking=False):
        return True
    try:
        if not default_storage.exists(name):  # another request may have made it since
            renditions.make_quick(image)
            cleanup.delete_unused_copies(image.sha256)
    except (OSError, ValueError, ValidationError) as error:
        logger.warning("The quick copy of %s could not be made: %s", image.file.name, error)
    finally:
        _quick_copies.release()
    return False


def _stored_instead(request, name, image):
    """Leads to the largest copy, else the original, at the same place: browsers do not ask again for a picture."""
    widths = (image.renditions or {}).get("webp")
    stored = renditions.rendition_name(image, max(widths), "webp") if widths else image.file.name
    response = HttpResponseRedirect(request.path.removesuffix(name) + stored)
    response["Cache-Control"] = "private, no-store"
    response.the_same_in_all_languages = True
    return response


def _content_type(extension):
    types = IMAGE_TYPES | FILE_TYPES | RECORDING_TYPES
    return types.get(extension, "application/octet-stream")


def _disposition(row, extension, label=""):
    if isinstance(row, Image) and not label:
        return "inline"
    title = slugify(str(row), allow_unicode=True)[:80] or "file"
    if isinstance(row, Image):
        title = row.sha256[:8]
    name = "-".join(filter(None, [title, slugify(label, allow_unicode=True)[:120]]))
    return content_disposition_header(not isinstance(row, Image), f"{name}.{extension}")
