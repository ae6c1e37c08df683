"""Compares a translation with its source: figures, dates, times, telephones, addresses, links, quotations, terms.

It warns and never blocks: a translator may have good reasons. What a language may write in another way (small numbers
as words, centuries in Roman figures, the days of a period) is not reported.
"""

import re
from functools import cached_property
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from phonenumbers import PhoneNumberFormat, PhoneNumberMatcher, format_number

from contacts.validators import parts_of

from .. import checks, permissions
from . import glossary, source_states
from .dates import dates, times
from .numbers import in_words, numbers, plain_digits
from .paragraphs import of_quotes, paragraphs, quotes_to_translate, untranslated

AROUND = 40  # characters of the passage on either side
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
ADDRESS = re.compile(r"https?://[^\s<>\"“”«»()]+", re.IGNORECASE)
QUOTATIONS = re.compile('“([^“”]+)”|«([^«»]+)»|„([^„“]+)“|"([^"]+)"|「([^「」]+)」')
TRIES = 500  # places of a paragraph that may be a telephone number
MOST = 100_000  # characters; a longer text is not compared
YEARS_END = 10_000
SHOWN = 20


class Finding(NamedTuple):
    """`value` as it is written in `field`; `in_source`: only the source has it, else only the translation."""

    kind: str
    field: str
    in_source: bool
    value: str
    passage: str

    @property
    def sentence(self):
        text = (
            _("The source has %(value)s, the translation does not: “%(passage)s”")
            if self.in_source
            else _("The translation has %(value)s, the source does not: “%(passage)s”")
        )
        return text % {"value": self.value, "passage": self.passage}


class Facts:
    """What a text says that is the same in every language. Each is {value: (as written, field, passage)}."""

    def __init__(self, content, language):
        self.language, self.paragraphs = language, paragraphs(content)
        self.numbers, self.times, self.phones, self.emails, self.links = {}, {}, {}, {}, {}
        self.dates, self.quotations = [], 0
        for paragraph in self.paragraphs:
            self._read(paragraph)

    @cached_property
    def text(self):
        return "\n".join(paragraph.text for paragraph in self.paragraphs)

    @cached_property
    def figures(self):
        """All numbers, those within dates and times, too; and those in words."""
        plain = plain_digits(self.text)
        return {int(one) for one in re.findall(r"\d+", plain) if len(one) < 9} | in_words(self.text, self.language)

    def _read(self, paragraph):
        text, field = paragraph.text, paragraph.part

        def take(found, value, written, start):
            found.setdefault(value, (written, field, _passage(paragraph.text, start, len(written))))

        for email in EMAIL.finditer(text):
            take(self.emails, email[0].lower(), email[0], email.start())
        for address in ADDRESS.finditer(text):
            take(self.links, same_address(address[0].rstrip(".,;:!?。，")), address[0], address.start())
        text = _without(text, [match.span() for rule in (EMAIL, ADDRESS) for match in rule.finditer(text)])
        phones = list(PhoneNumberMatcher(plain_digits(text), None, max_tries=TRIES)) if "+" in text else []
        for phone in phones:
            take(self.phones, format_number(phone.number, PhoneNumberFormat.E164), phone.raw_string, phone.start)
        text = _without(text, [(phone.start, phone.end) for phone in phones])
        days = dates(text, self.language)
        for date in days:
            self.dates.append((date, (date.text, field, _passage(paragraph.text, date.start, len(date.text)))))
        text = _without(text, [(date.start, date.start + len(date.text)) for date in days])
        hours = times(text)
        for value, written, start in hours:
            take(self.times, value, written, start)
        text = _without(text, [(start, start + len(written)) for _value, written, start in hours])
        for number in numbers(text, self.language):
            take(self.numbers, number.value, number.text, number.start)
        self.quotations += sum(_is_long(match) for match in QUOTATIONS.finditer(text))
        for link in paragraph.links:
            self._read_link(link, take)

    def _read_link(self, link, take):
        scheme, _colon, rest = link.partition(":")
        if scheme == "mailto":
            take(self.emails, rest.partition("?")[0].lower(), rest, 0)
        elif scheme == "tel":
            take(self.phones, "+" + re.sub(r"\D", "", rest), rest, 0)
        elif not link.startswith("/") or link.startswith(settings.MEDIA_URL):
            take(self.links, same_address(link), link, 0)


def same_address(link):
    """An address without what differs between languages: scheme, “www.” and the code of the language."""
    parts = parts_of(link)
    if not parts.netloc:
        return link
    path = "/".join(part for part in parts.path.split("/") if not _is_language(part))
    return f"{parts.netloc.lower().removeprefix('www.')}{path.rstrip('/')}"


def _is_language(part):
    """Whether a part of a path is the code of a language, such as "fr" or "fr-ch"."""
    codes = {code for code, _name in settings.LANGUAGES}
    return len(part) in (2, 5) and re.split("[-_]", part.lower())[0] in codes


