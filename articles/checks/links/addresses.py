"""Where a URL of the own site leads, for the check of links: to a public page or not.

Drafts and addresses that never were get the same answer, so that nobody learns what is being written.
"""

from urllib.parse import unquote

from django.conf import settings
from django.urls import Resolver404, get_script_prefix, resolve
from django.utils.translation import override

from contacts.models import Contact, Country, Office, Region
from contacts.validators import parts_of

from ...fields import normal_slug
from ...models import Article, Attachment, Image, Recording, SlugHistory, Topic

NOWHERE, WITHDRAWN, GONE, ENDED = "nowhere", "withdrawn", "gone", "ended"

_pages = {}


def register(view_name, fault):
    """Register a function `fault(language, **parameters of the address)` for a view of another app: a code or ""."""
    _pages[view_name] = fault


def own_path(address):
    """The path of an address of this site, "/en/news/x/"; None if it is another site's or no web address."""
    if address.startswith("/"):
        return address
    parts = parts_of(address)
    if parts.scheme not in ("http", "https") or parts.hostname not in _own_hosts():
        return None
    return parts.path or "/"


def _own_hosts():
    named = {host for host in settings.ALLOWED_HOSTS if not host.startswith(("*", "."))}
    return named | {parts_of(settings.NEWSROOM_BASE_URL).hostname} - {None}


def fault(path):
    """A code that says why readers find nothing at a path of the own site, or something else; "" if all is well."""
    path = unquote(path.partition("#")[0].partition("?")[0])
    path = "/" + path.removeprefix(get_script_prefix()).removeprefix("/")
    language = path.split("/")[1]
    language = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with override(language):
        try:
            match = resolve(path if path.endswith("/") or "." in path.rpartition("/")[2] else f"{path}/")
        except Resolver404:
            return NOWHERE
    check = (FAULTS | _pages).get(match.view_name)
    return check(language, **match.kwargs) if check and "\0" not in path else ""


def _article(language, slug):
    slug = normal_slug(slug)
    old = SlugHistory.objects.leading().filter(language=language, slug=slug).select_related("article").first()
    return _of_state(old.article if old else Article.objects.at_address(language, slug).first())


def _of_state(article):
    if article is not None and article.state == Article.State.GONE:
        return GONE
    if article is None or not Article.objects.readable().filter(pk=article.pk).exists():
        return NOWHERE
    return WITHDRAWN if article.state == Article.State.WITHDRAWN else ""


def _permalink(language, reference):
    versions = Article.objects.filter(reference=reference).exclude(reference="")
    faults = {_of_state(article) for article in versions}
    return "" if "" in faults else next((code for code in (WITHDRAWN, GONE) if code in faults), NOWHERE)


def _coded(model):
    """For the pages of rows with a code: a region may be retired, a topic merged, an office closed."""

    def check(language, code):
        row = model.objects.filter(code=code).first()
        if row is None:
            return NOWHERE
        return ENDED if row.has_ended else ""

    return check


def _country(language, code):
    return "" if Country.objects.filter(iso3=code.upper()).exists() else NOWHERE


def _vcard(language, code):
    contact = Contact.objects.filter(code=code).first()
    return "" if contact and contact.for_public() else NOWHERE


def _media(language, name):
    """A file that is in the library: it becomes public with the article that uses it. Copies have other names."""
    known = any(model.objects.filter(file=name).exists() for model in (Image, Attachment, Recording))
    return "" if known or name.startswith("renditions/") else NOWHERE


FAULTS = {
    "articles:article": _article,
    "articles:region": _coded(Region),
    "articles:topic": _coded(Topic),
    "articles:country": _country,
    "contacts:office": _coded(Office),
    "contacts:office-vcard": _coded(Office),
    "contacts:vcard": _vcard,
    "permalink": _permalink,
    "media": _media,
}
