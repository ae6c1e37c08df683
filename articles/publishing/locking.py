"""The locks of articles: a save of an outdated form is refused (`Stale`), and rows are locked in one order.

Every save raises the article's version number; who read an older one would overwrite the work of somebody else.
"""

from django.db.models import F
from django.utils.translation import gettext as _

from ..models import Article
from .revisions import ensure_first_revision


class Stale(Exception):
    """Somebody else saved the article after it was read. The text is shown to the editor."""

    def __init__(self):
        super().__init__(_("Somebody else changed this article since you opened it. Nothing was saved."))


def claim_version(article):
    """Raise the article's version number, or raise `Stale` if somebody else has. Call it first in the transaction.

    The rows above it are locked first (`lock_parents`).
    """
    lock_parents(article)
    if not Article.objects.filter(pk=article.pk, version=article.version).update(version=F("version") + 1):
        raise Stale
    article.version += 1
    ensure_first_revision(article)


def lock_parents(article):
    """Lock the source of a translation and the live row of a working copy. Call it before the row itself is locked.

    Locks are always taken in this order, so that two writers cannot deadlock.
    """
    for row in filter(None, (article.translation_of_id, article.revises_id)):
        Article.objects.select_for_update(no_key=True).order_by().filter(pk=row).values_list("pk").first()


def lock_if_there(article):
    """Lock the article's row until the commit; False if it was removed, deleted or merged since it was read."""
    rows = Article.objects.select_for_update(no_key=True).order_by().exclude(state=Article.State.GONE)
    return rows.filter(pk=article.pk).values_list("pk").first() is not None
