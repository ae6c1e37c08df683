"""The own articles that the link dialog of the rich text editor offers, by words of their headlines."""

from datetime import UTC, datetime
from functools import reduce
from operator import and_

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Q, Value, When
from django.http import JsonResponse
from django.views.decorators.http import require_safe

from contacts import clock

from ... import permissions
from ...facets import Criteria
from ...models import Article
from ...search.find import find
from ..article.pages import ArticlePages
from ..display import STATE_LABELS

MOST = 8
NEWEST = 5000  # published articles whose headlines are compared with what was typed; of older ones, whole words
LONGEST, MOST_WORDS = 200, 12


class ArticleLinkTargets(ArticlePages):
    """The view that prose-link.js asks."""

    def urls(self):
        return [("link-targets/", require_safe(self.link_targets_view), "articles_article_link_targets")]

    def link_targets_view(self, request):
        """{"articles": [{address, headline, language, direction, state}, …]} for `?q=words&language=fr`."""
        if not permissions.may(request.user, "view"):
            raise PermissionDenied
        words = request.GET.get("q", "")[:LONGEST].split()[:MOST_WORDS]
        language = request.GET.get("language", "")
        language = language if language in dict(settings.LANGUAGES) else ""
        return JsonResponse({"articles": [_shown(one) for one in targets(request.user, words, language)]})


def targets(user, words, language):
    """Articles that the user may see and that can be linked to: those in the language first, then the newest."""
    if not words:
        return []
    now = clock.now()
    named = reduce(and_, (Q(headline__icontains=word) for word in words))
    waiting = Q(state__in=("draft", "in_review")) | Q(state="approved", publish_at__gt=now)
    own = permissions.visible(user, Article.objects.filter(waiting, revises=None))
    public = Article.objects.live(now)
    found = [
        *_first(own.filter(named), language),
        *_first(public.filter(named, publish_at__gte=_oldest(public)), language),
        *_first(public.filter(pk__in=_searched(words, language)), language),
    ]
    found = {article.pk: article for article in found}.values()
    return sorted(found, key=lambda one: (one.language != language, -(one.publish_at or now).timestamp()))[:MOST]


def _oldest(public):
    """The date of the last of the NEWEST; of all if there are fewer."""
    dates = public.order_by("-publish_at", "-pk").values_list("publish_at", flat=True)
    return next(iter(dates[NEWEST - 1 : NEWEST]), datetime.min.replace(tzinfo=UTC))


def _first(articles, language):
    is_other = Case(When(language=language, then=Value(0)), default=Value(1))
    return articles.order_by(is_other, "-publish_at", "-pk").only(
        "headline", "language", "slug", "state", "publish_at", "revises"
    )[:MOST]


def _searched(words, language):
    return find(" ".join(words), [Criteria(language)], "relevance", MOST)[0].ids if language else ()


def _shown(article):
    return {
        "address": article.get_absolute_url(),
        "headline": article.headline,
        "language": article.language,
        "direction": article.direction,
        "state": str(STATE_LABELS[article.shown_state]),
    }
