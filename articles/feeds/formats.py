"""RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1: Django's generators, and what these lack for a newsroom.

Beside Django's own values an item has `content` (HTML) and `summary`
(text), and a feed `hub` and `licence` (addresses).
"""

import json
from datetime import UTC, datetime

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed, rfc3339_date
from django.utils.html import escape
from django.utils.text import Truncator

from contacts.templatetags.contact_tags import without_markup

BEGINNING = 300  # characters of a text without a standfirst that stand for one
EMPTY_SINCE = datetime(2000, 1, 1, tzinfo=UTC)  # of a feed without items: a date that is the same at every look


class Dated:
    def latest_post_date(self):
        return super().latest_post_date() if self.items else EMPTY_SINCE


class Rss(Dated, Rss201rev2Feed):
    def rss_attributes(self):
        return super().rss_attributes() | {
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:creativeCommons": "http://backend.userland.com/creativeCommonsRssModule",
        }

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        if hub := self.feed["hub"]:
            handler.addQuickElement("atom:link", None, {"rel": "hub", "href": hub})
        if licence := self.feed["licence"]:
            handler.addQuickElement("creativeCommons:license", licence)

    def add_item_elements(self, handler, item):
        """An item has a description in any case: many readers show nothing else."""
        description = item["description"] or _beginning(item["content"])
        super().add_item_elements(handler, item | {"description": description})
        handler.addQuickElement("atom:updated", rfc3339_date(item["updateddate"]))
        handler.addQuickElement("content:encoded", item["content"])


def _beginning(content):
    return escape(Truncator(" ".join(without_markup(content).split())).chars(BEGINNING))


class Atom(Dated, Atom1Feed):
    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        if hub := self.feed["hub"]:
            handler.addQuickElement("link", "", {"rel": "hub", "href": hub})
        if licence := self.feed["licence"]:
            handler.addQuickElement("link", "", {"rel": "license", "href": licence})

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})


class JsonFeed(Dated, SyndicationFeed):
    """https://www.jsonfeed.org/version/1.1/"""

    content_type = "application/feed+json; charset=utf-8"

    def write(self, outfile, encoding):
        feed = self.feed
        data = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed["title"],
            "home_page_url": feed["link"],
            "feed_url": feed["feed_url"],
            "description": feed["description"],
            "language": feed["language"],
            "authors": [{"name": feed["author_name"], "url": feed["author_link"]}],
            "hubs": [{"type": "WebSub", "url": feed["hub"]}] if feed["hub"] else None,
            "_rights": _given({"text": feed["feed_copyright"], "licence": feed["licence"]}),
            "items": [self._item(item) for item in self.items],
        }
        outfile.write(json.dumps(_given(data), ensure_ascii=False).encode(encoding))

    def _item(self, item):
        attachments = [
            {"url": one.url, "mime_type": one.mime_type, "size_in_bytes": int(one.length)} for one in item["enclosures"]
        ]
        return _given({
            "id": item["unique_id"],
            "url": item["link"],
            "title": item["title"],
            "summary": item["summary"] or None,
            "content_html": item["content"],
            "image": item["image"],
            "date_published": rfc3339_date(item["pubdate"]),
            "date_modified": rfc3339_date(item["updateddate"]),
            "language": self.feed["language"],
            "tags": item["categories"] or None,
            "attachments": attachments or None,
        })  # fmt: skip


def _given(values):
    return {name: value for name, value in values.items() if value is not None and value != ""}


FORMATS = {"rss": Rss, "atom": Atom, "json": JsonFeed}
