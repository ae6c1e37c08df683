"""What a reader may have meant who found nothing: words that public headlines have, or a name in Latin letters."""

import re
import unicodedata

from django.conf import settings
from django.db.models import Q

from contacts.languages import own_name

from ..models import Article, HeadlineWord, SearchEntry
from .analysis import small
from .languages import spelling
from .query import ANYWHERE, TOP, ask

MOST_MISSPELT = 8  # words of a search that are looked up
LOOKED_AT = 20  # newest articles that have a word
_latin = re.compile("[A-Za-z]{3}")


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
    for other in spelling.candidates(key, language, HeadlineWord.objects.beginning):
        ids = _newest(other, language, until, newest_with, TOP)
        headlines = Article.objects.live(until).in_language(language).filter(pk__in=ids)
        texts = headlines.values_list("headline", flat=True)
        shown = [words[other] for text in texts if other in (words := spelling.spelled_in(text, language))]
        if shown:
            found.append((spelling.distance(key, other, 2), -len(shown), shown[0]))
    return min(found, default=(0, 0, ""))[2]


def versions(typed, language, until, newest_with):
    """[(moment, article, facets, day)], newest first, of the versions in a language of stories that have Latin words.

    So a name is found that a text in Arabic, Russian or Chinese writes in its own letters. For other searches: none.
    """
    if not _latin.search(typed) or unicodedata.name(own_name(language)[0]).startswith("LATIN"):
        return []
    others = [code for code, _ in settings.LANGUAGES if code != language]
    questions = [question for code in others if (question := ask(typed, code))]
    found = [key for question in questions for key in newest_with(question, ANYWHERE, until)]
    public = Article.objects.live(until)
    sources = {source or key for key, source in public.filter(pk__in=found).values_list("pk", "translation_of")}
    own = public.in_language(language).filter(Q(pk__in=sources) | Q(translation_of__in=sources))
    entries = SearchEntry.objects.filter(article__in=own.values("pk")).order_by("-listed_at", "-article")
    return list(entries.values_list("listed_at", "article", "facets", "published_on"))
