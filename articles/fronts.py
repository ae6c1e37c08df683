"""What the public pages show beside one article: front page, landing pages, versions, neighbours."""

from collections import Counter
from itertools import chain

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import override

from contacts.directory import answering
from contacts.languages import content_language, direction, own_name

from .addresses import missing
from .archive.memory import archive
from .cards import cards
from .counts import counted
from .filters import ArticleFilter
from .models import Article, Attachment, Image
from .relations import in_order, linked

LATEST = 9
PER_REGION = 3
ON_LANDING = 8
RELATED = 3
FROM_OFFICE = 4


def home(language):
    """Lead story (the newest of the latest with a picture), the latest others, regions, topics."""
    snapshot = archive.now()
    live = Article.objects.live().in_language(language)
    latest = cards(snapshot.select(live)[:LATEST], snapshot.names)
    lead = next((article for article in latest if article.lead_image_id), latest[0] if latest else None)
    return {
        "lead": lead,
        "latest": [article for article in latest if article is not lead],
        "regions": by_region(snapshot, live),
        "topics": topics_with_counts(snapshot, live),
    }


def by_region(snapshot, live):
    """[(region, its newest articles)] for the regions that have any, in one query."""
    regions = [one for one in snapshot.names.region.values() if one.is_active and one.parent_id is None]
    keys = {region: snapshot.select(live.in_region(region))[:PER_REGION] for region in regions}
    articles = Article.objects.live().defer("body", "notes_to_editors").in_bulk(set(chain.from_iterable(keys.values())))
    found = [(region, [articles[key] for key in keys[region] if key in articles]) for region in regions]
    return [(region, newest) for region, newest in found if newest]


def topics_with_counts(snapshot, live):
    """[(topic, number)] of those that lead somewhere, the fullest first."""
    names = snapshot.names
    numbers = snapshot.select(live).counts("t", names.within("topic"))
    found = [(names.topic[code], number) for code, number in numbers.items() if code in names.topic]
    return sorted(found, key=lambda one: (-one[1], one[0].name))


def landing(name, row):
    """The newest articles of one region, country or topic, and the facets that narrow them."""
    data = QueryDict(mutable=True)
    data[name] = row.key.lower() if name == "country" else row.key
    found = ArticleFilter.asked(data, Article.objects.live().in_language(content_language()))
    count, facets = counted(found)
    return {
        "place": row,
        "count": count,
        "list_query": f"?{found.query.urlencode()}",
        "articles": found[:ON_LANDING],
        "facets": [facet for facet in facets if facet.name not in (name, "year") and facet.is_useful],
    }


def languages_with(found):
    """Where the same question has answers, for a list that has none."""
    numbers = _by_language(found)
    return [
        {
            "code": code,
            "name": own_name(code),
            "dir": direction(code),
            "url": list_address(code, found.query),
            "number": numbers[code],
        }
        for code, _ in settings.LANGUAGES
        if code in numbers
    ]


def _by_language(found):
    elsewhere = ArticleFilter.asked(found.data, Article.objects.live())
    if elsewhere.hits is None:
        return elsewhere.selected().counts("l")
    return Counter(word[2:] for facets in elsewhere.hits.facets for word in facets.split() if word.startswith("=l"))


def list_address(language, query):
    with override(language):
        return f"{reverse('articles:list')}?{query.urlencode()}" if query else reverse("articles:list")


def article(article):
    live, snapshot, ids = Article.objects.live(), archive.now(), linked(article)
    versions = {version.language: version for version in live.versions_of(article).defer("body")}
    addresses_of = {language: version.get_absolute_url() for language, version in versions.items()}
    elsewhere = {code: missing(article, code) for code, _ in settings.LANGUAGES}
    topics = _named(snapshot.names, "topic", ids["topic"])
    _name(article, snapshot.names)
    return {
        "article": article,
        "switch": elsewhere | addresses_of | {article.language: article.get_absolute_url()},
        "alternates": addresses_of,
        "default_version": article.source.language,
        "regions": _named(snapshot.names, "region", ids["region"]),
        "countries": _named(snapshot.names, "country", ids["country"]),
        "topics": topics,
        "gallery": in_order(Image.objects.prefetch_related("translations"), ids["image"]),
        "attachments": in_order(Attachment.objects.all(), ids["attachment"]),
        "contacts": answering(ids["contact"]),
        "versions": [version for version in versions.values() if version.pk != article.pk],
        "related": beside(snapshot, article, topics),
    }


def _name(article, names):
    """Give it its country and office with the names that the process knows."""
    if country := names.row("country", article.dateline_country_id):
        article.dateline_country = country
    if office := names.row("office", article.office_id):
        article.office = office


def _named(names, facet, keys):
    return [row for key in keys if (row := names.row(facet, key))]


def beside(snapshot, article, topics):
    """The newest other stories in its language that share one of its topics."""
    live = Article.objects.live().in_language(article.language).about_any(topics)
    keys = snapshot.select(live)[: RELATED + 1] if topics else []
    return cards([key for key in keys if key != article.pk][:RELATED], snapshot.names)


def newest_from(office):
    """Cards of the newest articles of an office, in the reader's language."""
    snapshot = archive.now()
    live = Article.objects.live().in_language(content_language()).from_office(office)
    return cards(snapshot.select(live)[:FROM_OFFICE], snapshot.names)
