"""Turns stories into records of a newsroom fixture, and notes what has no place there."""

import re
import unicodedata
import zlib
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils import timezone

from contacts.plain_text import one_line

from ...fields import is_plausible
from ...html import plain
from ...models import Article
from ...models.moving_in.spelling import LONGEST, is_pattern, one_spelling, validate_address
from ...publishing.slugs import from_headline
from ..report import clause
from .catalogue import SAME_LANGUAGE
from .media_records import MediaRecords
from .stories import DRAFT, SCHEDULED
from .texts import Context, losses, prepared

HEADLINE, TOPIC_NAME, IDENTIFIER, SOURCE, AUTHOR, CODE = 250, 120, 200, 120, 150, 80
WORDS = 80  # characters of a text that stand for a missing headline
DRAFTS = {
    "office": "article without an issuing office stays a draft: --office names one",
    "regions": "article without a region stays a draft: --region names one",
    "publish_at": "article without a date and time zone stays a draft",
    "headline": "article without a title stays a draft: the first words of its text stand for it",
}
DEEP = "topic of the third level or deeper now lies under the highest one: topics have two levels"
OF_SOURCE = {
    "topics": "topic of a translation left out: it has those of its source",
    "lead_image": "picture of a translation left out: it has that of its source",
    "gallery": "picture of a translation left out: it has those of its source",
}

_code = re.compile(r"[a-z0-9_-]+\Z")
_extra_hyphens = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Defaults:
    """What the command gives to articles that lack it; codes, "" for none."""

    office: str = ""
    region: str = ""
    kind: str = "news"
    topic: str = ""


