"""Links to own articles lead to their present addresses, also when these have changed since the text was written."""

import re
from html import escape, unescape
from urllib.parse import unquote

from django.conf import settings

from ...models import Article, SlugHistory

_link = re.compile(r'(<a [^<>]*?href=")([^"#?]*/([\w-]+)/news/([^"/#?]+)/?)(?=["#?])')


def current(text):
    """Cleaned HTML with the addresses of own articles as they are now. Costs a query only if it has such links."""
    if "/news/" not in text:
        return text
    links = {_key(match) for match in _link.finditer(text) if _is_own(match[2])}
    links = {(language, slug) for language, slug in links if "\0" not in slug}  # which PostgreSQL refuses
    moved = _moved(links) if links else {}
    return _link.sub(lambda match: _rewritten(match, moved), text) if moved else text


def _is_own(address):
    base = settings.NEWSROOM_BASE_URL.rstrip("/")
    return address.startswith("/") or bool(base and address.startswith(f"{base}/"))


def _key(match):
    return match[3], unquote(unescape(match[4]))


def _moved(links):
    """{(language, earlier slug): present address} of those that lead to an article that can be read."""
    slugs = {slug for _language, slug in links}
    rows = SlugHistory.objects.leading().filter(slug__in=slugs).select_related("article")
    rows = [row for row in rows if (row.language, row.slug) in links]
    readable = Article.objects.readable().filter(pk__in=[row.article_id for row in rows]).values_list("pk", flat=True)
    known = set(readable) if rows else set()
    return {(row.language, row.slug): row.article.get_absolute_url() for row in rows if row.article_id in known}


def _rewritten(match, moved):
    address = moved.get(_key(match)) if _is_own(match[2]) else None
    return f"{match[1]}{escape(address)}" if address else match[0]
