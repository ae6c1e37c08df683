"""Check whether the text has the numbers of the headline and of the standfirst, however they are written."""

import re
from fractions import Fraction

from django.utils.translation import gettext as _

from contacts.cldr.formats import joined_text

from ..search import analysis
from ..search.languages import numbers
from ..search.languages.scales import scale_at_start
from . import number_words
from .finding import Finding

# What follows it may multiply it: "3.5 million" is 3 500 000.
_number = re.compile(rf"({numbers.NUMBER})[\s\u00a0\u202f-]?")
LONGEST = 40  # characters: a longer row of digits is no figure that somebody compares


def read(text, language):
    """[(as it is written, its possible values)] of the numbers in digits."""
    found = []
    text = analysis.normal(text)
    for match in _number.finditer(text):
        written, behind = match[1], text[match.end() : match.end() + LONGEST]
        if len(written) > LONGEST:
            continue
        values = {_value(one) for one in numbers.values(written, language)}
        scale, power = scale_at_start(behind, language.split("-")[0])
        if len(values) == 1 and scale:
            values |= {value * 10**power for value in values}
            written = f"{written} {scale}" if language != "zh" else f"{written}{scale}"
        found.append((written, values))
    return found


def _value(number):
    """The value of a number as `numbers.values` gives it."""
    whole, _point, rest = number.partition(numbers.POINT)
    return Fraction(int(whole + rest), 10 ** len(rest))


def _in_words(text, language):
    """The values of the small numbers that are written as words."""
    folded = analysis.fold(analysis.small(analysis.normal(text)))
    words = {Fraction(int(value)) for word in folded.split() for value in numbers.figures(word, language)}
    return words | {Fraction(value) for value in number_words.values(folded, language)}


def missing(claim, text, language):
    """The numbers of `claim`, as they are written, that `text` does not have."""
    claimed = read(claim, language)
    if not claimed:
        return []
    known = set().union(*(values for _written, values in read(text, language)), _in_words(text, language))
    return list(dict.fromkeys(written for written, values in claimed if not values & known))


def figures(draft):
    article = draft.article
    for field in ("headline", "summary"):
        found = missing(getattr(article, field), draft.text, article.language) if draft.text else []
        if found:
            told = _("The text does not have these figures: %(figures)s.")
            yield Finding(field, told % {"figures": joined_text(found)})
