"""The public pages of articles. No view touches the session or the user, so that every page can be cached for all."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpResponsePermanentRedirect, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

from contacts.languages import content_language
from contacts.public_pages import absolute, public_view
from contacts.reachable import contact_list

from .feeds import share_image
from .listing import named
from .listing.facet_counts import counted
from .listing.filters import ArticleFilter
from .listing.in_memory import lists_in_memory
from .models import Article
from .pages import article_page, by_month, coverage, editions, front_pages, json_ld, redirects


@public_view()
def home(request):
    context = front_pages.home(content_language()) | {"json_ld": json_ld.front_page(request)}
    return render(request, "articles/home.html", context)


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
        "feed_query": found.feed_query,
        "facets": facets,
        "numbers": [facet.cache_key for facet in facets],
        "chosen": [facet for facet in facets if facet.chosen],
        "filters_chosen": len(found.chosen.keys() - {"q", "sort"}),
        "marks": found.marks,
        "named": named.matching(found.names, found.chosen["q"]) if "q" in found.chosen and number == 1 else [],
        "count": count,
        "page": page,
        "missing": missing,
        "elsewhere": [] if page.paginator.count else front_pages.languages_with(found),
    }
    return render(request, "articles/list.html", context)


@public_view()
def news_archive(request):
    language = content_language()
    announced = front_pages.announced(ArticleFilter.asked(QueryDict(), language))
    return render(request, "articles/archive.html", {"years": by_month.years(language), "announced": announced})


@public_view("q")
def names(request):
    """What a search may be about, as somebody types it: names with their kinds and addresses."""
    found = named.matching(lists_in_memory().names(), request.GET.get("q", ""))
    shown = [{"name": one.name, "kind": str(one.kind_label), "url": one.url} for one in found]
    return JsonResponse(shown, safe=False, json_dumps_params={"ensure_ascii": False})


def _spelled_otherwise(asked, address, known):
    """Whether the question has another spelling. Empty answers of a form, and what nobody reads, may stay."""
    given = {name: values for name, values in asked.lists() if name in known and any(values)}
    return given != {name: [value] for name, value in address.items()}


def _known(rows, code):
    if code not in rows:
        raise Http404
    return rows[code]


def _moved(request, row):
    """Permanent redirect to the page of another row, with the parameters of this request."""
    query = request.META.get("QUERY_STRING")
    return HttpResponsePermanentRedirect(row.get_absolute_url() + (f"?{query}" if query else ""))


def _landing(request, name, row, more):
    """The page of a region, country or topic."""
    trail = [(step.name, step.get_absolute_url()) for step in front_pages.way_to(row)]
    shown = front_pages.landing(name, row) | more | {"json_ld": json_ld.breadcrumbs(request, trail)}
    return render(request, f"articles/{name}.html", shown)


@public_view()
def region(request, code):
    names = lists_in_memory().names()
    region = _known(names.rows("region"), code)
    if region.final != region:
        return _moved(request, region.final)
    return _landing(request, "region", region, front_pages.within(names, region))


@public_view()
def country(request, code):
    names = lists_in_memory().names()
    country = _known(names.rows("country"), code)
    more = front_pages.offices_for(names, country) | {"contact_ids": tuple(contact_list.for_country(country))}
    return _landing(request, "country", country, more)


@public_view()
def topic(request, code):
    names = lists_in_memory().names()
    topic = _known(names.rows("topic"), code)
    if topic.final != topic:
        return _moved(request, topic.final)
    contact_ids = topic.contact_rows.values_list("contact", flat=True)
    return _landing(request, "topic", topic, {"contact_ids": contact_ids})


@public_view()
def article(request, slug):
    language = content_language()
    article = redirects.current(language, slug)
    if article is None:
        return redirects.answer(request, redirects.target(language, slug))
    context = article_page.context(article)
    if article.lead_image is None and article.is_live:
        context["share_image"] = share_image.address(article, share_image.shown(article))
    if context["recordings"]:  # printed: the short address, if there is one
        short = reverse("permalink", args=[article.reference]) if article.reference else context["address"]
        context["recordings_page"] = absolute(request, short)
    context["coverage"] = coverage.shown(article)
    context["json_ld"] = json_ld.article(request, article, context)
    return render(request, "articles/article.html", context)


@public_view()
def permalink(request, reference):
    """The story in the language that the browser likes best, else in its own."""
    versions = list(Article.objects.readable().filter(reference=reference).exclude(reference=""))
    if not versions:
        gone = Article.objects.gone().filter(reference=reference).exclude(reference="").first()
        return redirects.answer(request, gone and redirects.target(gone.language, gone.slug))
    wanted = [tag.split("-")[0] for tag, _ in parse_accept_lang_header(request.headers.get("accept-language", ""))]
    best = min(versions, key=lambda row: _rank(row, wanted))
    response = HttpResponseRedirect(best.get_absolute_url())
    patch_vary_headers(response, ["Accept-Language"])
    return response


@public_view()
def edition_list(request, slug):
    """All editions of an article. Of a removed one there is none; an old address leads to the new one."""
    article, shown = _with_editions(slug)
    if article is None:
        return redirects.renamed_answer(request, slug, "editions/")
    return render(
        request, "articles/editions.html", shown | {"rows": editions.rows(article, shown["editions"], shown["zone"])}
    )


@public_view()
def edition(request, slug, number):
    """The text of an earlier edition; the present one is the article's own page."""
    article, shown = _with_editions(slug)
    if article is None:
        return redirects.renamed_answer(request, slug, "editions/")
    found = {one.edition: one for one in shown["editions"]}
    if number not in found:
        raise Http404
    if number == max(found):
        return HttpResponseRedirect(article.get_absolute_url())
    day = editions.day_of(found[number], article, shown["zone"])
    text = editions.text(found[number], article.direction)
    shown |= {"edition": found[number], "day": day, "text": text}
    shown["has_changes"] = article.is_live and number > min(found)
    return render(request, "articles/edition.html", shown)


@public_view()
def edition_changes(request, slug, number):
    """What an edition changed in the text of the one before, word by word; of public articles only."""
    article, shown = _with_editions(slug)
    if article is None:
        return redirects.renamed_answer(request, slug, "editions/")
    found = {one.edition: one for one in shown["editions"]}
    before = max((other for other in found if other < number), default=None)
    if number not in found or before is None or not article.is_live:
        raise Http404
    [(edition, day, kind, note)] = editions.rows(article, [found[number]], shown["zone"])
    shown |= {"edition": edition, "day": day, "kind": kind, "note": note, "before": found[before]}
    shown |= {"is_present": number == max(found), "differences": editions.differences(found[before], edition)}
    return render(request, "articles/edition_changes.html", shown)


def _with_editions(slug):
    """(the article at an address, what the pages of its editions share); (None, {}) without an article."""
    article = redirects.current(content_language(), slug)
    if article is None:
        return None, {}
    shown = article_page.frame(article)
    return article, shown | {"editions": editions.editions(article)}


@public_view("page")
def corrections(request):
    number = ArticleFilter.page_number(request.GET.get("page"))
    page = editions.corrections(content_language(), number)
    if page is None:
        raise Http404
    context = {"page": page, "announced": editions.languages_with_corrections(), "query": QueryDict()}
    return render(request, "articles/corrections.html", context)


def _rank(article, wanted):
    liked = wanted.index(article.language) if article.language in wanted else len(wanted)
    return (liked, article.translation_of_id is not None, article.language)
