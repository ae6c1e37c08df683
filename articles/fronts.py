"""What the public pages show beside one article: front page, landing pages, versions, neighbours."""

from itertools import chain

from django.conf import settings
from django.db.models import Count, OuterRef, Q, Subquery
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import override

from contacts.directory import answering
from contacts.languages import content_language, direction, own_name
from contacts.models import Region

from .addresses import missing
from .counts import counted
from .filters import ArticleFilter
from .models import Article, ArticleRegion, Topic

LATEST = 9
PER_REGION = 3
ON_LANDING = 8


def home(language):
    """Lead story (the newest of the latest with a picture), the latest others, regions, topics."""
    live = Article.objects.live().in_language(language)
    latest = list(live.newest_first().for_cards()[:LATEST])
    lead = next((article for article in latest if article.lead_image_id), latest[0] if latest else None)
    return {
        "lead": lead,
        "latest": [article for article in latest if article is not lead],
        "regions": by_region(language),
        "topics": topics_with_counts(live),
    }


def by_region(language):
    """[(region, its newest articles)] for regions that have any, each one index walk, in three queries."""
    rows = ArticleRegion.objects.filter(region=OuterRef("pk"), article__in=Article.objects.live())
    rows = rows.filter(language=language).order_by("-listed_at", "-article")
    newest = {f"newest_{place}": Subquery(rows.values("article")[place : place + 1]) for place in range(PER_REGION)}
    regions = list(Region.objects.filter(is_active=True, parent=None).annotate(**newest).with_translations())
    keys = {region.pk: [key for name in newest if (key := getattr(region, name))] for region in regions}
    articles = (
        Article.objects.live().defer("body", "notes_to_editors").in_bulk(list(chain.from_iterable(keys.values())))
    )
    found = [(region, [articles[key] for key in keys[region.pk] if key in articles]) for region in regions]
    return [(region, newest) for region, newest in found if newest]


def topics_with_counts(live):
    """Top-level topics that lead somewhere, the fullest first."""
    own = Count("article_rows", filter=Q(article_rows__article__in=live.values("pk")), distinct=True)
    topics = Topic.objects.filter(merged_into=None).annotate(number=own).with_translations()
    return sorted((topic for topic in topics if topic.number), key=lambda topic: (-topic.number, topic.name))


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
        "articles": found.qs.newest_first().for_cards()[:ON_LANDING],
        "facets": [facet for facet in facets if facet.name not in (name, "year") and facet.is_useful],
    }


def languages_with(found):
    """Where the same question has answers, for a list that has none."""
    elsewhere = ArticleFilter.asked(found.data, Article.objects.live()).qs.order_by()
    numbers = dict(elsewhere.values_list("language").annotate(number=Count("pk")))
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


def list_address(language, query):
    with override(language):
        return f"{reverse('articles:list')}?{query.urlencode()}" if query else reverse("articles:list")


def article(article):
    live = Article.objects.live()
    versions = {version.language: version for version in live.versions_of(article).defer("body")}
    addresses_of = {language: version.get_absolute_url() for language, version in versions.items()}
    elsewhere = {code: missing(article, code) for code, _ in settings.LANGUAGES}
    return {
        "article": article,
        "switch": elsewhere | addresses_of | {article.language: article.get_absolute_url()},
        "alternates": addresses_of,
        "default_version": article.source.language,
        "regions": [row.region for row in article.region_rows.all()],
        "countries": [row.country for row in article.country_rows.all()],
        "topics": [row.topic for row in article.topic_rows.all()],
        "gallery": [row.image for row in article.image_rows.all()],
        "attachments": [row.attachment for row in article.attachment_rows.all()],
        "contacts": answering([row.contact for row in article.contact_rows.all()]),
        "versions": [version for version in versions.values() if version.pk != article.pk],
        "related": live.beside(article).newest_first().for_cards()[:3],
    }
