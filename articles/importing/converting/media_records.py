"""The records of pictures and files in a newsroom fixture, and which of them cannot be imported."""

from django.conf import settings
from django.core.exceptions import ValidationError

from contacts.plain_text import one_line

from ...media import attachments, images
from ...media.fetch import is_remote, normalized
from ..report import clause
from ..store.remote import credit_for
from .texts import path_of

ALT, TITLE, CREDIT = 300, 200, 200
ADDRESS = 255  # characters of the field `file`
NO_CREDIT = "picture names no credit: the site's name stands for it until somebody enters one"
NOT_BESIDE = "file beside the source left out: -o with a folder or a .zip takes it along"
NOT_ELSEWHERE = "file without a complete address left out"


class MediaRecords:
    """`files`: finds files beside the source (`files.find(path)`). `beside`: {path in the fixture: open function}."""

    def __init__(self, files=None):
        self.files = files
        self.written = set()  # what has a record already
        self.beside, self.refused = {}, {}  # refused: {path: why a picture beside the source cannot be used}

    def is_usable(self, story, field, media, language=""):
        """Whether a picture or file can be in the fixture; notes why not."""
        if not media.path:
            if why := _unusable(field, media.address):
                story.lose(field, why, media.address)
            return not why
        if self.files is None:
            story.lose(field, NOT_BESIDE, media.path)
            return False
        if media.path not in self.refused:
            self.refused[media.path] = self._check(media, field, language)
        if self.refused[media.path]:
            story.lose(field, f"file left out: {self.refused[media.path]}", media.path)
        return not self.refused[media.path]

    def _check(self, media, field, language):
        """What is wrong with a file beside the source, "" if nothing is."""
        opener = self.files.find(media.path)
        try:
            with opener() as stream:
                if field == "attachments":
                    attachments.check(stream.read(settings.ATTACHMENT_MAX_BYTES + 1), media.path, language)
                else:
                    checked = images.check(stream.read(settings.IMAGE_MAX_BYTES + 1), media.path)
                    media.credit = media.credit or checked.embedded.credit
        except ValidationError as error:
            return clause(" ".join(error.messages))
        except OSError as error:
            return f"cannot be read: {error.strerror}"
        self.beside[media.path] = opener
        return ""

    def picture(self, story, entry, media, in_text=False):
        """The records of a picture. Without them the import fetches it by its address, with `alt` from the text."""
        says_more = media.credit or media.caption or media.copyright or (media.alt and not in_text)
        if not media.path and (not says_more or len(normalized(media.address)) > ADDRESS):
            return
        if self.is_new("image", media.name):
            fields = {"file": media.name, "credit": one_line(media.credit)[:CREDIT]}
            if media.path and not fields["credit"]:
                story.lose("", NO_CREDIT, media.name)
                fields["credit"] = credit_for(story.address) or story.source[:CREDIT] or "?"
            if media.copyright:
                fields["copyright"] = one_line(media.copyright)[:CREDIT]
            yield "articles.image", fields
        texts = {"alt": one_line(media.alt)[:ALT], "caption": media.caption}
        if any(texts.values()) and self.is_new("alt", media.name, entry.language):
            yield "articles.imagetranslation", {"image": [media.name], "language": entry.language} | texts

    def file(self, entry, media):
        if self.is_new("file", media.name):
            title = one_line(media.title)[:TITLE] or media.name.rpartition("/")[2]
            yield "articles.attachment", {"file": media.name, "title": title, "language": entry.language}

    def is_new(self, *key):
        if key in self.written:
            return False
        self.written.add(key)
        return True


def _unusable(field, address):
    """Why a fixture cannot name that file of another site, "" if it can."""
    if not is_remote(address):
        return NOT_ELSEWHERE
    if field != "body" and len(normalized(address)) > ADDRESS:
        return f"file left out: its address has more than {ADDRESS} characters"
    ending = path_of(address).rpartition(".")[2]
    if field == "attachments" and ending not in attachments.CONTENT_TYPES:
        return "file left out: the newsroom takes none of this type"
    return "picture left out: drawings (SVG) are no pictures of the newsroom" if ending == "svg" else ""
