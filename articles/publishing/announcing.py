"""What readers' pages depend on: told to the site when it changes, or known beforehand."""

from contacts.public_pages import changed

from ..models import Article


def announce(article):
    """After an edit of words or facets: tell the site if readers see the article in any language, or soon will."""
    unseen = (Article.State.DRAFT, Article.State.IN_REVIEW)
    if Article.objects.versions_of(article).exclude(state__in=unseen).exists():
        changed()


def next_publication(now):
    """When the next approved article or new edition is due, or None."""
    due = Article.objects.filter(state=Article.State.APPROVED, publish_at__gt=now)
    return due.order_by("publish_at").values_list("publish_at", flat=True).first()
