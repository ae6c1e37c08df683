"""Which article an address means, and where to go when it means none any more."""

from functools import cache
from urllib.parse import urlencode

from django.urls import get_script_prefix, reverse
from django.utils.translation import override

from ..models import Article, SlugHistory

GONE = object()


def elsewhere(language, slug):
    """Where to send the reader of an address without an article: (address, permanent), GONE or None.

    None is the answer for drafts and for addresses that never were: nobody can tell them apart.
    """
    gone = Article.objects.gone().in_language(language).filter(slug=slug).first()
    if gone:
        return _after(gone)
    old = SlugHistory.objects.filter(language=language, slug=slug).select_related("article").first()
    if old:
        return _after(old.article)
    other = Article.objects.live().filter(slug=slug).exclude(language=language).order_by("language").first()
    return (in_language(other, language), False) if other else None


def in_language(article, language):
    """The address of its live version in that language, else of that language's list, which says so."""
    version = Article.objects.live().versions_of(article).in_language(language).first()
    return version.get_absolute_url() if version else missing(article, language)


def missing(article, language):
    """The list in a language that the story is not in, with the story's own address to name it by."""
    return f"{list_address(language)}?{urlencode({'missing': f'{article.language}/{article.slug}'})}"


def list_address(language):
    """Every article's page asks for five of them: reversed once."""
    return _list_address(language, get_script_prefix())


@cache
def _list_address(language, _prefix):
    with override(language):
        return reverse("articles:list")


def not_in_this_language(key):
    """The story that a reader missed: the live article at "en/its-slug", or None."""
    language, _, slug = key.partition("/")
    if not slug or "\0" in key:
        return None
    return Article.objects.live().in_language(language).filter(slug=slug).first()


def _after(article):
    """Follow a removed article's "read instead", at most once through every article."""
    seen = set()
    while article and article.state == Article.State.GONE and article.pk not in seen:
        seen.add(article.pk)
        article = article.redirect_to
    if article and Article.objects.readable().filter(pk=article.pk).exists():
        return article.get_absolute_url(), True
    return GONE if seen else None
