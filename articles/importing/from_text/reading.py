"""What was read from a text, for the page and the command: each value with its passage and whether it is sure."""

from dataclasses import dataclass, field, fields


@dataclass(frozen=True)
class Found:
    """A value, and the passage `text[start:end]` of the reading's text that it was read from.

    sure: the text can hardly be read in another way. What is not sure is for an editor to look at.
    """

    value: str
    sure: bool
    start: int
    end: int


@dataclass(frozen=True)
class Said:
    """A quotation. `speaker` is None if the text does not name one near it; `role`: the speaker's function."""

    text: Found
    speaker: Found | None = None
    role: Found | None = None


@dataclass(frozen=True)
class Person:
    """One entry of the contact block. `kind` is "person" or "unit"; `phones` are lines as typed."""

    name: Found | None = None
    kind: Found | None = None
    role: Found | None = None
    office: Found | None = None
    email: Found | None = None
    phones: list = field(default_factory=list)


@dataclass(frozen=True)
class Doubt:
    """A passage that may be a field and is in none, or in another one. `fields`: names of the reading's fields, or
    "quote-0-role"; `code`: what the sign is."""

    code: str
    fields: tuple
    start: int
    end: int


@dataclass
class Reading:
    """All that was read. `text` is the text whose places the passages name; of HTML it is that of the cleaned HTML.

    language: a code of `words.LANGUAGES`. kind: a code of `articles.kinds`. country: ISO 3166-1 alpha-2. date: ISO
    8601, "--05-03" without a year. embargo: the line that names one. body, notes: HTML, not cleaned yet.
    left_out: passages that are in no field and not in the text, such as menus of a web site.
    """

    text: str
    language: Found | None = None
    label: Found | None = None
    kind: Found | None = None
    region: Found | None = None
    headline: Found | None = None
    standfirst: Found | None = None
    place: Found | None = None
    country: Found | None = None
    date: Found | None = None
    embargo: Found | None = None
    quotes: list = field(default_factory=list)
    links: list = field(default_factory=list)
    contacts: list = field(default_factory=list)
    body: str = ""
    notes: str = ""
    left_out: list = field(default_factory=list)
    doubts: list = field(default_factory=list)

    def all_found(self):
        """Every Found of the fields, without what was left out."""
        names = ("label", "region", "headline", "standfirst", "place", "country", "date", "embargo")
        found = [getattr(self, name) for name in names] + self.links
        for said in self.quotes:
            found += [said.text, said.speaker, said.role]
        for one in self.contacts:
            found += [one.name, one.role, one.office, one.email, *one.phones]
        return [one for one in found if one]

    def as_json(self):
        """The reading as dictionaries and lists; each value with "sure" and its "passage"."""
        return {one.name: self._plain(getattr(self, one.name)) for one in fields(self) if one.name != "text"}

    def _plain(self, value):
        if isinstance(value, Found):
            passage = {"start": value.start, "end": value.end, "text": self.text[value.start : value.end]}
            return {"value": value.value, "sure": value.sure, "passage": passage}
        if isinstance(value, Doubt):
            passage = {"start": value.start, "end": value.end, "text": self.text[value.start : value.end]}
            return {"code": value.code, "fields": list(value.fields), "passage": passage}
        if isinstance(value, list):
            return [self._plain(one) for one in value]
        if isinstance(value, Said | Person):
            return {one.name: self._plain(getattr(value, one.name)) for one in fields(value)}
        return value
