"""The models of articles. Import them from here."""

from .article import Article
from .history import Move, ReferenceCounter, Revision, SlugHistory
from .imports import ImportRecord, ImportRun
from .list_changes import ListChange
from .media import Attachment, Copies, Image, ImageTranslation
from .relations import (
    ArticleAttachment,
    ArticleBodyImage,
    ArticleContact,
    ArticleCountry,
    ArticleImage,
    ArticleRegion,
    ArticleTopic,
    RelatedLink,
)
from .search import HeadlineWord, SearchEntry
from .subscriptions import Delivery, Subscription
from .topics import Topic, TopicContact, TopicTranslation

__all__ = [
    "Article",
    "ArticleAttachment",
    "ArticleBodyImage",
    "ArticleContact",
    "ArticleCountry",
    "ArticleImage",
    "ArticleRegion",
    "ArticleTopic",
    "Attachment",
    "Copies",
    "Delivery",
    "HeadlineWord",
    "Image",
    "ImageTranslation",
    "ImportRecord",
    "ImportRun",
    "ListChange",
    "Move",
    "ReferenceCounter",
    "RelatedLink",
    "Revision",
    "SearchEntry",
    "SlugHistory",
    "Subscription",
    "Topic",
    "TopicContact",
    "TopicTranslation",
]
