"""Names of countries, offices and persons as searches know them: those of the lists, and of the contacts of today."""

from collections import defaultdict

from django.utils import timezone

from contacts.models import Contact, Office
from contacts.models.links import connected

from ..facets import FACETS
from ..search.document import contact_term
from ..search.languages.stop_words import is_stop_word
from ..search.names import Names

NAMED = ("country", "office")


class SearchNames:
    """Gives the `search.names.Names` of a language; contacts become valid and end by the day."""

    def __init__(self, names):
        self._names, self._by_language, self._persons = names, {}, (None, [])

    def __call__(self, language):
        today = timezone.now().date()
        if self._by_language.get(language, (None,))[0] != today:
            names = Names(language, self._places(language), self._persons_on(today), self._countries(language))
            self._by_language[language] = today, names
        return self._by_language[language][1]

    def _places(self, language):
        for name in NAMED:
            facet = FACETS[name]
            for code, row in self._names.rows(name).items():
                own = [row.translated("name", language), *getattr(row, "aliases", ()), *_short_names(row, language)]
                codes = self._names.group(name, self._names.known(name, code) or code)
                yield list(filter(None, own)), [facet.term(one) for one in codes]

    def _countries(self, language):
        for code, row in self._names.rows("country").items():
            yield row.translated("name", language), [FACETS["country"].term(code)]

    def _persons_on(self, day):
        """[(names, terms)] of the persons whom pages show on that day, for themselves or in the place of others."""
        if self._persons[0] != day:
            shown = defaultdict(list)
            for row in connected(Contact.objects.with_translations(), "replaced_by"):
                final = row.final
                if final.is_current(day):
                    shown[final].append(contact_term(row.pk))
            self._persons = day, [(_names_of(row), terms) for row, terms in shown.items()]
        return self._persons[1]


def _short_names(row, language):
    """The short names of "Regional Office in Nairobi": each word with the city, as in "Nairobi office"."""
    city = row.translated("city", language) if isinstance(row, Office) else ""
    for word in row.translated("name", language).split() if city else ():
        if word not in city and not is_stop_word(word.lower(), language):
            yield from (f"{word} {city}", f"{city} {word}")


def _names_of(person):
    return [row.display_name for row in person.translations.all() if row.display_name]
