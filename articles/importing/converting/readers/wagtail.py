"""Reads what Wagtail's API v2 answers at `/api/v2/pages/?fields=*`, kept as JSON files, or a dump of its database.

What a page's text is called is each site's choice. Texts are taken from the fields that most sites have; every other
field with something in it is listed.
"""

import re
from datetime import UTC, datetime
from html import escape

import msgspec

from ....html import plain
from ...report import FixtureError
from ..stories import DRAFT, Loss, Media, Story, Term
from ..texts import host_of
from . import wagtail_dump

TEXTS = ("body", "content", "text")
SUMMARIES = ("introduction", "intro", "summary", "standfirst", "excerpt", "subtitle")
DATES = ("date", "date_published", "publication_date", "published_at", "published_date", "first_published_at")
PICTURES = ("image", "main_image", "hero_image", "header_image", "feed_image", "listing_image")
KNOWN = {"id", "meta", "title", "tags", "author", *TEXTS}
NO_TEXT = "page left out: it has no text"
NUMBER_ONLY = "block left out: the API gives its number only"
NO_ADDRESS = "picture within the text left out: the API gives its number only"

_heading = re.compile(r"head|title")
_page_link = re.compile(r'<a\s[^<>]*linktype="page"[^<>]*>')
_embed = re.compile(r"<embed\s[^<>]*/?>(?:</embed>)?")
_id = re.compile(r'\bid="(\d+)"')


class Wagtail:
    """The reader of Wagtail's API."""

    def __init__(self, inputs):
        self.inputs, self.addresses = inputs, {}  # addresses: {number of a page: its address}

    def read(self):
        for one in self.inputs:
            for number, item in enumerate(_items(one), 1):
                yield self._story(f"{one.name} page {number}", item)

    def _story(self, place, item):
        meta = item["meta"]
        story = Story(
            place=place,
            identifier=str(item.get("id")),
            source=host_of(_text(meta.get("html_url"))) or "wagtail",
            address=_text(meta.get("html_url")),
            title=_text(item.get("title")),
            slug=_text(meta.get("slug")),
            language=_text(meta.get("locale")),
            summary=plain(_first(item, SUMMARIES)),
            author=_text(item.get("author")),
            kept_as_draft=DRAFT if meta.get("is_draft") else "",
            published=next(filter(None, map(_moment, map(item.get, DATES))), _moment(meta.get("first_published_at"))),
            raw=item,
        )
        self.addresses[story.identifier] = story.address
        if not any(item.get(name) for name in TEXTS):
            return Loss(story.record, "", NO_TEXT, _text(meta.get("type")))
        return story

    def finish(self, story, context):
        item = story.raw
        story.terms = [Term(tag, tag) for tag in _list(item, "tags") if isinstance(tag, str)]
        story.lead = next((_picture(item[name]) for name in PICTURES if _address_of(item.get(name))), None)
        used = {story.lead.address} if story.lead else set()
        taken = {name for name in PICTURES if _address_of(item.get(name)) in used}
        taken |= {name for name in SUMMARIES if story.summary and plain(_text(item.get(name))) == story.summary}
        taken |= {name for name in DATES if _moment(item.get(name))}
        for name in sorted(set(item) - KNOWN - taken):
            if item[name] not in (None, "", [], {}, False):
                story.lose("", "field of the page left out", f"{name}: {str(item[name])[:60]}")
        context.base = story.address
        try:
            html = "".join(self._html(story, "", item.get(name)) for name in TEXTS)
        except RecursionError:
            raise FixtureError(f"{story.place}: its text is nested too deeply.") from None
        html = _page_link.sub(lambda link: self._link(link[0]), html)
        for embed in _embed.findall(html):
            story.lose("body", NO_ADDRESS if 'embedtype="image"' in embed else "embedded object left out", embed)
        return _embed.sub("", html)

    def _link(self, tag):
        """A link to a page by its number, as one to its address."""
        number = _id.search(tag)
        return f'<a href="{escape(self.addresses.get(number[1] if number else "", ""))}">'

    def _html(self, story, name, value):
        """The HTML of a text or a stream of blocks. `name`: of the block."""
        if isinstance(value, str):
            if "<" in value:
                return value
            tag = "h2" if _heading.search(name) else "p"
            return f"<{tag}>{escape(value, quote=False)}</{tag}>" if value.strip() else ""
        if isinstance(value, list):
            return "".join(self._html(story, name, one) for one in value)
        if isinstance(value, dict) and isinstance(value.get("type"), str) and "value" in value:
            return self._html(story, value["type"], value["value"])
        if address := _address_of(value):
            return f'<img src="{escape(address)}" alt="{escape(_text(value.get("title")))}">'
        if isinstance(value, dict):
            return "".join(self._html(story, key, one) for key, one in value.items() if key not in ("id", "meta"))
        if isinstance(value, int) and not isinstance(value, bool):
            story.lose("body", NUMBER_ONLY, f"{name}: {value}")
        return ""

    def rest(self):
        return ()


def _items(one):
    """The pages of an answer, or the one page of an answer about it."""
    try:
        found = msgspec.json.decode(one.whole().removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise FixtureError(f"{one.name}:1: is no readable JSON ({error}).") from None
    if wagtail_dump.is_dump(found):
        return wagtail_dump.pages(found)
    items = found.get("items", [found]) if isinstance(found, dict) else None
    if not isinstance(items, list) or not all(isinstance(one.get("meta"), dict) for one in items if _is_object(one)):
        raise FixtureError(f"{one.name}:1: holds no pages of Wagtail.")
    return [item for item in items if _is_object(item)]


def _is_object(value):
    return isinstance(value, dict)


def _text(value):
    return value if isinstance(value, str) else ""


def _list(item, name):
    found = item.get(name)
    return found if isinstance(found, list) else []


def _first(item, names):
    return next((item[name] for name in names if isinstance(item.get(name), str) and item[name].strip()), "")


def _address_of(value):
    meta = value.get("meta") if isinstance(value, dict) else None
    return _text(meta.get("download_url")) if isinstance(meta, dict) else ""


def _picture(value):
    return Media(_address_of(value), title=_text(value.get("title")), alt=_text(value.get("alt")))


def _moment(text):
    """A day without a time is that day's midnight in UTC."""
    try:
        moment = datetime.fromisoformat(text) if isinstance(text, str) else None
        if moment and moment.tzinfo is None:
            return moment.replace(tzinfo=UTC)
        return moment and moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
