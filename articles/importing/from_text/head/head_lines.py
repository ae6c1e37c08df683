"""What lines above a text look like: sentences, parts of a headline, overlines, names of senders."""

import re

from ..contact_blocks.lines import has_data
from ..words import COMPANY, ORGANISATION, UNIT

HAN = re.compile(r"[\u4e00-\u9fff]")
SENTENCE = re.compile(r"[.!?…。！？؟]['\"”»」’)]?\Z")
LONGEST_HEADLINE = 250
ACRONYM = re.compile(r"\s?[(（][^()（）]{1,12}[)）]\Z")  # "Ocean Refuge International (ORI)"
# Words with which names of organisations begin, and headlines too: those have words in small letters.
FIRST_WORD = re.compile(
    r"(?:sindicato|movimiento|colectivo|asociación|fundación|cooperativa|museo|municipalidad|ayuntamiento|syndicat"
    r"|collectif|association|fondation|coopérative|musée|mairie|commune|ville|centre|музей|фонд|центр|союз|театр"
    r"|завод|администрация|управление|заповедник|федерация)(?!\w)",
    re.IGNORECASE,
)
SMALL_WORD = re.compile(
    r"(?<![\w’'])(?!(?:de|del|la|las|los|el|y|e|du|des|le|les|et|l|d|à|aux|au|en|sur|и|по|на|в)(?!\w))[a-zà-ÿа-яё]{2,}"
)
SHORTEST_LEAD = 70  # letters of a first paragraph


def size(text):
    """About the number of letters of a text; a Chinese character is worth three."""
    return len(text) + 2 * len(HAN.findall(text))


def is_prose(text):
    """Whether a line is a paragraph of sentences."""
    return size(text) >= 100 and bool(SENTENCE.search(text))


def is_lead(text):
    """Whether a line may be a paragraph that is short, or that leads to a quotation or a list."""
    return size(text) >= SHORTEST_LEAD and bool(SENTENCE.search(text.rstrip(":：")) or text.endswith((":", "：")))


def goes_on(first, second):
    if SENTENCE.search(first) or len(first) + len(second) > LONGEST_HEADLINE:
        return False
    return second[:1].islower() or (_is_in_capitals(first) and _is_in_capitals(second))


def _is_in_capitals(text):
    """Whether nearly all letters are capitals: "COUNCIL BACKS £4.6m PLAN"."""
    small = sum(map(str.islower, text))
    return small * 10 < sum(map(str.isupper, text))


def is_overline(text, below):
    """Whether a short line above a longer one may be a label that is not known, or the name of the sender."""
    letters = " ".join(re.findall(r"\w*[^\W\d_]\S*", text.rstrip("0123456789/.-№º° ")))
    is_short = len(letters.split()) < 3 and size(letters) < 24
    is_shorter = len(letters.split()) < 5 and size(letters) < 40 and 1.5 * size(letters) < size(below)
    return (is_short or is_shorter) and not is_prose(below)


def is_letterhead(text):
    """Whether a line has an address or a telephone, or is a name of an organisation that is known by its first word."""
    return has_data(text) or bool(FIRST_WORD.match(text) and not SMALL_WORD.search(text))


def is_sender(text):
    """Whether a line above the headline names who sends it: "University of Bonn – Press Office"."""
    text = ACRONYM.sub("", text)
    if len(text.split()) > 9 or SENTENCE.search(text):
        return False
    if is_letterhead(text):
        return True
    is_named = any(found.end() == len(text) for found in COMPANY.finditer(text)) and len(text.split()) < 5
    is_named = is_named and not SMALL_WORD.search(text)
    return bool(ORGANISATION.match(text) or UNIT.search(text) or is_named or (text.isupper() and COMPANY.search(text)))
