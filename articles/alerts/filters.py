"""The filter of a subscription: describes it in words, and tests whether an article matches."""

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import override

from ..facets import FACETS, FILTERS
from ..listing.filters import ArticleFilter
from ..listing.in_memory import lists_in_memory
from ..models import Article
from ..search.find import found_strictly

# Alerts are about what is published from now on: dates choose nothing.
CHOOSABLE = [facet for facet in FILTERS if not facet.period]
NAMES = [*(facet.name for facet in CHOOSABLE), "q"]


def query_of(chosen):
    """The query string of {filter: code or words}, as the site writes it."""
    data = QueryDict(mutable=True)
    data.update({name: str(chosen[name]) for name in NAMES if chosen.get(name)})
    return ArticleFilter.asked(data).feed_query.removeprefix("?")


def described(query, language):
    """The filter in words: "Europe · Floods · “dams”"; of what is unknown by now, the query itself."""
    with override(language):
        if not query:
            return _("All news")
        names = lists_in_memory().names()
        found = ArticleFilter(QueryDict(query), language=language, names=names)
        if found.errors:
            return query
        parts = [_name(names, name, code) for name, code in found.chosen.items() if name in FACETS]
        if words := found.chosen.get("q"):
            parts.append(_("“%(words)s”") % {"words": words})
        return " · ".join(parts) or _("All news")


def _name(names, name, code):
    facet = FACETS[name]
    return names.labels(name)[code].text if facet.relation else str(facet.text(code))


class Matcher:
    """Whether one article is chosen by a filter. Its codes are read once; words ask the search index."""

    def __init__(self, article):
        self.article, self.names = article, lists_in_memory().names()
        self._moment, self._day, self._codes = Article.objects.filter(pk=article.pk).facet_codes()[article.pk]

    def matches(self, query):
        found = ArticleFilter(QueryDict(query), language=self.article.language, names=self.names)
        if found.errors:
            return False
        criteria = found.criteria()
        groups = criteria.codes_by_facet(language=True)
        if not all(any((facet.name, code) in self._codes for code in codes) for facet, codes in groups):
            return False
        dated = (criteria.since or self._day) <= self._day < (criteria.before or self._day.max)
        return dated and ("q" not in found.chosen or self._has_words(found.chosen["q"]))

    def _has_words(self, words):
        language = self.article.language
        return self.article.pk in found_strictly(words, language, self._day, self.names.in_searches)
