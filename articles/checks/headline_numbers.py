"""Check whether the text has the numbers of the headline and of the standfirst, however they are written."""

import re
from fractions import Fraction

from django.utils.translation import gettext as _

from contacts.cldr.formats import joined_text

from ..search import analysis
from ..search.languages import numbers
from . import number_words
from .finding import Finding

# A number with what stands behind it: "3.5 million" is 3 500 000.
_number = re.compile(rf"({numbers.NUMBER})(?:[\s\u00a0\u202f-]?([^\W\d_]+))?")
LONGEST = 40  # characters: a longer row of digits is no figure that somebody compares
_unspaced = tuple("万萬亿億")
# Words for large numbers.
_words = {
    "en": {3: "thousand", 6: "million", 9: "billion"},
    "fr": {3: "mille", 6: "million millions", 9: "milliard milliards"},
    "es": {3: "mil miles", 6: "millón millones"},
    "ar": {3: "ألف الف آلاف ألفا", 6: "مليون ملايين", 9: "مليار مليارات"},
    "ru": {
        3: "тысяча тысяч тысячи тыс",
        6: "миллион миллиона миллионов млн",
        9: "миллиард миллиарда миллиардов млрд",
    },
    "zh": {4: "万 萬", 8: "亿 億"},
}
MULTIPLES = {
    code: {word: 10**power for power, words in powers.items() for word in words.split()}
    for code, powers in _words.items()
}


def read(text, language):
    """[(as it is written, its possible values)] of the numbers in digits."""
    found = []
    for match in _number.finditer(analysis.normal(text)):
        written, behind = match[1], match[2] or ""
        if len(written) > LONGEST:
            continue
        values = {_value(one) for one in numbers.values(written, language)}
        if len(values) == 1 and (factor := _factor(behind, language)):
            values |= {value * factor for value in values}
            written = f"{written} {behind}" if language != "zh" else written
        found.append((written, values))
    return found


def _factor(word, language):
    """What a word multiplies the number before it by; 0 for other words."""
    known = MULTIPLES.get(language.split("-")[0], {})
    return known.get(word[:1] if word[:1] in _unspaced else word.lower(), 0)


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
