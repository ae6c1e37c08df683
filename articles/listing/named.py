"""Finds topics, places, offices and people by name: suggestions while somebody types, links above search results.

Only what pages show: no former topic, no closed office, no contact who is not public today.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from django.urls import get_script_prefix
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.languages import content_language
from contacts.models import Contact

from ..facets import FACETS

KINDS = {
    "topic": _("Topic"), "country": _("Country"), "region": _("Region"), "office": _("Office"), "person": _("Contact"),
}  # fmt: skip
MOST = 8
LONGEST = 100  # characters that are compared
WORD = re.compile(r"\w+")
UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff]{2}")  # Chinese has no spaces between words


class Named(NamedTuple):
    """`label`: its HTML, with its language; `name`: the same as a text; `words`: as they are compared."""

    kind: str
    name: str
    label: str
    url: str
    words: tuple

    @property
    def kind_label(self):
        return KINDS[self.kind]


def matching(names, typed, most=MOST):
    """The Named whose names are among the words typed, or begin with them; the exact ones first."""
    text = _folded(typed[:LONGEST])
    asked = tuple(WORD.findall(text))
    if not asked or len(text) < 2:
        return []
    entries = _entries(names, content_language(), get_script_prefix(), timezone.now().date())
    ranked = ((_rank(entry, asked, text), place) for place, entry in enumerate(entries))
    found = sorted(one for one in ranked if one[0] is not None)
    return [entries[place] for _rank_of_it, place in found[:most]]


def _rank(entry, asked, text):
    """0: the very name; 1: all its words are among those typed; 2: it begins with them; None: neither."""
    for words in entry.words:
        if words == asked:
            return 0
    for words in entry.words:
        if set(words) <= set(asked) or (UNSPACED.match(words[0]) and "".join(words) in text):
            return 1
    for words in entry.words:
        if all(any(word.startswith(one) for word in words) for one in asked):
            return 2
    return None


@lru_cache(maxsize=12)
def _entries(names, language, prefix, day):
    """All Named of a language on a day, topics first, each kind in the order of its names."""
    found = []
    for kind in ("topic", "country", "region", "office"):
        offered, rows = set(names.codes(FACETS[kind])), names.rows(kind)
        for code, label in names.labels(kind).items():
            row = rows[code]
            if code in offered and label.url and not getattr(row, "is_closed", False):
                others = getattr(row, "aliases", ())
                found.append(Named(kind, label.text, label.html, label.url, _compared(label.text, *others)))
    contacts = Contact.objects.current(day).filter(kind=Contact.Kind.PERSON).with_translations()
    for contact in contacts.select_related("office").order_by("pk"):
        naming = contact.naming
        address = contact.office.get_absolute_url()
        found.append(Named("person", naming.text, naming.html(), address, _compared(naming.text)))
    return found


def _compared(*texts):
    return tuple(words for text in texts if (words := tuple(WORD.findall(_folded(text)))))


def _folded(text):
    """Small letters without accents."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(one for one in decomposed if not unicodedata.combining(one))
