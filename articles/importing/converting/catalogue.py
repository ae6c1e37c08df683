"""What the first pass finds out about all stories: languages, slugs, translations, new addresses for old ones."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings

from ...fields import normal_slug
from ...models import Article
from ...publishing.slugs import LONGEST, from_headline, numbered, shortened
from ..report import FixtureError
from .texts import comparable

OTHER_LANGUAGE = "article left out: its language is none of this newsroom's"
TWICE = "article left out: the source has it twice, and the later version comes along"
SAME_LANGUAGE = "link to the translations left out: two of them are in one language"

_slug = re.compile(r"[-\w]+\Z")
_long_ago = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Entry:
    """A story that becomes an article."""

    language: str
    slug: str
    place: str  # of the version that is imported
    changed: datetime
    group: tuple = ()


class Catalogue:
    def __init__(self, default_language=""):
        self.default_language = default_language
        self.entries = {}  # {(source, identifier): Entry}
        self.taken, self.addresses = set(), {}  # {(language, slug)}, {comparable old address: (language, slug)}
        self.numbers = {}  # {(language, slug): the last number given to that slug}: many titles may be the same
        self.groups = {}  # {group: {language: key}}
        self.sources = {}  # {group: key of the story that the others translate}

    def add(self, story):
        """Note a story of the first pass."""
        language = self.language(story)
        if language is None:
            return
        key, changed = (story.source, story.identifier), story.updated or story.published or _long_ago
        if (known := self.entries.get(key)) is not None:
            if changed > known.changed:
                known.place, known.changed = story.place, changed
            return
        entry = self.entries[key] = Entry(language, self._free(story, language), story.place, changed)
        for address in (story.address, *story.other_addresses):
            if address:
                self.addresses.setdefault(comparable(address), (entry.language, entry.slug))
        if story.group:
            self._group(story, entry, key)

    def language(self, story):
        """The newsroom's language of a story, None if it has none."""
        tag = story.language or self.default_language or story.site_language
        if not tag:
            raise FixtureError(f"{story.place} says nowhere in which language it is; --language says it.")
        codes = [code for code, _ in settings.LANGUAGES]
        tag = tag.strip().lower().replace("_", "-")
        return next((code for code in (tag, tag.partition("-")[0]) if code in codes), None)

    def _free(self, story, language):
        wanted = normal_slug(story.slug)
        if not _slug.match(wanted):
            wanted = from_headline(story.slug) or from_headline(story.title) or from_headline(story.identifier)
        wanted = shortened(wanted or "article", LONGEST)
        number = self.numbers.get((language, wanted), 1)
        while (language, numbered(wanted, number)) in self.taken:
            number += 1
        self.numbers[language, wanted] = number
        self.taken.add((language, numbered(wanted, number)))
        return numbered(wanted, number)

    def _group(self, story, entry, key):
        group = (story.source, story.group)
        members = self.groups.setdefault(group, {})
        if entry.language in members:
            return
        members[entry.language] = key
        entry.group = group
        if story.is_source or entry.language == self._preferred(story) or group not in self.sources:
            self.sources[group] = key

    def _preferred(self, story):
        return self.default_language or story.site_language.lower().partition("-")[0]

    def entry(self, story):
        """The Entry of a story of the second pass, or the reason (text) why it is left out."""
        if self.language(story) is None:
            return OTHER_LANGUAGE
        entry = self.entries[story.source, story.identifier]
        return entry if entry.place == story.place else TWICE

    def source_of(self, story, entry):
        """(language, slug) of the article that a story translates, or None."""
        source = self.sources.get(entry.group)
        if source is None or source == (story.source, story.identifier):
            return None
        return self.entries[source].language, self.entries[source].slug

    def new_address(self, address):
        """The path of the article that an old address became, or ""."""
        found = self.addresses.get(comparable(address.partition("#")[0]))
        return Article(language=found[0], slug=found[1]).get_absolute_url() if found else ""
