"""Which articles use a contact, an office, a topic or a place, for the pages that end or delete one."""

from django.urls import reverse
from django.utils.html import format_html

from contacts.admin.ending.uses import Uses, register
from contacts.models import Contact, Country, Office, Region
from contacts.models.links import keys_listed_under

from .. import permissions
from ..models import Article, ArticleContact, ArticleCountry, ArticleRegion, ArticleTopic, Topic, TopicContact
from . import display

COUNT_UP_TO, SHOWN = 1000, 10
ROWS = {Contact: ArticleContact, Country: ArticleCountry, Region: ArticleRegion, Topic: ArticleTopic}


def article_uses(rows, user, with_predecessors):
    """`Uses` of rows of one model, in a constant number of queries; of very many articles the newest are looked at."""
    model = type(rows[0]) if rows else None
    keys = {row.pk for row in rows}
    if with_predecessors:
        keys |= {key for row in rows for key in keys_listed_under(row)}
    if model in ROWS:
        found = ROWS[model].objects.filter(**{f"{ROWS[model].target}__in": keys}).order_by("-article")
        ids = list(dict.fromkeys(found.values_list("article", flat=True)[:COUNT_UP_TO]))
    elif model is Office:
        ids = list(Article.objects.filter(office__in=keys).order_by("-pk").values_list("pk", flat=True)[:COUNT_UP_TO])
    else:
        return None
    if model is Country and not ids:
        ids = list(Article.objects.filter(dateline_country__in=keys).values_list("pk", flat=True)[:COUNT_UP_TO])
    shown = permissions.visible(user, Article.objects.filter(pk__in=ids)).without_texts()
    newest = list(shown.select_related("revises").order_by("-publish_at", "-pk")[:SHOWN])
    return Uses(len(ids), COUNT_UP_TO, list(map(_link, newest)), _topics_by_contact(newest) if model is Contact else {})


def _link(article):
    address = reverse("admin:articles_article_change", args=[article.pk])
    return format_html('<a href="{}">{}</a> {}', address, display.headline(article), display.state_badge(article))


def _topics_by_contact(articles):
    """{contact's id: name of a topic of these articles that it answers for}"""
    topics = ArticleTopic.objects.filter(article__in=articles).order_by().values("topic")
    rows = TopicContact.objects.filter(topic__in=topics).select_related("topic")
    rows = rows.prefetch_related("topic__translations")
    return {row.contact_id: row.topic.name for row in rows}


register(article_uses)
