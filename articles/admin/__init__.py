from . import imports, media, topics
from .article import admin as article

__all__ = ["article", "imports", "media", "topics"]
