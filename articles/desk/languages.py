"""The languages into which a person translates; their desk lists missing translations."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from ..models import Article, Recipient

LOOKED_AT = 200  # newest translations of a person
LATELY = timedelta(days=365)


def of_person(user):
    """Codes, in the order of the site: those that the person chose in “My settings”, else those into which they have
    begun translations in the last year. Empty if nobody knows.
    """
    chosen = Recipient.objects.filter(user=user).values_list("languages", flat=True).first() or _of_own_work(user)
    return [code for code, _name in settings.LANGUAGES if code in chosen]


def _of_own_work(user):
    own = Article.objects.filter(created_by=user, translation_of__isnull=False).order_by("-id")
    rows = own.values_list("language", "created_at")[:LOOKED_AT]
    return {language for language, at in rows if at >= timezone.now() - LATELY}
