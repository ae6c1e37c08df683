"""Checks of the articles: that what is due is public, and that searches find it."""

from django.utils import timezone

from articles.desk import lateness
from articles.models import Article, SearchEntry
from articles.publishing import due_editions
from articles.search.indexing import ANALYSER

from .finding import Finding

LOOKED_AT = 1000  # the newest and the oldest articles of the search index
LATE = {
    lateness.PAST_ITS_HOUR: (
        "{} due for more than ten minutes and still in review.",
        "Approvers see it on the desk, “Late”: it needs an approval or another date.",
    ),
    lateness.EMBARGO_PAST: (
        "{} under an embargo that has ended, and still in review.",
        "Approvers see it on the desk, “Late”: journalists wait for it.",
    ),
}


def what_is_due_is_live():
    """With the patience of `due_editions.LATE`: an approval that comes some minutes late alarms nobody."""
    if number := due_editions.overdue():
        sentence = f"{_number(number, 'new edition')} due for more than ten minutes and not public."
        remedy = "Run manage.py work --once, and see the log: a merge that fails says why."
        yield Finding("editions", sentence, remedy)
    for what, number in lateness.numbers(timezone.now() - due_editions.LATE).items():
        if number:
            sentence, remedy = LATE[what]
            yield Finding(what, sentence.format(_number(number, "article")), remedy)


def _number(number, noun):
    return f"1 {noun} is" if number == 1 else f"{number:,} {noun}s are"


def search_index():
    """The newest and the oldest listed articles have entries by the present rules. `search_index --check` reads all."""
    lacking = 0
    for order in ("-publish_at", "publish_at"):
        rows = Article.objects.filter(publish_at__isnull=False, listed_at__isnull=False).order_by(order, "-id")
        listed = list(rows.values_list("pk", flat=True)[:LOOKED_AT])
        found = SearchEntry.objects.filter(pk__in=listed, analyser=ANALYSER).order_by().count()
        lacking = max(lacking, len(listed) - found)
    if lacking:
        sentence = f"At least {lacking:,} articles are not in the search index as they should be."
        yield Finding("lacks", sentence, "Run manage.py search_index.")
