"""Merging topics: the articles of the merged one are moved to its target at that moment.

So lists, counts and indexes know targets alone and ask nobody about mergers. The merged topic keeps
its code, which leads to the target in addresses and imports. Taking a merger back moves no article.
"""

from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Least

from contacts.public_pages import names_changed

from .. import list_changes
from ..models import ArticleTopic, Topic
from ..search import indexing


@transaction.atomic
def merge(topic):
    """Move articles and subtopics of a topic to the one that stands for it; each article keeps its order."""
    target = topic.final
    if target == topic:
        return
    moved = list(ArticleTopic.objects.filter(topic=topic).order_by().values_list("article", flat=True))
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
    """Where an article has both, the target takes the earlier place."""
    both = ArticleTopic.objects.filter(topic=target).order_by().values("article")
    old = ArticleTopic.objects.filter(topic=topic, article=OuterRef("article")).order_by().values("order")
    twice = ArticleTopic.objects.filter(topic=topic, article__in=both)
    ArticleTopic.objects.filter(topic=target, article__in=twice.order_by().values("article")).update(
        order=Least(F("order"), Subquery(old))
    )
    twice.delete()
    ArticleTopic.objects.filter(topic=topic).update(topic=target)


def merge_marked_topics():
    """After rows came by another way than the form: carry out what their `merged_into` says."""
    merged = Topic.objects.exclude(merged_into=None)
    for topic in merged.filter(article_rows__isnull=False) | merged.filter(children__isnull=False):
        merge(topic)


def merge_targets():
    """{id of a merged topic: id of the topic that stands for it}."""
    merged = Topic.objects.exclude(merged_into=None).select_related("merged_into")
    return {topic.pk: topic.final.pk for topic in merged}
