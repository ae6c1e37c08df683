"""Names of countries, offices and persons, by which a search finds the articles that belong to them.

A country is found by each of its names, an office by its name, a person by a part of the name. The names are those of
now: the index knows an article's country, office and contacts by their codes only.
"""

from .analysis import cut, has_unspaced, normal, small, wanted
from .languages.stop_words import is_stop_word
from .query import Word, any_of, ask, key_of

SHORTEST = 3  # letters of a part of a person's name


class Names:
    """What stands for a name in an expression, in one language.

    places: [(names, terms)] of countries and offices: an article is found by one of the terms, or if it has another of
    the names in its text. That must be one word: "united" and "states" may stand far from each other.
    persons: [(names, terms)].
    """

    def __init__(self, language, places=(), persons=()):
        self.language, self._found, self.longest = language, {}, 1
        for names, terms in places:
            self._add_place(names, tuple(map(Word, terms)))
        for names, terms in persons:
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
            tokens = [text for text in cut(normal(name)) if not is_stop_word(small(text), self.language)]
            self.longest = max(self.longest, len(tokens))
            key = tuple(place for text in tokens for place in key_of(text, self.language))
            self._add(key, (*terms, *(other for word, other in words.items() if word != name)))

    def _add(self, key, expressions):
        if key:
            self._found[key] = tuple(dict.fromkeys((*self._found.get(key, ()), *expressions)))

    def _is_part(self, text):
        return has_unspaced(text) or (len(text) >= SHORTEST and wanted(text, self.language) != ())
