"""Finds the article at a URL, or where that URL redirects: a new slug, another language, what to read instead."""

from django.http import Http404, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render

from contacts.languages import content_language

from ..models import Article, SlugHistory
from ..publishing.due_editions import merge_for_reader
from .article_page import at_address, missing_address

GONE = object()


def current(language, slug):
    """The article as it should read now, or None: the first reader after its hour merges a new edition in."""
    if "\0" in slug:
        return None
    article = at_address(language, slug)
    if article and article.edition_is_due:
        merge_for_reader(article)
        article = at_address(language, slug)
    return article


def live_or_answer(request, slug, tail):
    """(the live article at an address, None), or (None, where the same below its new address is); else Http404.

    For what is taken from an article's address, such as its press kit: of a withdrawn text nothing is given.
    """
    language = content_language()
    article = current(language, slug)
    found = article or renamed(language, slug)
    if found is not None and not found.is_live:
        raise Http404
    return article, None if article else _answer_below(request, slug, tail, found)


def answer(request, target):
    """The answer for a target."""
    if target is GONE:
        return render(request, "410.html", {"lost": True}, status=410)
    if target is None:
        raise Http404
    address, permanent = target
    return (HttpResponsePermanentRedirect if permanent else HttpResponseRedirect)(address)


def renamed_answer(request, slug, tail):
    """Where an address below that of an article leads, such as "editions/": to the same below its new address."""
    return _answer_below(request, slug, tail, renamed(content_language(), slug))


def _answer_below(request, slug, tail, found):
    """`found`: the renamed article, or None."""
    if found is not None:
        return HttpResponsePermanentRedirect(f"{found.get_absolute_url()}{tail}")
    return answer(request, target(content_language(), slug))


def target(language, slug):
    """(address, whether permanently), GONE for an article that was removed, or None.

    None is the answer for drafts and for addresses that never were: nobody can tell them apart.
    """
    if "\0" in slug:
        return None
    gone = Article.objects.gone().in_language(language).filter(slug=slug).first()
    if gone:
        return _read_instead(gone)
    old = SlugHistory.objects.leading().filter(language=language, slug=slug).select_related("article").first()
    if old:
        return _read_instead(old.article)
    other = Article.objects.live().filter(slug=slug).exclude(language=language).order_by("language").first()
    return (_in_language(other, language), False) if other else None


def renamed(language, slug):
    """The readable article that had this address, or None."""
    if "\0" in slug:
        return None
    old = SlugHistory.objects.leading().filter(language=language, slug=slug)
    old = old.filter(article__in=Article.objects.readable().order_by()).select_related("article").first()
    return old and old.article


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
