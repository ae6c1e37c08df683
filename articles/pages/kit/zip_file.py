"""The press kit of an article: a ZIP that is written while it is sent, the same bytes for the same public texts.

It holds every live language version as plain text and as HTML, the original pictures with their rights, attachments,
vCards, and `manifest.json` with the SHA-256 of every other file. Nothing is compressed: pictures are already.
"""

import hashlib
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override

from contacts.languages import content_language, organisation_name
from contacts.pages import vcard
from contacts.public_pages import absolute

from ...html import body_image_keys
from ...models import Image
from ..article_page import iso_moment
from . import picture_files
from .versions import KitVersion, live_versions

PIECE = 64 * 1024
MANIFEST = "manifest.json"
FIRST_YEAR = 1980  # that a ZIP can tell


@dataclass(frozen=True)
class Entry:
    """A file of the kit. `fingerprint` changes with its bytes; `pieces()` yields them."""

    name: str
    fingerprint: str
    pieces: Callable


def _text_entry(name, text):
    data = text.encode()
    return Entry(name, hashlib.sha256(data).hexdigest(), lambda: [data])


class Kit:
    """What a kit holds, read from the database at once: nothing is asked while it is sent."""

    def __init__(self, request, article):
        self.request, self.article = request, article
        self.versions = [KitVersion(request, row) for row in _source_first(live_versions(article))]
        self.images = self._images()
        self.picture_names = {
            image.sha256: f"pictures/{number:02}-{picture_files.file_name(image)}.{picture_files.extension(image)}"
            for number, image in enumerate(self.images, 1)
        }
        self.entries = [*self._texts(), *self._pictures(), *self._documents(), *self._vcards()]

    @property
    def name(self):
        """The name of the folder and the file, in ASCII: its reference, else the beginning of its slug."""
        return slugify(self.article.reference) or slugify(self.article.slug)[:60].strip("-_") or "press-kit"

    @cached_property
    def etag(self):
        parts = [f"{entry.name} {entry.fingerprint}" for entry in self.entries] + [self._about(), str(self._moment)]
        return f'"{hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]}"'

    def _images(self):
        """The pictures of all versions, those of the first one first; without those whose file is not there."""
        ids = [pk for version in self.versions for pk in version.image_ids]
        texts = [text for one in self.versions for text in (one.article.body, one.article.notes_to_editors)]
        keys = body_image_keys(*texts)
        rows = Image.objects.prefetch_related("translations")
        by_id, by_key = rows.in_bulk(ids), rows.in_bulk(keys, field_name="sha256")
        found = [by_id[pk] for pk in ids if pk in by_id] + [by_key[key] for key in keys if key in by_key]
        return [image for image in dict.fromkeys(found) if picture_files.is_there(image)]

    def _texts(self):
        for version in self.versions:
            language = version.article.language
            yield _text_entry(f"text-{language}.txt", version.text())
            yield _text_entry(f"text-{language}.html", self._page(version))

    def _page(self, version):
        with override(version.article.language):
            article, names = version.article, self.picture_names
            boilerplate = version.boilerplate
            context = {
                "article": article,
                "version": version,
                "organisation": organisation_name(),
                "pictures": [(names[image.sha256], image) for image in self.images if image.pk in version.image_ids],
                "body": version.body(names),
                "notes": version.html(article.notes_to_editors, names),
                "boilerplate": boilerplate and (boilerplate[0], version.html(boilerplate[1], names)),
            }
            return render_to_string("articles/kit/text.html", context)

    def _pictures(self):
        for image in self.images:
            xmp = picture_files.rights_packet(image)
            mark = picture_files.fingerprint(image, xmp)
            yield Entry(
                self.picture_names[image.sha256], mark, lambda one=image, xmp=xmp: picture_files.pieces(one, xmp)
            )
        if self.images:
            yield _text_entry("pictures/captions.txt", "\n\n".join(map(self._caption, self.images)) + "\n")

    def _caption(self, image):
        """The lines about one picture; each text says which language it is in."""
        lines = [self.picture_names[image.sha256].removeprefix("pictures/")]
        lines += [f"[{row.language}] {text}" for row in image.translations.all() if (text := row.caption or row.alt)]
        labels = {_("Credit"): image.credit, _("Copyright"): image.copyright_notice, _("Terms of use"): image.terms}
        lines += [f"{label}: {text}" for label, text in labels.items() if text]
        lines += [f"[{row.language}] {row.terms}" for row in image.translations.all() if row.terms]
        return "\n".join(lines)

    def _documents(self):
        rows = dict.fromkeys(row for version in self.versions for row in version.attachments)
        found = [row for row in rows if default_storage.exists(row.file.name)]
        for number, row in enumerate(found, 1):
            title = slugify(row.title)[: picture_files.LONGEST_NAME].strip("-_") or "document"
            name = f"documents/{number:02}-{title}-{row.language}.{picture_files.extension(row)}"
            yield Entry(name, row.sha256, lambda file=row.file.name: _stored(file))

    def _vcards(self):
        with override(content_language()):
            for contact in dict.fromkeys(one for version in self.versions for one in version.contacts):
                card = vcard.contact(contact, absolute(self.request, contact.office.get_absolute_url()))
                yield _text_entry(f"contacts/contact-{contact.code}.vcf", card)

    def _about(self):
        """What the manifest says of the texts."""
        return [
            {
                "language": one.article.language,
                "headline": one.article.headline,
                "address": one.address,
                "published": iso_moment(one.article.publish_at),
                "edition": one.edition.edition if one.edition else None,
                "edition_sha256": one.edition.sha256 if one.edition else None,
            }
            for one in self.versions
        ]

    @property
    def _moment(self):
        """The time of all files in the ZIP: of the last change of a version, in UTC."""
        newest = max(max(one.article.updated_at, one.article.publish_at) for one in self.versions).astimezone(UTC)
        newest = max(newest, datetime(FIRST_YEAR, 1, 1, tzinfo=UTC))
        return newest.timetuple()[:6]

    def stream(self):
        """Yield the bytes of the ZIP."""
        out, listed = _Pieces(), []
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
            for entry in self.entries:
                digest, size = hashlib.sha256(), 0
                with archive.open(self._info(entry.name), "w") as file:
                    for piece in entry.pieces():
                        digest.update(piece)
                        size += len(piece)
                        file.write(piece)
                        yield out.taken()
                listed.append({"name": entry.name, "size": size, "sha256": digest.hexdigest()})
            about = {"organisation": organisation_name(), "reference": self.article.reference}
            about |= {"versions": self._about(), "files": listed}
            archive.writestr(self._info(MANIFEST), json.dumps(about, ensure_ascii=False, indent=1) + "\n")
        yield out.taken()

    def _info(self, name):
        info = zipfile.ZipInfo(f"{self.name}/{name}", self._moment)
        info.external_attr = 0o644 << 16
        return info


def _source_first(rows):
    """The source of a story, then its translations in the order of the site's languages."""
    order = {code: number for number, (code, _name) in enumerate(settings.LANGUAGES)}
    return sorted(rows, key=lambda row: (row.translation_of_id is not None, order.get(row.language, len(order))))


def _stored(name):
    with default_storage.open(name) as file:
        while piece := file.read(PIECE):
            yield piece


class _Pieces:
    """A file that is only written to; what was written is taken away piece by piece."""

    def __init__(self):
        self._held = []

    def write(self, data):
        self._held.append(bytes(data))
        return len(data)

    def flush(self):
        """`zipfile` asks for it."""

    def taken(self):
        data, self._held = b"".join(self._held), []
        return data
