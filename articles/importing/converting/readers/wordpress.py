"""Reads exports of WordPress: articles with terms, authors, pictures, files and translations (WPML, Polylang)."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import unquote

from contacts.validators import parts_of

from ....html import plain
from ....media.attachments import CONTENT_TYPES
from ...report import CLEANED
from ..stories import DRAFT, SCHEDULED, Loss, Media, Story, Term
from ..texts import PICTURES, comparable, host_of, path_of
from . import wxr
from .wordpress_site import Attachment, Site
from .wordpress_text import Text

DRAFTS = {
    "draft": DRAFT,
    "auto-draft": DRAFT,
    "pending": "article that waits for review",
    "future": SCHEDULED,
    "private": "private article",
}
# Taxonomies that say something else than a topic; AUTHORS is that of the plugin Co-Authors Plus.
FORMAT, LANGUAGE, GROUP, AUTHORS = "post_format", "language", "post_translations", "author"
NO_TOPICS = {LANGUAGE, GROUP, AUTHORS, "translation_priority", "term_translations", "nav_menu"}
WPML_LANGUAGE = ("_wpml_import_language_code", "wpml_language", "_wpml_language")
WPML_GROUP = ("_wpml_import_translation_group",)
WPML_SOURCE = "_wpml_import_source_language_code"
CREDITS = (
    "_media_credit", "media_credit", "_photo_credit", "photo_credit", "_image_credit", "image_credit", "_credit",
    "credit", "photographer_name", "_wp_attachment_credit",
)  # fmt: skip
NO_CATEGORY = "uncategorized"
NOT_HELD = "lead image left out: the export does not hold it"
NOT_IN_GALLERY = "picture of a gallery left out: the export does not hold it"

_image_meta = re.compile(r'"(credit|copyright)";s:\d+:"([^"]*)"')
_size = re.compile(r"-\d+x\d+(?=\.\w+$)")
_no_date = "0000-00-00"


class WordPress:
    """The reader of WordPress exports; parts of one export are files of one site."""

    def __init__(self, inputs, types=("post",), with_tags=True, uploads=None):
        """`uploads`: a `read.files.Folder` with the files of wp-content/uploads, or None."""
        self.inputs, self.types, self.with_tags, self.uploads = inputs, set(types), with_tags, uploads
        self.sites, self.current = {}, None  # {address: Site}

    def read(self):
        """Yield Stories and Losses. The first pass collects what `finish` needs."""
        for one in self.inputs:
            self.current = Site()
            for tag, value in wxr.elements(one):
                if tag == "item":
                    yield from self._item(one, value)
                else:
                    self._element(tag, value)

    def _element(self, tag, value):
        site = self.current
        if tag == "link" and value and not site.address:
            self.current = self.sites.setdefault(value.rstrip("/"), site)
            self.current.address = value.rstrip("/")
            self.current.hosts.add(host_of(value))
        elif tag == "language":
            site.language = site.language or value.strip()
        elif tag == "author" and isinstance(value, dict):
            site.authors[value.get("author_login", "")] = value.get("author_display_name", "").strip()
        elif tag in ("category", "tag", "term") and isinstance(value, dict):
            self._term(tag, value)

    def _term(self, tag, value):
        taxonomy = {"category": "category", "tag": "post_tag"}.get(tag) or value.get("term_taxonomy", "")
        code = value.get("category_nicename") or value.get("tag_slug") or value.get("term_slug", "")
        name = value.get("cat_name") or value.get("tag_name") or value.get("term_name") or code
        parent = value.get("category_parent") or value.get("term_parent", "")
        self.current.terms[taxonomy, unquote(code)] = name, unquote(parent)
        described = value.get("category_description") or value.get("tag_description") or value.get("term_description")
        if described:
            self.current.described[taxonomy, unquote(code)] = plain(described)

    def _item(self, one, item):
        place, kind = f"{one.name}:{item.line}", item.get("post_type")
        if kind == "attachment":
            self._attachment(place, item)
        elif kind not in self.types:
            name = f'{place} "{item.get("title") or item.get("post_name") or item.get("post_id")}"'
            yield Loss(name, "", f"{kind or 'item'} left out: not one of the types that become articles")
        elif item.get("status") in ("trash", "inherit"):
            yield Loss(f'{place} "{item.get("title")}"', "", "article left out: it lies in the bin")
        else:
            yield self._story(place, item)

    def _attachment(self, place, item):
        site, address = self.current, item.get("attachment_url") or item.get("guid")
        rights = dict(_image_meta.findall(item.meta_value("_wp_attachment_metadata")))
        media = Media(
            address=address,
            path=self._path(address),
            title=item.get("title"),
            alt=item.meta_value("_wp_attachment_image_alt"),
            caption=plain(item.get("excerpt")),
            credit=item.meta_value(*CREDITS) or rights.get("credit", ""),
            copyright=rights.get("copyright", ""),
        )
        number = item.get("post_id")
        site.attachments[number] = Attachment(media, item.get("post_parent"), place, plain(item.get("content"))[:80])
        site.by_address[comparable(address)] = number
        site.hosts.add(host_of(address))
        if (found := site.children.setdefault(item.get("post_parent"), [])) is not None and number not in found:
            found.append(number)

    def _story(self, place, item):
        site, status = self.current, item.get("status")
        of_site = parts_of(site.address)
        story = Story(
            place=place,
            identifier=item.get("post_id"),
            source=of_site.netloc.removeprefix("www.") + of_site.path,
            address=item.get("link"),
            title=item.get("title"),
            slug=unquote(item.get("post_name")),
            site_language=site.language,
            summary=plain(item.get("excerpt")),
            author=site.authors.get(item.get("creator")) or item.get("creator"),
            published=_moment(item.get("post_date_gmt"), item.get("pubDate")),
            updated=_moment(item.get("post_modified_gmt")),
            kept_as_draft="" if status == "publish" else DRAFTS.get(status, f"article in the state {status}"),
            raw=(site, item),
        )
        if item.get("post_password"):
            story.kept_as_draft = "password-protected article"
        if names := [name for taxonomy, _code, name in item.terms if taxonomy == AUTHORS and name]:
            story.author = ", ".join(names)
        self._translation(story, item)
        self._other_addresses(story, item)
        return story

    def _translation(self, story, item):
        coded = {taxonomy: code for taxonomy, code, _ in item.terms if taxonomy in (LANGUAGE, GROUP)}
        story.language = coded.get(LANGUAGE) or item.meta_value(*WPML_LANGUAGE)
        story.group = coded.get(GROUP) or item.meta_value(*WPML_GROUP)
        story.is_source = bool(item.meta_value(*WPML_GROUP)) and not item.meta_value(WPML_SOURCE)

    def _other_addresses(self, story, item):
        own = item.get("post_name")
        for key, value in item.meta:
            if key == "_wp_old_slug" and value and own and f"/{own}" in story.address:
                story.other_addresses.append(story.address.replace(f"/{own}", f"/{value}", 1))

    def finish(self, story, context):
        """Give a story of the second pass its text, terms, pictures and files, and list what it loses."""
        site, item = story.raw
        text = Text(item.get("content"))
        for kind, what, number in text.losses:
            story.lose("body", kind, what, number)
        self._terms(story, site, item)
        if thumbnail := item.meta_value("_thumbnail_id"):
            story.lead = self._known(site, thumbnail)
            if story.lead is None:
                story.lose("lead_image", NOT_HELD, thumbnail)
        self._gallery(story, site, item, text)
        context.base, context.hosts = story.address or site.address, site.hosts
        context.picture = lambda address, element: self._picture(site, address, element)
        context.file = lambda address, words: self._file(story, site, address)
        self._rest(story, item)
        return text.html

    def _terms(self, story, site, item):
        for taxonomy, code, name in item.terms:
            code = unquote(code)
            if taxonomy in NO_TOPICS or code == NO_CATEGORY:
                continue
            if taxonomy == FORMAT:
                story.lose("", "post format left out", name)
            elif not self._takes(taxonomy):
                story.lose("topics", "tag left out", name)
            else:
                above = site.above(taxonomy, code)
                story.terms.append(Term(code, name, above))
                site.used_terms.update((taxonomy, one) for one in (code, *(upper for upper, _name in above)))

    def _takes(self, taxonomy):
        return taxonomy != "post_tag" or self.with_tags

    def _path(self, address):
        """The path of a picture or file below the folder of uploads, "" if it is not there."""
        path = unquote(address.partition("?")[0]).partition("/uploads/")[2]
        return path if self.uploads and path and self.uploads.find(path) else ""

    def _known(self, site, number):
        if found := site.attachments.get(number):
            site.used.add(number)
            return found.media
        return None

    def _gallery(self, story, site, item, text):
        for number, address in text.pictures:
            if number:
                numbers = [number] if number in site.attachments else [site.by_address.get(comparable(address), "")]
            else:
                numbers = [one for one in site.children.get(item.get("post_id"), ()) if _is_picture(site, one)]
            for one in numbers:
                media = self._known(site, one) or (Media(address, self._path(address)) if address else None)
                if media is None:
                    story.lose("gallery", NOT_IN_GALLERY, number)
                elif media not in story.gallery:
                    story.gallery.append(media)

    def _picture(self, site, address, element):
        """The picture in full size, with what the export says of it, for the size that the text shows."""
        marked = re.search(r"\bwp-image-(\d+)", element.get("class"))
        number = marked[1] if marked and marked[1] in site.attachments else ""
        number = number or site.by_address.get(comparable(address.partition("?")[0]))
        number = number or site.by_address.get(comparable(_size.sub("", address.partition("?")[0])))
        return self._known(site, number) or Media(address, self._path(address))

    def _file(self, story, site, address):
        number = site.by_address.get(comparable(address))
        ending = path_of(address).rpartition(".")[2]
        if not number or ending not in CONTENT_TYPES or ending in ("mp3", "mp4"):
            return False
        media = self._known(site, number)
        if media not in story.files:
            story.files.append(media)
        return True

    def _rest(self, story, item):
        """List what has no place in an article."""
        for number in item.comments:
            story.lose("", "comment of a reader left out", number)
        if item.get("is_sticky") == "1":
            story.lose("", "mark as sticky left out: pin the article instead")
        for key, value in item.meta:
            if value and not key.startswith("_") and key not in (*WPML_LANGUAGE, *CREDITS, "enclosure"):
                story.lose("", "custom field left out", f"{key}: {value[:60]}")
        if enclosure := item.meta_value("enclosure"):
            story.lose("recordings", CLEANED["media"], enclosure.split("\n")[0])

    def rest(self):
        """Yield a Loss for each picture, file or term that no converted article uses. After the second pass."""
        for site in self.sites.values():
            for (taxonomy, code), (name, _parent) in site.terms.items():
                if (taxonomy, code) in site.used_terms:
                    if described := site.described.get((taxonomy, code)):
                        yield Loss(name, "", "description of a topic left out", described[:80])
                elif taxonomy in ("category", "post_tag") and code != NO_CATEGORY and self._takes(taxonomy):
                    yield Loss(name, "", "category or tag left out: no article has it", code)
            for number, one in site.attachments.items():
                name = f'{one.place} "{one.media.title or one.media.address}"'
                if number not in site.used:
                    yield Loss(name, "", "picture or file of the media library left out: no article uses it")
                elif one.description:
                    yield Loss(name, "", "description of a picture left out", one.description)


def _is_picture(site, number):
    return path_of(site.attachments[number].media.address).endswith(PICTURES)


def _moment(gmt, rfc822=""):
    """The moment that WordPress wrote in GMT, or the one of an RSS date; None if there is none."""
    try:
        if gmt and not gmt.startswith(_no_date):
            return datetime.strptime(gmt.strip(), "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
        if rfc822 and "-0001" not in rfc822:
            moment = parsedate_to_datetime(rfc822)
            return moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None
    return None
