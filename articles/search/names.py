"""Names of countries, offices and persons, by which a search finds the articles that belong to them.

A country is found by each of its names and its adjective, an office by its name, a person by a part of the name. The
names are those of now: the index knows an article's country, office and contacts by their codes only.
"""

import math
from functools import cached_property

from .analysis import cut, fold, has_unspaced, normal, small, stemmer, stems, wanted
from .languages import arabic, spelling
from .languages.country_adjectives import adjectives
from .languages.stop_words import is_stop_word
from .query import Word, any_of, ask, key_of

SHORTEST = 3  # letters of a part of a person's name


class Names:
    """What stands for a name in an expression, in one language.

    places: [(names, terms)] of countries and offices: an article is found by one of the terms, or if it has another of
    the names in its text. That must be one word: "united" and "states" may stand far from each other.
    persons: [(names, terms)]. countries: [(name, terms)], which are found by their adjectives, too.
    spelled: {word as `spelling` compares it: the same as it is shown}, of all names.
    """

    def __init__(self, language, places=(), persons=(), countries=()):
        self.language, self._found, self.longest, self._all = language, {}, 1, []
        for names, terms in places:
            self._add_place(names, tuple(map(Word, terms)))
            self._all += names
        self._add_adjectives(countries)
        for names, terms in persons:
            self._all += names
            for text in {text for name in names for text in cut(normal(name)) if self._is_part(text)}:
                self._add(key_of(text, language), tuple(map(Word, terms)))

    def get(self, key):
        """The expressions for a key of `query.key_of`, or for several, one after another."""
        return self._found.get(key)

    def _add_place(self, names, terms):
        words = {}
        for name in names:
            if (question := ask(name, self.language)) and len(question.terms) == 1:
                words[name] = any_of(question.terms[0])
        for name in names:
            self._add(self._key(name), (*terms, *(other for word, other in words.items() if word != name)))

    def _add_adjectives(self, countries):
        """Where an adjective may be that of several countries, of the one whose name changes least."""
        found, stem = {}, stemmer(self.language)
        for name, terms in countries:
            first, _, last = small(normal(name)).rpartition(" ")
            key, expressions = self._key(first), tuple(map(Word, terms))
            if not first:
                expressions += (any_of(tuple(map(Word, stems(last, self.language)))),)
            for change, adjective in adjectives(last, self.language):
                whole = (*key, (fold(stem(adjective)),))
                if change < found.get(whole, (math.inf,))[0]:
                    found[whole] = change, expressions
        self._found = {key: expressions for key, (_, expressions) in found.items()} | self._found

    def _key(self, name):
        tokens = [text for text in cut(normal(name)) if not is_stop_word(small(text), self.language)]
        self.longest = max(self.longest, len(tokens))
        return tuple(place for text in tokens for place in key_of(text, self.language))

    @cached_property
    def spelled(self):
        words = {match[0] for name in self._all for match in spelling.LETTERS.finditer(normal(name))}
        return {key: word for word in sorted(words) if (key := spelling.compared(small(word), self.language))}

    def _add(self, key, expressions):
        # Without vowel signs a reader means Amman or Oman by the same letters.
        without_signs = tuple(tuple(arabic.OMAN if one == arabic.AMMAN else one for one in place) for place in key)
        for each in {key, without_signs} - {()}:
            self._found[each] = tuple(dict.fromkeys((*self._found.get(each, ()), *expressions)))

    def _is_part(self, text):
        return has_unspaced(text) or (len(text) >= SHORTEST and wanted(text, self.language) != ())