def _without(text, spans):
    """The text with blanks of another kind in place of these spans, so that the places of all else stay."""
    if not spans:
        return text
    signs = list(text)
    for start, end in spans:
        signs[start:end] = "\n" * (end - start)
    return "".join(signs)


def _passage(text, start, length):
    first, last = max(start - AROUND, 0), start + length + AROUND
    return ("…" if first else "") + text[first:last].strip() + ("…" if last < len(text) else "")


def _is_long(match):
    """Whether it is what somebody said, and not a name or a word between quotation marks."""
    text = next(filter(None, match.groups()))
    return len(text.split()) >= 4 or sum("\u4e00" <= sign <= "\u9fff" for sign in text) >= 8


def compare(source, translation):
    """[Finding] between the Facts of two texts, and whether they have as many quotations."""
    found = []
    for one, other, in_source in ((source, translation, True), (translation, source, False)):
        for kind, has in KINDS.items():
            for value, (written, field, passage) in getattr(one, kind).items():
                if not has(other, value):
                    found.append(Finding(kind, field, in_source, written, passage))
        for date, (written, field, passage) in one.dates:
            if not _has_date(other, date):
                found.append(Finding("dates", field, in_source, written, passage))
    return found


def _has_date(facts, date):
    months = {one.month for one, _where in facts.dates}
    return date.month in months and {date.day, date.year} - {None} <= facts.figures


def _has_number(facts, value):
    """Whether a text has the number: also as a word, in Roman figures, within a date, or as a full hour."""
    if value in facts.numbers:
        return True
    if value != int(value) or value >= YEARS_END:
        return False
    return int(value) in facts.figures or f"{int(value):02}:00" in facts.times


def _has_time(facts, time):
    hour, minute = map(int, time.split(":"))
    return time in facts.times or (not minute and bool({hour, hour % 12 or 12} & facts.figures))


KINDS = {
    "phones": lambda facts, value: value in facts.phones,
    "emails": lambda facts, value: value in facts.emails,
    "links": lambda facts, value: value in facts.links,
    "times": _has_time,
    "numbers": _has_number,
}


class Report:
    """What a translation (or its working copy) and its source do not have in common.

    `findings` are facts that only one has, `sentences` say what is true of the text as a whole. Both are empty for a
    source, for a text that nobody has begun to translate, for very long ones, and if not all who may see the
    translation may see the other text: the findings quote it, and are recorded when the translation is submitted.
    `quotes`: the words of its quotes.
    """

    def __init__(self, article, quotes=()):
        self.findings, self.sentences = [], []
        source = article.translation_of
        if source is None or not article.body or max(len(source.body), len(article.body)) > MOST:
            return
        state = source_states.state_of(article)
        now = state and state.revision and source_states.compared_with(state, source)
        if not permissions.all_may_see(article, now.article if now else source):
            return
        theirs, own = Facts(now.content if now else source, source.language), Facts(article, article.language)
        quoted = len(untranslated(quotes_to_translate(source, article.language), of_quotes(quotes)))
        left = len(untranslated(theirs.paragraphs, own.paragraphs))
        if left + quoted:
            self.sentences.append(_still_source(left + quoted))
        if left and left == len(untranslated(theirs.paragraphs, theirs.paragraphs)):
            return  # nothing was translated yet
        self.findings = compare(theirs, own)
        if theirs.quotations != own.quotations:
            text = _("Quotations: %(source)d in the source, %(translation)d in the translation.")
            self.sentences.append(text % {"source": theirs.quotations, "translation": own.quotations})
        self.sentences += map(_not_as_agreed, not_as_agreed(theirs, own))

    def warnings(self):
        """[(field of the translation, sentence)]: a fact that only the source has belongs into the body."""
        told = [("body" if finding.in_source else finding.field, finding.sentence) for finding in self.findings]
        return [*told, *(("body", sentence) for sentence in self.sentences)]


def not_as_agreed(theirs, own):
    """[Agreed] of the glossary's terms that the source has and the translation says otherwise."""
    terms = glossary.agreed(theirs.paragraphs, theirs.language, own.paragraphs, own.language)
    return [term for term in terms if not term.is_used]


def _not_as_agreed(term):
    text = _("The source has “%(term)s”. The agreed wording, “%(wording)s”, is not in the translation.")
    return text % {"term": term.term, "wording": term.wording}


def _still_source(count):
    text = ngettext(
        "%(count)d paragraph is still that of the source.",
        "%(count)d paragraphs are still those of the source.",
        count,
    )
    return text % {"count": count}


def check(draft):
    """For `articles.checks`: yields a Finding for each warning, of very many the first ones."""
    found = Report(draft.article, draft.quotes).warnings()
    for field, sentence in found[:SHOWN]:
        yield checks.Finding(field, sentence)
    if more := len(found[SHOWN:]):
        text = ngettext(
            "%(count)d more difference from the source.", "%(count)d more differences from the source.", more
        )
        yield checks.Finding("body", text % {"count": more})
