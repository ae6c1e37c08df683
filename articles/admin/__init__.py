"""The admin of articles, topics, the media library and import runs."""

from . import imports, media, topics
from .article import admin as article

__all__ = ["article", "imports", "media", "topics"]
