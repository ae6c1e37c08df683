"""Limits an article to named people until it is public, for the article's form and `manage.py limit_article`.

The names belong to the row: a working copy has its own. Those of a source count for its unpublished translations, too.
"""

import logging

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from contacts.models import Membership

from ..models import Article, ArticleReader
from .requirements import Refused

logger = logging.getLogger(__name__)


def people(article):
    """The accounts that may be named: those that may see the articles of its office, and those that are named."""
    members = Membership.objects.filter(Q(office=None) | Q(office=article.office_id))
    users = get_user_model().objects.filter(is_active=True, is_staff=True)
    may_see = Q(is_superuser=True) | Q(pk__in=members.values("user"))
    named = Q(pk__in=article.reader_rows.values("user"))
    return users.filter(may_see | named).order_by("first_name", "last_name", "username")


def source_that_decides(article):
    """The source whose named people count for this translation, as long as it is not public; else None."""
    source = article.translation_of
    return source if source is not None and not source.was_public else None


def refuse(article, users, by):
    """Raise `Refused` if `by` cannot limit the article to these users, or lift the limit if there are none."""
    if article.was_public:
        raise Refused(_("This article is public, so everybody may see it."))
    if source_that_decides(article):
        raise Refused(_("The people are named in the source of this translation."))
    if users and by not in users:
        raise Refused(_("Keep your own name: without it you could not open this article any more."))


@transaction.atomic
def limit(article, users, by=None, by_name=""):
    """Limit the article to these users; to none: lift the limit. Records who did it; without `by`, its name."""
    names = sorted(user.get_username() for user in users)
    rows = [article, *Article.objects.filter(translation_of=article, revises=None).select_for_update(no_key=True)]
    for row in rows:
        if not row.was_public and set_readers(row, [user.pk for user in users]):
            row.moves.create(
                name="limit" if users else "unlimit", from_state=row.state, to_state=row.state, by=by,
                by_name=by_name, reason=", ".join(names),
            )  # fmt: skip
            logger.info("Article %s: %s limited it to: %s", row.pk, by or by_name, ", ".join(names) or "nobody")


def set_readers(article, users):
    """Store the ids of the named people; whether anything changed."""
    before = set(article.reader_rows.values_list("user", flat=True))
    if before == set(users) and article.restricted == bool(users):
        return False
    article.reader_rows.all().delete()
    ArticleReader.objects.bulk_create(ArticleReader(article=article, user_id=user) for user in users)
    article.restricted = bool(users)
    Article.objects.filter(pk=article.pk).update(restricted=article.restricted)
    return True


def inherit_in(translations):
    """Limit new translations (ids) that an import has brought to the people of their source."""
    rows = Article.objects.filter(pk__in=translations, restricted=False, translation_of__restricted=True)
    for translation in rows.select_related("translation_of"):
        if not translation.was_public:
            inherit(translation.translation_of, translation)


def inherit(source, translation):
    """A new translation of a draft that is limited to named people is limited to the same."""
    if source.restricted and not source.was_public:
        set_readers(translation, list(source.reader_rows.values_list("user", flat=True)))
