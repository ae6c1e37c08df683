"""The admin of articles and their texts, topics, front page, media library, enquiries, press lists and imports."""

from . import front_page, imports, topics, uses
from .article import admin as article
from .extra_texts import boilerplates, quotes
from .journalists import coverage, enquiries, journalists, press_lists, sendings
from .library import media, recordings
from .moving_in import old_addresses
from .outgoing import alerts, webhooks
from .review import deleted
from .translating import glossary

__all__ = [
    "alerts",
    "article",
    "boilerplates",
    "coverage",
    "deleted",
    "enquiries",
    "front_page",
    "glossary",
    "imports",
    "journalists",
    "media",
    "old_addresses",
    "press_lists",
    "quotes",
    "recordings",
    "sendings",
    "topics",
    "uses",
    "webhooks",
]
