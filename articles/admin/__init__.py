from . import article, imports, media, topics

__all__ = ["article", "imports", "media", "topics"]