class Records(MediaRecords):
    """`files`: finds files beside the source (`files.find(path)`)."""

    def __init__(self, catalogue, defaults, files=None):
        super().__init__(files)
        self.catalogue, self.defaults = catalogue, defaults
        self.parents = {}  # {code of a topic: code of the one above it}

    def of(self, story, entry, finish):
        """[(model, fields)] of a story; `finish(story, context)` gives its HTML. Adds to `story.losses`."""
        context = Context("", self.catalogue.new_address)
        html = finish(story, context)
        shown, found = [], context.picture

        def picture(address, element):
            media = found(address, element)
            usable = media is not None and self.is_usable(story, "body", media)
            shown.extend([media] if usable else [])
            return media if usable else None

        context.picture = picture
        body = prepared(html, context)
        for kind, what in context.losses:
            story.lose("body", kind, what)
        story.losses += losses(story.record, "body", body)
        before = [record for media in shown for record in self.picture(story, entry, media, in_text=True)]
        fields, records = self._article(story, entry, body)
        return [*before, *records, ("articles.article", fields), *self._old_addresses(story, entry)]

    def _article(self, story, entry, body):
        records, source = [], self.catalogue.source_of(story, entry)
        headline, drafts = self._headline(story, body)
        fields = {
            "language": entry.language,
            "slug": entry.slug,
            "headline": headline,
            "summary": story.summary,
            "body": body,
            "external_source": story.source[:SOURCE],
            "external_id": _short(story.identifier, IDENTIFIER),
        }
        if source:
            fields["translation_of"] = list(source)
            self._tell_of_source(story)
        else:
            records += self._facets(story, entry, fields, drafts)
            if story.group and not entry.group:
                story.lose("translation_of", SAME_LANGUAGE)
        fields["attachments"] = []
        for media in story.files:
            if self.is_usable(story, "attachments", media, entry.language):
                records += self.file(entry, media)
                fields["attachments"].append([media.name])
        if story.author:
            fields["created_by_name"] = one_line(story.author)[:AUTHOR]
        self._state(story, fields, drafts)
        return fields, records

    def _headline(self, story, body):
        title, drafts = one_line(story.title), []
        if not title:
            drafts.append("headline")
            title = plain(body)[:WORDS].strip() or story.identifier
        if len(title) > HEADLINE:
            story.lose("headline", f"title of more than {HEADLINE} characters cut", title)
            title = title[: HEADLINE - 1]
            whole_words = title.rpartition(" ")[0]
            title = (whole_words if len(whole_words) > HEADLINE // 2 else title) + "…"  # Chinese has no spaces
        return title, drafts

    def _state(self, story, fields, drafts):
        moment = story.published if is_plausible(story.published) else None
        if moment is None and not story.kept_as_draft:
            drafts.append("publish_at")
        for field in drafts:
            story.lose(field, DRAFTS[field])
        if moment is not None and moment > timezone.now() and not story.kept_as_draft:
            story.kept_as_draft = SCHEDULED
        if story.kept_as_draft and story.kept_as_draft != DRAFT:
            story.lose("state", f"{story.kept_as_draft} comes as a draft")
        fields["state"] = "draft" if drafts or story.kept_as_draft else "approved"
        if moment is not None:
            fields["publish_at"] = _text(moment)
        if is_plausible(story.updated) and story.updated is not None:
            fields["updated_at"] = _text(story.updated)

    def _tell_of_source(self, story):
        for term in story.terms:
            story.lose("topics", OF_SOURCE["topics"], term.name)
        for field, found in (("lead_image", [story.lead] if story.lead else []), ("gallery", story.gallery)):
            for media in found:
                story.lose(field, OF_SOURCE[field], media.name)

    def _facets(self, story, entry, fields, drafts):
        """Set what translations take from their source; returns the records of topics and pictures."""
        records, given = [], self.defaults
        fields |= {"kind": given.kind, "topics": [], "gallery": []}
        for term in story.terms:
            records += self._topic(story, entry, term)
            fields["topics"].append([_term_code(term.code, term.name)])
        fields["topics"] = [list(key) for key in dict.fromkeys(map(tuple, fields["topics"]))]
        if not fields["topics"] and given.topic:
            fields["topics"] = [[given.topic]]
        for name, value in (("office", given.office), ("regions", given.region)):
            if value:
                fields[name] = [[value]] if name == "regions" else [value]
            else:
                drafts.append(name)
        if story.lead and self.is_usable(story, "lead_image", story.lead):
            records += self.picture(story, entry, story.lead)
            fields["lead_image"] = [story.lead.name]
        for media in story.gallery:
            if self.is_usable(story, "gallery", media):
                records += self.picture(story, entry, media)
                fields["gallery"].append([media.name])
        return records

    def _topic(self, story, entry, term):
        levels = [*term.above, (term.code, term.name)]
        if len(levels) > 2 and self.is_new("deep", term.code):
            story.lose("topics", DEEP, " / ".join(name for _, name in levels))
        parent = None
        for code, name in [levels[0], levels[-1]] if len(levels) > 1 else levels:
            code = _term_code(code, name)
            if self.is_new("topic", code):
                self.parents[code] = parent = self.parents.get(parent) or parent
                yield "articles.topic", {"code": code} | ({"parent": [parent]} if parent else {})
                texts = {"topic": [code], "language": entry.language, "name": one_line(name)[:TOPIC_NAME] or code}
                yield "articles.topictranslation", texts
            parent = parent or code

    def _old_addresses(self, story, entry):
        """The records that lead readers of the former site to the article."""
        new = one_spelling(Article(language=entry.language, slug=entry.slug).get_absolute_url())
        found = (one_spelling(address) for address in (story.address, *story.other_addresses) if address)
        for address in dict.fromkeys(found):
            if address == new:
                continue
            if why := self._why_no_address(address):
                story.lose("", f"old address left out: {why}", address)
            else:
                yield "articles.oldaddress", {"address": address, "article": [entry.language, entry.slug]}

    def _why_no_address(self, address):
        if is_pattern(address) or len(address) > LONGEST:
            return "it has a character of patterns, or is too long"
        try:
            validate_address(address)
        except ValidationError as error:
            return clause(error.messages[0])
        return "" if self.is_new("address", address) else "another article has it"


def _term_code(code, name):
    """The code of a topic: that of the source if it may be one, else one made of its name."""
    code = code.lower()
    if len(code) <= CODE and _code.match(code):
        return code
    plain_name = unicodedata.normalize("NFKD", from_headline(name or code)).encode("ascii", "ignore").decode()
    made = _extra_hyphens.sub("-", plain_name).strip("-")[:CODE]
    letters = sum(one.isalnum() for one in name or code)
    is_readable = len(made.replace("-", "")) * 2 > letters
    return made if is_readable else f"topic-{zlib.crc32((code or name).encode()):08x}"


def _short(text, most):
    """The text, with a checksum instead of its end if it is too long."""
    return text if len(text) <= most else f"{text[: most - 9]}-{zlib.crc32(text.encode()):08x}"


def _text(moment):
    return moment.isoformat().replace("+00:00", "Z")
