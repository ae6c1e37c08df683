"""The models of articles. Import them from here."""

from .article import Article
from .desk.corrections import Correction
from .desk.deleted import DeletedArticle
from .desk.extra_texts import Boilerplate, BoilerplateTranslation, Quote
from .desk.front_page import Banner, BannerTranslation, Pin
from .desk.jobs import Alarm, BackgroundJob
from .desk.links import BrokenLink, LinkCheck
from .desk.mail import Notice, Recipient
from .desk.named_people import ArticleReader
from .desk.personal_links import Pass, PassOpening, ReviewAnswer, ReviewLink, ReviewOpening
from .desk.reader_counts import ReaderCount
from .desk.remarks import Assignment, Remark
from .desk.translating import BehindPeriod, GlossaryTerm, GlossaryWording, MachineDraft, SourceState, WaivedLanguage
from .history import FormerFile, Move, ReferenceCounter, Revision, SlugHistory
from .imports import ImportRecord, ImportRun
from .journalists.coverage import Coverage
from .journalists.enquiries import Enquiry
from .journalists.journalists import ConsentChange, Journalist, PressList
from .journalists.sendings import PressDelivery, Sending
from .list_changes import ListChange
from .media.files import Attachment
from .media.images import Copies, Image, ImageTranslation
from .media.recordings import Recording, RecordingTranslation
from .moving_in.column_mappings import ColumnMapping, WaitingTable
from .moving_in.old_addresses import OldAddress, OldAddressUse
from .outgoing.webhooks import Webhook, WebhookAttempt, WebhookMessage
from .relations import (
    ArticleAttachment,
    ArticleBodyImage,
    ArticleContact,
    ArticleCountry,
    ArticleImage,
    ArticleRecording,
    ArticleRegion,
    ArticleTopic,
    RelatedLink,
)
from .search import HeadlineWord, SearchEntry
from .subscriptions import AlertPosition, Announcement, Delivery, Subscriber, Subscription
from .topics import Topic, TopicContact, TopicTranslation

__all__ = [
    "Alarm",
    "AlertPosition",
    "Announcement",
    "Article",
    "ArticleAttachment",
    "ArticleBodyImage",
    "ArticleContact",
    "ArticleCountry",
    "ArticleImage",
    "ArticleReader",
    "ArticleRecording",
    "ArticleRegion",
    "ArticleTopic",
    "Assignment",
    "Attachment",
    "BackgroundJob",
    "Banner",
    "BannerTranslation",
    "BehindPeriod",
    "Boilerplate",
    "BoilerplateTranslation",
    "BrokenLink",
    "ColumnMapping",
    "ConsentChange",
    "Copies",
    "Correction",
    "Coverage",
    "DeletedArticle",
    "Delivery",
    "Enquiry",
    "FormerFile",
    "GlossaryTerm",
    "GlossaryWording",
    "HeadlineWord",
    "Image",
    "ImageTranslation",
    "ImportRecord",
    "ImportRun",
    "Journalist",
    "LinkCheck",
    "ListChange",
    "MachineDraft",
    "Move",
    "Notice",
    "OldAddress",
    "OldAddressUse",
    "Pass",
    "PassOpening",
    "Pin",
    "PressDelivery",
    "PressList",
    "Quote",
    "ReaderCount",
    "Recipient",
    "Recording",
    "RecordingTranslation",
    "ReferenceCounter",
    "RelatedLink",
    "Remark",
    "ReviewAnswer",
    "ReviewLink",
    "ReviewOpening",
    "Revision",
    "SearchEntry",
    "Sending",
    "SlugHistory",
    "SourceState",
    "Subscriber",
    "Subscription",
    "Topic",
    "TopicContact",
    "TopicTranslation",
    "WaitingTable",
    "WaivedLanguage",
    "Webhook",
    "WebhookAttempt",
    "WebhookMessage",
]
