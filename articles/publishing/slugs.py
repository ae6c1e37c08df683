"""Slugs, the last part of an article's URL: automatic ones from headlines, free ones.

Their one spelling is `normal_slug` in `articles/fields.py`.
"""

import re
import unicodedata
from itertools import chain, count

from ..fields import ARABIC_SIGNS
from ..models import Article, SlugHistory

LONGEST = 200  # characters, as the model allows
AUTOMATIC = 100  # characters of a slug that is made from a headline
AT_ONCE = 20  # numbered slugs that one query looks for
# Letters that Unicode does not take apart.
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ĳ": "ij", "ƒ": "f", "ŉ": "n", "ǳ": "dz", "ʼ": "'"})
APOSTROPHES = "'’‘ʼ＇′`´"
# "women's", "don't", "we'll": one word; after all other apostrophes another word begins: "l'eau", "O'Brien".
CONTRACTION = re.compile(rf"(?<=[^\W\d_])[{APOSTROPHES}](?=(?:s|t|re|ve|ll|d|m)\b)")
THOUSANDS = re.compile("(?<=\\d)[,.\u00a0\u202f\u2009'’](?=\\d{3}(?!\\d))")
NO_LETTERS = re.compile(r"[\W_]+")


def from_headline(headline):
    """The slug of a headline, in the letters of its language; "" if it has none.

    "Journée de l’eau : l’œuvre" becomes "journée-de-l-eau-l-oeuvre".
    """
    text = CONTRACTION.sub("", THOUSANDS.sub("", headline)).lower().translate(LIGATURES)
    text = unicodedata.normalize("NFKC", ARABIC_SIGNS.sub("", text)).lower().translate(LIGATURES)
    # What is left of accents and vowel signs stands on no letter of its own: in Arabic, or stress in Russian.
    text = "".join(one for one in text if unicodedata.category(one) not in ("Mn", "Me", "Cf"))
    return shortened(NO_LETTERS.sub("-", text).strip("-"), AUTOMATIC)


def shortened(slug, most):
    """At most so many characters, cut between words unless a word is very long."""
    if len(slug) <= most:
        return slug
    whole = slug[: most + 1].rpartition("-")[0]
    return (whole if len(whole) >= most // 2 else slug[:most]).strip("-")


def free(wanted, language, article=None):
    """The wanted slug, else with the first number that is free: "floods-2".

    Taken are those of other articles in the language, whatever their state, and earlier addresses, which redirect.
    A working copy may keep that of its public article.
    """
    own = article and (article.revises_id or article.pk)
    articles = Article.objects.filter(language=language, revises=None).exclude(pk=own)
    earlier = SlugHistory.objects.filter(language=language).exclude(article=own)
    for start in count(1, AT_ONCE):
        slugs = [numbered(wanted, number) for number in range(start, start + AT_ONCE)]
        rows = (taken.filter(slug__in=slugs).values_list("slug", flat=True) for taken in (articles, earlier))
        taken = set(chain.from_iterable(rows))
        if found := next((slug for slug in slugs if slug not in taken), None):
            return found


def numbered(slug, number):
    ending = "" if number == 1 else f"-{number}"
    return shortened(slug, LONGEST - len(ending)) + ending
