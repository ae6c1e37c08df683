"""Reads feeds: RSS 0.9 to 2.0, Atom and RDF with feedparser, and JSON Feed. Many files may be pages of one archive."""

import hashlib
import io
import re
from datetime import UTC, datetime, timedelta
from html import escape

import feedparser
import msgspec

from ....html import plain
from ...report import CLEANED, FixtureError
from ..stories import Loss, Media, Story, Term
from ..texts import host_of, slug_of
from .wordpress_text import paragraphs

NO_DATE = "date that cannot be read left out"
NO_ZONE = "date without a time zone: taken as UTC"
OF_CHANGE = "date of the last change stands for that of publication, which the feed does not give"
OTHER_ENCODING = "feed is not in the encoding that it names: read in another"
NO_CONTENT = "entry left out: it has neither title nor text"
ELSEWHERE = "link of the entry to another site left out"
NOT_WELL_FORMED = "feed is no correct XML: read as far as possible"
CUT = ("no element found", "unclosed token", "unclosed CDATA section", "premature end")
# What is read, or says nothing of its own, among the names that feedparser gives to the elements of an entry.
READ = set(
    "title title_detail link links id guidislink published published_parsed updated updated_parsed tags author authors"
    " author_detail summary summary_detail content enclosures media_content media_thumbnail media_credit image language"
    " feedburner_origlink wfw_commentrss slash_comments comments thr_total base href publisher publisher_detail".split()
)

_names_encoding = re.compile(rb"<\?xml[^>]*\sencoding\s*=")
# Hours by which zones are before UTC that feedparser does not know.
ZONES = {"WEST": 1, "BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "JST": 9}
LARGEST_OFFSET = 14  # hours
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)  # how some systems write that there is no date
# Behind an offset, a name says the same once more: "+0200 CEST".
_zone_name = re.compile(rf"(?<![+-]\d{{4}} )(?<![+-]\d\d:\d\d )\b({'|'.join(ZONES)})\s*\Z", re.IGNORECASE)
_zone = re.compile(rf"(?:Z|[+-]\d{{2}}:?\d{{2}}|\b(?:GMT|UTC?|WET|[ECMP][SD]T|{'|'.join(ZONES)}))\s*\Z", re.IGNORECASE)
_offset = re.compile(r"[+-](\d{2}):?\d{2}\s*\Z")
_zone_after_blank = re.compile(r"\s+(?=(?:[+-]\d{2}:?\d{2}|Z|UTC|GMT)\Z)")


