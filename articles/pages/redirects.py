"""Where an address without an article leads: to its new address, another language, what to read instead, or nowhere."""

from ..models import Article, SlugHistory
from .article_page import missing_address

GONE = object()


def target(language, slug):
    """(address, whether for good), GONE for an article that was removed, or None.

    None is the answer for drafts and for addresses that never were: nobody can tell them apart.
    """
    gone = Article.objects.gone().in_language(language).filter(slug=slug).first()
    if gone:
        return _read_instead(gone)
    old = SlugHistory.objects.filter(language=language, slug=slug).select_related("article").first()
    if old:
        return _read_instead(old.article)
    other = Article.objects.live().filter(slug=slug).exclude(language=language).order_by("language").first()
    return (_in_language(other, language), False) if other else None


def _in_language(article, language):
    """The address of its live version in that language, else of that language's list, which says so."""
    version = Article.objects.live().versions_of(article).in_language(language).first()
    return version.get_absolute_url() if version else missing_address(article, language)


def _read_instead(article):
    """Follow a removed article's "read instead", at most once through every article."""
    seen = set()
    while article and article.state == Article.State.GONE and article.pk not in seen:
        seen.add(article.pk)
        article = article.redirect_to
    if article and Article.objects.readable().filter(pk=article.pk).exists():
        return article.get_absolute_url(), True
    return GONE if seen else None


def missing_article(key):
    """The live article at "en/its-slug", which a reader wanted in another language; None if there is none."""
    language, _, slug = key.partition("/")
    if not slug or "\0" in key:
        return None
    return Article.objects.live().in_language(language).filter(slug=slug).first()
