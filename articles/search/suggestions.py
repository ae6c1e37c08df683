"""Suggestions for a reader who found nothing: words that public headlines have, or a name in Latin letters."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q

from contacts.languages import own_name

from ..models import Article, HeadlineWord, SearchEntry
from .analysis import small
from .languages import spelling
from .languages.stop_words import is_stop_word
from .query import ANYWHERE, TOP, ask

MOST_MISSPELT = 8  # words of a search that are looked up
LOOKED_AT = 20  # newest articles that have a word
PART, LONGEST_SPLIT = 3, 20  # letters of each of two words that somebody typed as one, and of both
LEAST_WORDS = 3  # of which one is left out
_latin = re.compile("[A-Za-z]{3}")


@dataclass(frozen=True)
class Public:
    """What is public in a language at a moment.

    newest_with: a function of Questions, a tier and that moment, which gives the ids of the newest articles that are
    found, at most LOOKED_AT. names: see `query.ask`.
    """

    language: str
    until: object
    newest_with: Callable
    names: Callable | None = None

    def has(self, typed, tier=ANYWHERE, names=None):
        """Ids of the newest articles that have what is typed."""
        question = ask(typed, self.language, names, loose=True)
        return self.newest_with([question], tier, self.until) if question else []

    def most_like(self, key):
        """The word of a headline, or of a name, that is spelt most like this one; of several, the most frequent."""
        found, names = [], self.names(self.language).spelled if self.names else {}
        for other in spelling.candidates(key, self.language, HeadlineWord.objects.beginning, names):
            if not is_stop_word(other, self.language):
                shown = self._in_headlines(other) or self._in_names(other, names)
                found += [(spelling.distance(key, other, 2), -len(shown), shown[0])] if shown else []
        return min(found, default=(0, 0, ""))[2]

    def _in_headlines(self, word):
        """The word, as each headline has it."""
        headlines = Article.objects.live(self.until).in_language(self.language).filter(pk__in=self.has(word, TOP))
        texts = headlines.values_list("headline", flat=True)
        return [words[word] for text in texts if word in (words := spelling.spelled_in(text, self.language))]

    def _in_names(self, word, names):
        """The word, as names write it, for each article that the name finds."""
        return [names[word]] * len(self.has(names[word], names=self.names)) if word in names else []

    def as_two(self, word):
        """Two words that an article has side by side, where somebody typed one: "flash floods"; else ""."""
        places = range(PART, min(len(word), LONGEST_SPLIT) - PART + 1)
        pairs = {f"{word[:at]} {word[at:]}": ask(f'"{word[:at]} {word[at:]}"', self.language) for at in places}
        pairs = {pair: question for pair, question in pairs.items() if len(question.terms) > 1}
        if not pairs or not self.newest_with(list(pairs.values()), ANYWHERE, self.until):
            return ""
        return next((pair for pair, one in pairs.items() if self.newest_with([one], ANYWHERE, self.until)), "")


def instead_of(typed, public):
    """`typed` with other words for those that no article has, by the Public; "" if there are none."""
    edits, was_unknown, before = [], False, None
    for match in list(spelling.LETTERS.finditer(typed))[:MOST_MISSPELT]:
        word, (start, end) = match[0], match.span()
        key, is_unknown = spelling.compared(small(word), public.language), not public.has(word)
        is_near = (is_unknown or was_unknown) and before and typed[before.end() : start] == " "
        if is_near and public.has(before[0] + word):
            edits = [*(edit for edit in edits if edit[1] != before.end()), (before.end(), start, "")]
            is_unknown = False
        if is_unknown and key and not word.isupper() and (other := public.most_like(key) or public.as_two(word)):
            edits.append((start, end, other))
        was_unknown, before = is_unknown, match
    return _edited(typed, edits)


def fewer(typed, public):
    """Of three words and more, those that some articles have together: without the words that none has, else without
    one of them; "" if nothing has them."""
    every = [match for match in spelling.LETTERS.finditer(typed) if not is_stop_word(small(match[0]), public.language)]
    if not LEAST_WORDS <= len(every) <= MOST_MISSPELT or any(sign in typed for sign in '"“«„「『'):
        return ""
    unknown = [match for match in every if not public.has(match[0], names=public.names)]
    ways = [unknown] if unknown else [[match] for match in reversed(every)]
    for left_out in ways:
        rest = " ".join(_edited(typed, [(*match.span(), "") for match in left_out]).split())
        if len(every) - len(left_out) >= LEAST_WORDS - 1 and public.has(rest, names=public.names):
            return rest
    return ""


def _edited(text, edits):
    """The text with other letters at [(start, end, letters)]; "" if there are none."""
    edited, at = [], 0
    for start, end, letters in edits:
        edited += [text[at:start], letters]
        at = end
    return "".join((*edited, text[at:])) if edits else ""


def versions(typed, language, until, newest_with):
    """[(moment, article, facets, day)], newest first, of the versions in a language of stories that have Latin words.

    So a name is found that a text in Arabic, Russian or Chinese writes in its own letters. For other searches: none.
    """
    if not _latin.search(typed) or unicodedata.name(own_name(language)[0]).startswith("LATIN"):
        return []
    others = [code for code, _ in settings.LANGUAGES if code != language]
    questions = [question for code in others if (question := ask(typed, code))]
    found = [key for question in questions for key in newest_with([question], ANYWHERE, until)]
    public = Article.objects.live(until)
    sources = {source or key for key, source in public.filter(pk__in=found).values_list("pk", "translation_of")}
    own = public.in_language(language).filter(Q(pk__in=sources) | Q(translation_of__in=sources))
    entries = SearchEntry.objects.filter(article__in=own.values("pk")).order_by("-listed_at", "-article")
    return list(entries.values_list("listed_at", "article", "facets", "published_on"))
