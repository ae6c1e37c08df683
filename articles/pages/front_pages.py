"""The front page, the landing pages of regions, countries and topics, and the news on an office's page."""

from itertools import chain

from django.conf import settings
from django.http import QueryDict
from django.utils.functional import SimpleLazyObject

from contacts.languages import content_language, direction, own_name
from contacts.pages import office_map

from ..facets import Criteria
from ..listing.cards import Cards
from ..listing.facet_counts import by_language, counted
from ..listing.filters import ArticleFilter
from ..listing.in_memory import lists
from ..models.desk.front_page import HOME
from . import by_month
from .article_page import list_address
from .highlights import Pinned, banner

LATEST = 8  # beside the lead story and pinned ones: full rows of two and of four
PER_REGION = 3
ON_LANDING = 8
FROM_OFFICE = 4


def home(language):
    """Lead story (pinned, or the newest of the latest with a picture), pinned ones, the latest others, regions, topics.

    Those that are not pinned stay in the order of their dates, so that no older story hides the newest by accident.
    """
    snapshot = lists()
    pinned = Pinned(HOME, language, snapshot.names)
    live = Criteria(language)
    latest, regions = snapshot.select(live)[: LATEST + 1 + len(pinned.cards.ids)], by_region(snapshot, live)
    cards = Cards(dict.fromkeys([*latest, *chain.from_iterable(ids for _, ids in regions)]), snapshot.names)
    latest = pinned.without([pk for pk in latest if pk in cards])
    lead = [] if pinned.lead else _lead(cards, latest)
    numbers = snapshot.select(live).counts("topic", snapshot.names.groups("topic")) or {}
    return {
        "generation": snapshot.names.generation,
        "announced": _with_own(snapshot.select(Criteria()).counts("language") or {}, language),
        "banner": banner(),
        "pinned": pinned,
        "cards": cards,
        "lead": lead,
        "latest": [pk for pk in latest if pk not in lead][:LATEST],
        "regions": [(snapshot.names.label(region), ids) for region, ids in regions if any(pk in cards for pk in ids)],
        "topic_numbers": numbers,
        "topics": SimpleLazyObject(lambda: topics_with_counts(snapshot.names, numbers)),
    }


def _lead(cards, ids):
    """[the id of the newest with a picture, else of the newest]; [] if there is none."""
    return [pk for pk in ids if pk in cards.with_picture][:1] or ids[:1]


def by_region(snapshot, live):
    """[(region, ids of its newest articles)] of the regions that lie under none but the global one."""
    names = snapshot.names
    by_name = names.by_name("region", names.rows("region"))
    regions = [
        one
        for one in sorted(map(names.rows("region").get, by_name), key=lambda region: region.order)
        if one.is_active and (one.parent_id is None or not one.parent.lists_children)
    ]
    chosen = ((region, live.having("region", *names.group("region", region.code))) for region in regions)
    return [(region, snapshot.select(criteria)[:PER_REGION]) for region, criteria in chosen]


def topics_with_counts(names, numbers):
    """[(Label, number)] of the topics that lead somewhere, the fullest first."""
    labels = names.labels("topic")
    found = [(labels[code], numbers[code]) for code in names.by_name("topic", numbers)]
    return sorted(found, key=lambda one: -one[1])


def landing(name, row):
    """The newest articles of one region, country or topic, and the filters that lead on from there."""
    data = QueryDict(mutable=True)
    data[name] = row.key.lower() if name == "country" else row.key
    found = ArticleFilter.asked(data, content_language())
    count, facets = counted(found)
    years = next(facet for facet in facets if facet.name == "year")
    facets = [facet for facet in facets if facet.name not in (name, "year") and facet.is_useful]
    articles = found[:ON_LANDING]
    pinned = Pinned(row.key, content_language(), found.names) if name == "region" else None
    shown = pinned.without(articles.ids) if pinned else articles.ids
    lead = [] if pinned and pinned.lead else _lead(articles, shown)
    return {
        "generation": found.names.generation,
        "announced": announced(found),
        "place": row,
        "count": count,
        "list_query": f"?{found.query.urlencode()}",
        "feed_query": found.feed_query,
        "banner": banner() if name == "region" else None,
        "pinned": pinned,
        "articles": articles,
        "lead": lead,
        "others": [pk for pk in shown if pk not in lead],
        "years": by_month.by_year(years),
        "facets": facets,
        "numbers": [facet.cache_key for facet in facets],
    }


def way_to(row):
    """The rows from the outermost one to this one: regions and topics in which it lies, the region of a country."""
    way = [row]
    while (outer := getattr(way[0], "parent", None) or getattr(way[0], "region", None)) and outer not in way:
        way.insert(0, outer)
    return way


def within(names, region):
    """The countries and the offices of a region and of those that lead to it, as Labels."""
    codes = set(names.same("region", [region.pk]))
    countries = [country for country in names.rows("country").values() if country.region.code in codes]
    keys = {country.pk for country in countries}
    offices = (office for office in names.rows("office").values() if not office.is_closed)
    return {
        "countries": [names.label(country) for country in names.rows_by_name("country", countries)],
        **_with_map(names, [office for office in offices if office.host_country_id in keys]),
    }


def offices_for(names, country):
    """The offices that are there, or elsewhere and cover it."""
    covering = set(country.covered_by.values_list("office", flat=True))
    offices = (office for office in names.rows("office").values() if not office.is_closed)
    found = [one for one in offices if one.pk in covering or one.host_country_id == country.pk]
    return _with_map(names, found)


def _with_map(names, offices):
    """A map of the offices, or None, and [(Label, number on the map or None)]."""
    offices = names.rows_by_name("office", offices)
    found = office_map.around(offices)
    numbers = found.numbers if found else {}
    return {"map": found, "offices": [(names.label(office), numbers.get(office.pk)) for office in offices]}


def languages_with(found):
    """The languages in which the same filters find articles, for a list that is empty in this one."""
    numbers = by_language(found)
    return [
        {
            "code": code,
            "name": own_name(code),
            "dir": direction(code),
            "url": list_address(code) + (f"?{found.query.urlencode()}" if found.query else ""),
            "number": numbers[code],
        }
        for code, _ in settings.LANGUAGES
        if code in numbers
    ]


def announced(found, first=0):
    """The languages in which a list has more than `first` articles: those that it announces to search engines.

    None for a search, which no search engine keeps, for a list that has too few itself, and while lists have no index.
    """
    numbers = {} if "q" in found.chosen else by_language(found)
    return _with_own({code for code, number in numbers.items() if number > first}, found.language)


def _with_own(languages, own):
    """The languages if the page's own is one of them, else none."""
    return set(languages) if own in languages else set()


def newest_from(office):
    """The newest articles of an office, in the reader's language: of a closed one its own alone."""
    snapshot = lists()
    codes = snapshot.names.group("office", office.code)
    criteria = Criteria(content_language()).having("office", *codes)
    return Cards(snapshot.select(criteria)[:FROM_OFFICE], snapshot.names)
