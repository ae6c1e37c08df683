"""Middleware: redirects other spellings of a public URL permanently to the one correct spelling.

Asked only where an address leads nowhere (404), so pages that are found cost nothing. Known spellings: Unicode that is
not composed (NFD), another case, marks around or behind the address, double or missing slashes, languages as browsers
name them ("en-GB", "zh-hans"), other codes of countries, and names instead of codes. What is none of these may be an
address of a former system (`articles.old_addresses`).
"""

import re
import unicodedata
from urllib.parse import unquote

from django.conf import settings
from django.http import HttpResponsePermanentRedirect
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language, override

from articles.fields import normal_slug
from articles.listing.in_memory import lists_in_memory
from articles.models import Article
from articles.old_addresses import finding
from articles.pages import article_page, redirects
from contacts import directory
from contacts.models import Contact, Office

from .models import Page

LONGEST = 1000  # characters of a path
REFERENCE = re.compile("[-a-zA-Z0-9_]+")
FACET_OF = {"regions": "region", "countries": "country", "topics": "topic", "offices": "office"}
WHOLE = ("articles:list", "articles:corrections", "contacts:offices", "contacts:media-contacts")  # pages without a code


def one_spelling(get_response):
    """Middleware, the innermost one: it sees the answers of the views before anything adds a slash or a language."""

    def answer(request):
        response = get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        address = other_address(request.path_info)
        if address is None:
            return finding.answer(request) or response
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)

    return answer


def other_address(path):
    """The address of the page that a path is another spelling of; None if there is none."""
    if len(path) > LONGEST or "\0" in path:
        return None
    # Some programs encode an address twice.
    parts = list(filter(None, map(cleaned, unquote(path).split("/"))))
    if len(parts) == 2 and parts[0].lower() == "r":
        return _permalink(path, parts[1])
    language = site_language(parts[0]) if parts else None
    if language is None or len(parts) > 3:
        return None
    with override(language):
        return _page(path, *parts[1:])


def cleaned(part):
    """One part of a path without what was typed or pasted around it: blanks, invisible marks, punctuation."""
    text = unicodedata.normalize("NFC", "".join(one for one in part if unicodedata.category(one)[0] != "C"))
    start, end = 0, len(text)
    while start < end and _is_around(text[start]):
        start += 1
    while end > start and _is_around(text[end - 1]):
        end -= 1
    return text[start:end]


def _is_around(character):
    return character not in "-_" and unicodedata.category(character)[0] in "PSZ"


def site_language(tag):
    """The language of the site that a tag names: "en" for "EN", "en-GB" and "en_us"; None if there is none."""
    codes = {code.lower(): code for code, _ in settings.LANGUAGES}
    wanted = tag.lower().replace("_", "-")
    while wanted and wanted not in codes:
        wanted = wanted.rpartition("-")[0]
    return codes.get(wanted)


def _if_other(path, address):
    """The address, unless it is that of the path itself, which leads nowhere."""
    own = address and "/" + unquote(address).removeprefix(get_script_prefix())
    return address if own and own != path else None


def _permalink(path, reference):
    address = _if_other(path, reverse("permalink", args=[reference])) if REFERENCE.fullmatch(reference) else None
    known = Article.objects.filter(reference=reference)
    # What is not public yet must not show that it exists.
    return address if address and (known.readable().exists() or known.gone().exists()) else None


def _page(path, section="", code=""):
    section = section.lower()
    if not section:
        return _if_other(path, reverse("articles:home"))
    if not code:
        whole = (address for address in map(reverse, WHOLE) if address.endswith(f"/{section}/"))
        return _if_other(path, next(whole, None))
    if section == "news":
        return _article(path, normal_slug(code))
    return _if_other(path, _page_of_code(section, code))


def _article(path, slug):
    """An article's address, or where its own redirect leads: one step for the reader."""
    own = _if_other(path, reverse("articles:article", args=[slug])) if slug else None
    if own is None or article_page.at_address(get_language(), slug):
        return own
    target = redirects.target(get_language(), slug)
    if target is None:
        return None
    return target[0] if target is not redirects.GONE and target[1] else own


def _page_of_code(section, code):
    if code.lower().endswith(".vcf"):
        return _vcard(section, code[: -len(".vcf")])
    if section in FACET_OF:
        names, name = lists_in_memory().names(), FACET_OF[section]
        known = names.known(name, code)
        return known and names.rows(name)[known].get_absolute_url()
    return _of_code(Page.objects.published(), "page", code) if section == "about" else None


def _vcard(section, typed):
    if section == "offices":
        return _of_code(Office.objects, "contacts:office-vcard", typed)
    if section != "contacts":
        return None
    answering = directory.answering(Contact.objects.filter(code__in=_codes(typed)).values_list("pk", flat=True))
    # What is not public yet must not show that it exists.
    public = [pk for pk, contact in answering.items() if contact is not None]
    return _of_code(Contact.objects.filter(pk__in=public), "contacts:vcard", typed)


def _codes(typed):
    return {typed, typed.lower()}


def _of_code(rows, view, typed):
    code = rows.filter(code__in=_codes(typed)).values_list("code", flat=True).first()
    return code and reverse(view, args=[code])