class Feeds:
    """The reader of feeds."""

    def __init__(self, inputs):
        self.inputs = inputs

    def read(self):
        """Yield the Stories of all feeds, and Losses."""
        for one in self.inputs:
            data = one.whole()
            if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{":
                yield from _json_feed(one, data)
            else:
                yield from _xml_feed(one, data)

    def finish(self, story, context):
        context.base, html, is_plain = story.raw
        return paragraphs(escape(html, quote=False)) if is_plain else html

    def rest(self):
        return ()


def _xml_feed(one, data):
    before = max(data.find(b"<?xml", 0, 10_000), 0) if not data.startswith(b"<?xml") else 0  # comments of programs
    try:
        parsed = feedparser.parse(io.BytesIO(data[before:]), sanitize_html=False, resolve_relative_uris=False)
    except UnicodeError as error:  # not every codec of Python fails as those of encodings do
        raise FixtureError(f"{one.name}:1: names an encoding that is none ({error}); --encoding names it.") from None
    fault = parsed.get("bozo_exception") if parsed.bozo else None
    line = _line(fault, data, before)
    reason = fault.getMessage() if hasattr(fault, "getMessage") else str(fault or "")
    if isinstance(fault, feedparser.CharacterEncodingOverride | feedparser.CharacterEncodingUnknown):
        if parsed.encoding != "utf-8" and not _names_encoding.match(data[before:]):
            raise FixtureError(f"{one.name}:1: names no encoding and is not in UTF-8; --encoding names it.")
        yield Loss(f"{one.name}:1", "", OTHER_ENCODING, reason)
    if any(start in reason for start in CUT):
        raise FixtureError(f"{one.name}:{line}: is cut off or damaged ({reason}).")
    if not parsed.entries:
        reason = f" ({reason})" if reason else ""
        raise FixtureError(f"{one.name}:{line or 1}: holds no entry of a feed{reason}.")
    if line:
        yield Loss(f"{one.name}:{line}", "", NOT_WELL_FORMED, reason)
    for number, entry in enumerate(parsed.entries, 1):
        yield _with_content(_story(f"{one.name} entry {number}", parsed.feed, entry))


def _line(fault, data, before):
    """The line in the file of what the parser found wrong, 0 if it names none."""
    if not hasattr(fault, "getLineNumber"):
        return 0
    added = 0 if data[before:].startswith(b"<?xml") else 1  # feedparser puts a declaration before the feed
    return max(fault.getLineNumber() + data.count(b"\n", 0, before) - added, 1)


def _with_content(story):
    return story if story.title.strip() or story.raw[1].strip() else Loss(story.record, "", NO_CONTENT)


def _story(place, feed, entry):
    text, summary, language = _texts(entry)
    link = entry.get("feedburner_origlink") or entry.get("link", "")
    identity = entry.get("id") or link
    if not identity:
        identity = hashlib.sha256(f"{entry.get('title')}{entry.get('published')}{text['value']}".encode()).hexdigest()
    story = Story(
        place=place,
        identifier=identity,
        source=host_of(feed.get("link", "")) or host_of(link) or "feed",
        address=_own(link, feed.get("link", "")),
        title=entry.get("title", ""),
        slug=slug_of(link),
        language=language if language != feed.get("language") else "",
        site_language=feed.get("language") or "",
        summary=plain(summary),
        author=entry.get("author", "") or feed.get("author", ""),
        raw=(text.get("base") or link, text["value"], text.get("type") == "text/plain" and "<" not in text["value"]),
    )
    if link and not story.address:
        story.lose("", ELSEWHERE, link)
    _dates(story, entry)
    for tag in entry.get("tags") or ():
        if name := tag.get("label") or tag.get("term"):
            story.terms.append(Term(tag.get("term") or name, name))
    _media(story, entry)
    for name in sorted(set(entry) - READ):
        if not name.endswith(("_parsed", "_detail")) and f"media_{name}" not in entry:
            story.lose("", "element of the feed left out", f"{name}: {str(entry[name])[:60]}")
    return story


def _own(link, site):
    """The link of an entry if it leads to the site of the feed, else ""."""
    return link if not host_of(site) or host_of(link) == host_of(site) else ""


def _texts(entry):
    """(the full text as feedparser describes it, the summary beside it or "", the language)."""
    contents = [each for each in entry.get("content") or () if each.get("value", "").strip()]
    summary = entry.get("summary_detail") or {"value": entry.get("summary", "")}
    text = max(contents, key=lambda each: len(each["value"])) if contents else summary
    beside = summary.get("value", "") if contents and summary.get("value") != text["value"] else ""
    language = text.get("language") or (entry.get("title_detail") or {}).get("language")
    return {"value": "", **text}, beside, language or ""


def _dates(story, entry):
    # Not by `get`: for a missing date feedparser gives the other one.
    story.published, story.updated = (
        _moment(dict.get(entry, f"{name}_parsed"), dict.get(entry, name) or "") for name in ("published", "updated")
    )
    told = dict.get(entry, "published") or dict.get(entry, "updated") or ""
    if story.published is None and story.updated is not None:
        story.published = story.updated
        story.lose("publish_at", OF_CHANGE, told)
    if story.published is None and told:
        story.lose("publish_at", NO_DATE, told)
    if story.published is not None and not _zone.search(told):
        story.lose("publish_at", NO_ZONE, told)


def _moment(parsed, told):
    """The moment of a date. feedparser reads only the year of some ISO dates, and takes CEST for UTC."""
    told = told.strip()
    offset = _offset.search(told)
    if offset and int(offset[1]) > LARGEST_OFFSET:
        return None
    try:
        if told[:4].isdecimal():
            iso = _zone_after_blank.sub("", _zone_name.sub("", told).strip())
            moment = datetime.fromisoformat(iso.replace("UTC", "Z").replace("GMT", "Z"))
            moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
        else:
            moment = datetime(*parsed[:6], tzinfo=UTC) if parsed else None
    except (ValueError, OverflowError):
        return None
    zone = _zone_name.search(told)
    if moment and zone:
        moment -= timedelta(hours=ZONES[zone[1].upper()])
    return None if moment == EPOCH else moment


def _media(story, entry):
    credits = [each.get("content", "") for each in entry.get("media_credit") or ()]
    credit = ", ".join(filter(None, credits))
    for found in entry.get("enclosures") or ():
        _add_media(story, found.get("href", ""), found.get("type", ""), found.get("title", ""), credit)
    for found in entry.get("media_content") or ():
        _add_media(story, found.get("url", ""), found.get("type") or found.get("medium", ""), "", credit)
    if story.lead is None and (thumbnails := entry.get("media_thumbnail")):
        _add_media(story, thumbnails[0].get("url", ""), "image", "", credit)
    if story.lead is None and (image := (entry.get("image") or {}).get("href")):
        _add_media(story, image, "image", "", credit)


def _add_media(story, address, kind, title, credit=""):
    known = [story.lead, *story.gallery, *story.files]
    if not address or any(media and media.address == address for media in known):
        return
    media = Media(address, title=title, credit=credit)
    if kind.startswith("image"):
        if story.lead is None:
            story.lead = media
        else:
            story.gallery.append(media)
    elif kind.startswith(("audio", "video")):
        story.lose("recordings", CLEANED["media"], address)
    else:
        media.credit = ""
        story.files.append(media)


def _json_feed(one, data):
    try:
        feed = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        at = re.search(r"byte (\d+)", str(error))
        line = data.count(b"\n", 0, int(at[1]) if at else len(data)) + 1
        raise FixtureError(f"{one.name}:{line}: is no readable JSON ({error}).") from None
    items = feed.get("items")
    if not isinstance(items, list) or not items:
        raise FixtureError(f"{one.name}:1: holds no entry of a feed.")
    for number, item in enumerate(items, 1):
        if not isinstance(item, dict):
            yield Loss(f"{one.name} entry {number}", "", "entry left out: it is no JSON object")
        else:
            yield _with_content(_json_story(f"{one.name} entry {number}", feed, item))


def _json_story(place, feed, item):
    html, words = _string(item, "content_html"), _string(item, "content_text")
    address, link = _string(item, "url"), _string(item, "external_url")
    story = Story(
        place=place,
        identifier=str(item.get("id") or address or hashlib.sha256((html or words).encode()).hexdigest()),
        source=host_of(_string(feed, "home_page_url") or _string(feed, "feed_url") or address) or "feed",
        address=address,
        title=_string(item, "title"),
        slug=slug_of(address),
        language=_string(item, "language"),
        site_language=_string(feed, "language"),
        summary=_string(item, "summary"),
        author=_authors(item) or _authors(feed),
        raw=(address, html or words, not html),
    )
    if link:
        story.lose("", ELSEWHERE, link)
    for name in ("published", "updated"):
        text = _string(item, "date_published" if name == "published" else "date_modified")
        setattr(story, name, _json_moment(story, text))
    story.terms = [Term(tag, tag) for tag in _list(item, "tags") if isinstance(tag, str) and tag.strip()]
    for address in (_string(item, "image"), _string(item, "banner_image")):
        _add_media(story, address, "image", "")
    for found in _list(item, "attachments"):
        if isinstance(found, dict):
            _add_media(story, _string(found, "url"), _string(found, "mime_type"), _string(found, "title"))
    return story


def _string(values, name):
    found = values.get(name)
    return found if isinstance(found, str) else ""


def _list(values, name):
    found = values.get(name)
    return found if isinstance(found, list) else []


def _authors(values):
    found = _list(values, "authors") or [values.get("author")]
    names = [_string(each, "name") for each in found if isinstance(each, dict)]
    return ", ".join(filter(None, names))


def _json_moment(story, text):
    try:
        moment = datetime.fromisoformat(text) if text else None
        if moment is None or moment.tzinfo is not None:
            return moment and moment.astimezone(UTC)
    except (ValueError, OverflowError):
        story.lose("publish_at", NO_DATE, text)
        return None
    story.lose("publish_at", NO_ZONE, text)
    return moment.replace(tzinfo=UTC)
