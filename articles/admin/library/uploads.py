"""Uploads of pictures: what the photographer wrote into the file is offered, and a form with errors keeps the file.

A browser cannot show a chosen file again. So the file is stored beside the library until the form is valid, for a day
at most, and the form names it in a signed field.
"""

from contextlib import suppress

from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.utils.translation import gettext_lazy as _

from ...media import cleanup, images
from ...media.storage import INCOMING, put, sha256

FIELD, SALT = "kept_upload", "articles.admin.uploads"
SECONDS = 24 * 60 * 60
# The fields of the form that the texts of a file fill in, if they are empty.
SUGGESTED = {
    "credit": (_("credit"), "credit"),
    "copyright": (_("copyright holder"), "copyright"),
    "terms": (_("terms of use"), "terms"),
    "alt": (_("alternative text"), "translations-0-alt"),
    "caption": (_("caption"), "translations-0-caption"),
}


def prepare(request):
    """Fill empty fields of a posted form from its new file, or bring back a kept file. Returns template context."""
    upload = request.FILES.get("file")
    is_new = upload is not None
    if not is_new:
        upload = _kept(request)
        if upload is None:
            return {}
        request.FILES["file"] = upload
    try:
        upload.checked = images.check(upload)
        token = _keep(request, upload)
    except ValidationError:
        return {}  # the form says why
    upload.suggested = _fill_in(request, upload.checked.embedded) if is_new else []
    return {"kept_upload": token, "kept_name": upload.name}


def _fill_in(request, texts):
    """Put the texts into empty fields; returns the labels of these."""
    data, filled = request.POST.copy(), []
    for name, (label, field) in SUGGESTED.items():
        text = getattr(texts, name)
        if text and field in data and not data[field].strip() and not (name == "alt" and data.get("decorative")):
            data[field] = text
            filled.append(label)
    if filled:
        request.POST = data
    return filled


def _keep(request, upload):
    upload.seek(0)
    content = upload.read()
    upload.seek(0)
    name = put(f"{INCOMING}/{sha256(content)}", content, replace=True)
    return signing.dumps([name, upload.name, request.user.pk], salt=SALT)


def forget(token):
    """Delete the file that a form has kept: it may hold places and serial numbers, which the library removes."""
    name, _original, _user = signing.loads(token, salt=SALT)
    default_storage.delete(name)


def _kept(request):
    try:
        name, original, user = signing.loads(request.POST.get(FIELD, ""), salt=SALT, max_age=SECONDS)
        if user != request.user.pk:
            return None
        with default_storage.open(name) as file:
            return SimpleUploadedFile(original, file.read())
    except (signing.BadSignature, OSError, ValueError):
        return None


def delete_stored(request):
    """Delete the file that this request has stored, as its row was not."""
    if name := getattr(request, "stored_file", ""):
        with suppress(DatabaseError):
            cleanup.delete_files([name])
