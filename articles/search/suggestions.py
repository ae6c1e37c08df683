"""What a reader may have meant who found nothing: the same search with words that public headlines have."""

from ..models import Article, HeadlineWord
from . import spelling
from .analysis import small
from .query import ANYWHERE, TOP, ask

MOST_MISSPELT = 8  # words of a search that are looked up
LOOKED_AT = 20  # newest articles that have a word


def instead_of(typed, language, until, newest_with):
    """`typed` with other words for those that no public article has; "" if there are none.

    until: the moment at which articles must be public. newest_with: a function of a Question, a tier and that moment,
    which gives the ids of the newest articles that are found, at most LOOKED_AT.
    """
    pieces, end = [], 0
    for match in list(spelling.LETTERS.finditer(typed))[:MOST_MISSPELT]:
        key = spelling.compared(small(match[0]), language)
        if not key or match[0].isupper() or _newest(match[0], language, until, newest_with, ANYWHERE):
            continue
        if other := _most_like(key, language, until, newest_with):
            pieces += [typed[end : match.start()], other]
            end = match.end()
    return "".join((*pieces, typed[end:])) if pieces else ""


def _newest(word, language, until, newest_with, tier):
    question = ask(word, language, loose=True)
    return newest_with(question, tier, until) if question else []


def _most_like(key, language, until, newest_with):
    """The word of a public headline that is spelt most like this one; of several, the most frequent."""
    found = []
    for other in spelling.candidates(key, language, HeadlineWord.objects.between):
        ids = _newest(other, language, until, newest_with, TOP)
        headlines = Article.objects.live(until).in_language(language).filter(pk__in=ids)
        texts = headlines.values_list("headline", flat=True)
        shown = [words[other] for text in texts if other in (words := spelling.spelled_in(text, language))]
        if shown:
            found.append((spelling.distance(key, other, 2), -len(shown), shown[0]))
    return min(found, default=(0, 0, ""))[2]
