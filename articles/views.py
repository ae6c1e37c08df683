"""The public pages of articles. No view touches the session or the user, so that every page can be cached for all."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

from contacts.languages import content_language
from contacts.public_pages import public_view

from .listing.facet_counts import counted
from .listing.filters import ArticleFilter
from .listing.snapshot import archive
from .models import Article
from .pages import article_page, front_pages, redirects
from .publishing.due_editions import merge_for_reader


@public_view()
def home(request):
    return render(request, "articles/home.html", front_pages.home(content_language()))


@public_view(*ArticleFilter.base_filters, "page", "missing")
def article_list(request):
    found = ArticleFilter.asked(request.GET, content_language())
    number = found.page_number(request.GET.get("page"))
    missing = redirects.missing_article(request.GET["missing"]) if request.GET.get("missing") else None
    address = found.address(number, missing and request.GET["missing"])
    if _spelled_otherwise(request.GET, address, article_list.parameters):
        return HttpResponsePermanentRedirect(f"{request.path}?{urlencode(address)}" if address else request.path)
    count, facets = counted(found)
    page = found.page(number, count, settings.ARTICLES_PER_PAGE)
    context = {
        "generation": found.names.generation,
        "announced": set() if missing else front_pages.announced(found, page.start_index() - 1),
        "found": found,
        "query": found.query,
        "facets": facets,
        "numbers": [facet.shown for facet in facets],
        "chosen": [facet for facet in facets if facet.chosen],
        "filters_chosen": len(found.chosen.keys() - {"q", "sort"}),
        "marks": found.marks,
        "count": count,
        "page": page,
        "missing": missing,
        "elsewhere": [] if page.paginator.count else front_pages.languages_with(found),
    }
    return render(request, "articles/list.html", context)


def _spelled_otherwise(asked, address, known):
    """Whether the question has another spelling. Empty answers of a form, and what nobody reads, may stay."""
    given = {name: values for name, values in asked.lists() if name in known and any(values)}
    return given != {name: [value] for name, value in address.items()}


def _known(rows, code):
    if code not in rows:
        raise Http404
    return rows[code]


def _moved(request, row):
    """For good to the page of another row, with the parameters of this request."""
    query = request.META.get("QUERY_STRING")
    return HttpResponsePermanentRedirect(row.get_absolute_url() + (f"?{query}" if query else ""))


@public_view()
def region(request, code):
    names = archive.names()
    region = _known(names.rows("region"), code)
    if region.final != region:
        return _moved(request, region.final)
    return render(
        request, "articles/region.html", front_pages.landing("region", region) | front_pages.within(names, region)
    )


@public_view()
def country(request, code):
    names = archive.names()
    country = _known(names.rows("country"), code)
    front = front_pages.landing("country", country) | front_pages.offices_for(names, country)
    return render(request, "articles/country.html", front)


@public_view()
def topic(request, code):
    names = archive.names()
    topic = _known(names.rows("topic"), code)
    if topic.final != topic:
        return _moved(request, topic.final)
    contact_ids = topic.contact_rows.values_list("contact", flat=True)
    front = front_pages.landing("topic", topic) | {"contact_ids": contact_ids}
    return render(request, "articles/topic.html", front)


@public_view()
def article(request, slug):
    if "\0" in slug:
        raise Http404
    language = content_language()
    article = _edition(language, slug)
    if article is None:
        return _redirect(request, redirects.target(language, slug))
    context = article_page.context(article)
    context["json_ld"] = article_page.json_ld(request, article, context["address"], context["zone"])
    return render(request, "articles/article.html", context)


@public_view()
def permalink(request, reference):
    """The story in the language that the browser likes best, else in its own."""
    versions = list(Article.objects.readable().filter(reference=reference).exclude(reference=""))
    if not versions:
        gone = Article.objects.gone().filter(reference=reference).exclude(reference="").first()
        return _redirect(request, gone and redirects.target(gone.language, gone.slug))
    wanted = [tag.split("-")[0] for tag, _ in parse_accept_lang_header(request.headers.get("accept-language", ""))]
    best = min(versions, key=lambda row: _rank(row, wanted))
    response = HttpResponseRedirect(best.get_absolute_url())
    patch_vary_headers(response, ["Accept-Language"])
    return response


def _edition(language, slug):
    """The article as it should read now: the first reader after its hour merges a new edition in."""
    article = article_page.at_address(language, slug)
    if article and article.edition_is_due:
        merge_for_reader(article)
        article = article_page.at_address(language, slug)
    return article


def _rank(article, wanted):
    liked = wanted.index(article.language) if article.language in wanted else len(wanted)
    return (liked, article.translation_of_id is not None, article.language)


def _redirect(request, target):
    """The answer for a target of `redirects`."""
    if target is redirects.GONE:
        return render(request, "410.html", {"lost": True}, status=410)
    if target is None:
        raise Http404
    address, permanent = target
    return (HttpResponsePermanentRedirect if permanent else HttpResponseRedirect)(address)
