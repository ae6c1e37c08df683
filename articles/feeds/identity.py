"""What stays the same in all formats: the permanent ids of articles and corrections, and the rights that readers have.

An id is a tag URI (RFC 4151) of the site's configured host: no request's Host header, no new address and no new edition
changes it.
"""

from urllib.parse import urlsplit

from django.conf import settings

from contacts.languages import organisation_name

SCHEME_OF = "2026"  # the year in which ids began to be made so; it never changes


def host():
    """The host of NEWSROOM_BASE_URL, else the first of ALLOWED_HOSTS that is a name and no pattern."""
    names = (name for name in settings.ALLOWED_HOSTS if name[:1] not in ("", ".", "*"))
    return urlsplit(settings.NEWSROOM_BASE_URL).hostname or next(names, "localhost")


def permanent_id(*parts):
    return f"tag:{host()},{SCHEME_OF}:{'/'.join(map(str, parts))}"


def article_id(article):
    """By language and reference number; by the slug of what `loaddata` brought without a number."""
    return permanent_id(article.language, article.reference or article.slug)


def correction_id(correction):
    article = correction.article
    return permanent_id(article.language, article.reference or article.slug, "editions", correction.edition)


def rights():
    """The line on rights in feeds and records: NEWSROOM_RIGHTS, else the organisation's copyright."""
    return settings.NEWSROOM_RIGHTS or f"© {organisation_name()}"
