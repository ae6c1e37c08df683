"""What the readers of all sources yield: stories, their media and terms, and what they could not read."""

from dataclasses import dataclass, field
from datetime import datetime

DRAFT = "draft"  # `kept_as_draft` of what is one already
SCHEDULED = "scheduled article"  # `kept_as_draft` of what was to be published later


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that is not imported, or is changed by the import.

    `kind` reads well after a number ("3 × comment left out"); `what` is an excerpt that says which one.
    """

    record: str  # place and name of the record: news.xml:12 "Harbour opens"
    field: str  # of the article, "" for a whole record
    kind: str
    what: str = ""
    number: int = 1


@dataclass(frozen=True, slots=True)
class Term:
    """A category or a tag; `above`: (code, name) of the terms above it, the highest first."""

    code: str
    name: str
    above: tuple = ()


@dataclass(slots=True)
class Media:
    """A picture or a file: `address` on another site, or `path` beside the source."""

    address: str = ""
    path: str = ""
    title: str = ""
    alt: str = ""
    caption: str = ""
    credit: str = ""
    copyright: str = ""

    @property
    def name(self):
        """How the fixture names the file."""
        return self.path or self.address


@dataclass(slots=True)
class Story:
    """One article in one language, as its source has it. `language` is a BCP 47 tag, "" if the source names none."""

    place: str  # file and line, or file and number
    identifier: str
    source: str = ""  # the site that it comes from
    address: str = ""
    other_addresses: list = field(default_factory=list)
    title: str = ""
    slug: str = ""  # as the source has it
    language: str = ""
    site_language: str = ""  # of the whole site or feed
    body: str = ""
    summary: str = ""
    author: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    kept_as_draft: str = ""  # why it is not published: "private post", …
    terms: list = field(default_factory=list)  # of Term
    lead: Media | None = None
    gallery: list = field(default_factory=list)  # of Media
    files: list = field(default_factory=list)  # of Media
    group: str = ""  # the same for all language versions of a story
    is_source: bool = False  # the others are its translations
    losses: list = field(default_factory=list)  # of Loss
    raw: object = None  # what the reader needs to `finish` the story

    @property
    def record(self):
        """How the story is named in reports."""
        return f'{self.place} "{self.title or self.slug or self.identifier}"'

    def lose(self, field, kind, what="", number=1):
        self.losses.append(Loss(self.record, field, kind, what, number))
