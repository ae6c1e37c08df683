"""Checks of the headline: its length, its capitals."""

from django.utils.translation import gettext as _

from .finding import Finding

LONGEST = 110  # characters: search engines and aggregators cut longer ones
FEWEST_CAPITALS = 10  # letters: "COP30: UN" is no shouting


def length(draft):
    characters = len(draft.article.headline.strip())
    if characters > LONGEST:
        told = _("The headline has %(count)s characters. More than %(limit)s are cut off elsewhere.")
        yield Finding("headline", told % {"count": characters, "limit": LONGEST})


def capitals(draft):
    """Only in scripts that have small letters."""
    headline = draft.article.headline
    letters = [one for one in headline if one.isupper() or one.islower()]
    if len(letters) >= FEWEST_CAPITALS and all(one.isupper() for one in letters):
        yield Finding("headline", _("The headline is all in capitals."))
