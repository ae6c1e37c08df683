"""Merging a topic into another: its articles and subtopics move to the target at once.

Lists, counts and the search index therefore need no knowledge of merged topics. The merged topic keeps its code, which
redirects to the target in addresses and imports. Clearing `merged_into` later moves no article back.
"""

from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Least

from contacts.public_pages import names_changed

from ..models import Article, ArticleTopic, Topic, list_changes
from ..search import indexing


@transaction.atomic
def merge(topic):
    """Move articles and subtopics of a topic to the one in its `merged_into`; each article keeps its order."""
    target = topic.final
    if target == topic:
        return
    moved = list(ArticleTopic.objects.filter(topic=topic).order_by("article").values_list("article", flat=True))
    # All at once and in the order of their ids, so that two mergers cannot wait for each other.
    list(Article.objects.filter(pk__in=moved).order_by("pk").select_for_update(no_key=True).values_list("pk"))
    _move_rows(topic, target)
    indexing.keep(moved)
    list_changes.note(moved)
    if target.parent_id == topic.pk:
        Topic.objects.filter(pk=target.pk).update(parent=None)
        target.parent_id = None
    topic.children.exclude(pk=target.pk).update(parent=target.parent_id or target.pk)
    Topic.objects.filter(merged_into=topic).update(merged_into=target)
    Topic.objects.filter(pk=topic.pk).update(merged_into=target)
    names_changed()


def _move_rows(topic, target):
    """An article that has both topics keeps the target, at the earlier of the two places."""
    both = ArticleTopic.objects.filter(topic=target).order_by().values("article")
    old = ArticleTopic.objects.filter(topic=topic, article=OuterRef("article")).order_by().values("order")
    twice = ArticleTopic.objects.filter(topic=topic, article__in=both)
    ArticleTopic.objects.filter(topic=target, article__in=twice.order_by().values("article")).update(
        order=Least(F("order"), Subquery(old))
    )
    twice.delete()
    ArticleTopic.objects.filter(topic=topic).update(topic=target)


def merge_marked_topics():
    """After an import or `loaddata`: move articles and subtopics of every topic whose `merged_into` is set."""
    merged = Topic.objects.exclude(merged_into=None)
    for topic in merged.filter(article_rows__isnull=False) | merged.filter(children__isnull=False):
        merge(topic)


def merge_targets():
    """{id of a merged topic: id of the topic that it was finally merged into}."""
    merged = Topic.objects.exclude(merged_into=None).select_related("merged_into")
    return {topic.pk: topic.final.pk for topic in merged}
