"""The optimistic lock: of two people who save the same version, the second is told. And how one is told."""

from django.db.models import F
from django.utils.translation import gettext as _

from ..models import Article
from . import revisions


class Refused(Exception):
    """A move that cannot be made: `errors` maps a field, or "" for none, to one sentence."""

    def __init__(self, errors):
        self.errors = {"": errors} if not isinstance(errors, dict) else errors
        super().__init__(" ".join(str(sentence) for sentence in self.errors.values()))


class Stale(Exception):
    """Somebody else saved the article since it was read. Its text says so to the editor."""

    def __init__(self):
        super().__init__(_("Somebody else changed this article since you opened it. Nothing was saved."))


def claim(article):
    """Take the next version for this save, or raise `Stale`. Call it first in the transaction.

    Whoever writes to a story takes the locks in one order: its source, the live row of a working copy,
    the row itself. So no two of them wait for one another.
    """
    for row in filter(None, (article.translation_of_id, article.revises_id)):
        Article.objects.select_for_update(no_key=True).order_by().filter(pk=row).values_list("pk").first()
    if not Article.objects.filter(pk=article.pk, version=article.version).update(version=F("version") + 1):
        raise Stale
    article.version += 1
    revisions.begin(article)
