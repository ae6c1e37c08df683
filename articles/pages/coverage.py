"""Who published a story: the reports that editors show to readers on the article's page."""

from ..models import Coverage
from ..prepared_queries import PreparedQuery

MOST = 12

SHOWN = PreparedQuery(
    Coverage,
    lambda moment, articles: Coverage.objects.filter(article__in=articles, is_public=True),
)


def shown(article):
    """The newest reports about a live article; [] for any other."""
    return SHOWN.objects([article.pk])[:MOST] if article.is_live else []
