"""The organisation's glossary in a translation: terms that the source has, and whether they are worded as agreed.

Words are compared by the stems of the search, so that inflected forms count; Chinese by its characters.
"""

from collections import defaultdict
from functools import lru_cache
from typing import NamedTuple

from ..models import GlossaryWording
from ..search import analysis


class Agreed(NamedTuple):
    """A term as the source's language has it, its agreed wording in the translation's; whether that has it."""

    term: str
    wording: str
    note: str
    is_used: bool


def agreed(source, language, translation, own_language):
    """[Agreed] of the terms that the source has and that have a wording in the language of the translation.

    `source` and `translation` are lists of `Paragraph`; the terms come in the order of the source.
    """
    terms = _terms(language, own_language)
    found = _in_source(source, language, {key: words[language] for key, words in terms.items()})
    used = found and _anywhere(translation, own_language, {key: terms[key][own_language] for key in found})
    return [_agreed(terms[key][language], terms[key][own_language], key in used) for key in found]


def _agreed(row, own, is_used):
    return Agreed(row.wording, own.wording, row.term.note, is_used)


def _terms(*languages):
    """{id of a term: {language: its GlossaryWording}} of the terms that have a wording in each of two languages."""
    found = defaultdict(dict)
    for row in GlossaryWording.objects.filter(language__in=languages).select_related("term").order_by("term__code"):
        found[row.term_id][row.language] = row
    return {key: words for key, words in found.items() if len(words) == 2}


def _in_source(paragraphs, language, rows):
    """The keys of the rows whose wordings the text has, in order; of two that begin at one place only the longer."""
    beginnings, found = _beginnings(rows, language), {}
    for paragraph in paragraphs if beginnings else ():
        text, at = _places(paragraph.text, language), 0
        while at < len(text):
            here = _matches(text, at, beginnings)
            longest = max(here.values(), default=0)
            found |= {key: True for key, length in here.items() if length == longest}
            at += longest or 1
    return list(found)


def _anywhere(paragraphs, language, rows):
    """The set of the keys of the rows whose wordings the text has."""
    beginnings = _beginnings(rows, language)
    texts = [_places(paragraph.text, language) for paragraph in paragraphs]
    return {key for text in texts for at in range(len(text)) for key in _matches(text, at, beginnings)}


def _beginnings(rows, language):
    """{form of a first word: [(the words of a wording, key)]}"""
    found = defaultdict(list)
    for key, row in rows.items():
        for words in filter(None, (_words(one, language) for one in row.all_wordings)):
            for form in words[0]:
                found[form].append((words, key))
    return found


def _matches(text, at, beginnings):
    """{key: number of words} of the wordings that stand at that place of a text."""
    found = {}
    for form in text[at]:
        for words, key in beginnings.get(form, ()):
            behind = text[at : at + len(words)]
            if len(behind) == len(words) and all(one & other for one, other in zip(words, behind, strict=True)):
                found[key] = max(found.get(key, 0), len(words))
    return found


def _places(text, language):
    """[the forms of each word of a text]"""
    tokens = analysis.cut(analysis.normal(text))
    return [frozenset(place) for token in tokens for place in analysis.forms(token, language)]


@lru_cache(maxsize=1 << 12)
def _words(wording, language):
    """[the forms of each word of a wording, of which a text must have one]; an abbreviation such as WHO in capitals."""
    found = []
    for token in analysis.cut(analysis.normal(wording)):
        if token[0].isdecimal() or analysis.is_sign(token) or analysis.has_unspaced(token):
            found += analysis.forms(token, language)
        else:
            found += [analysis.wanted(word, language) for word in analysis.split(token)[0]]
    return [frozenset(place) for place in found if place]
