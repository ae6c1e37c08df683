"""Check of links that lead nowhere: within the site at once, to other sites by what the nightly check has found."""

from django.db.models import Q
from django.utils.translation import gettext_lazy

from ...models import BrokenLink
from ..draft import HTML_FIELDS
from ..finding import Finding
from . import addresses

MOST = 100  # links of one text that are looked up while somebody writes it
SENTENCES = {
    addresses.NOWHERE: gettext_lazy("A link leads to no public page: %(address)s"),
    addresses.WITHDRAWN: gettext_lazy("A link leads to a withdrawn article: %(address)s"),
    addresses.GONE: gettext_lazy("A link leads to an article that was removed: %(address)s"),
    addresses.ENDED: gettext_lazy("A link leads to something that is no longer in use: %(address)s"),
    "answer": gettext_lazy("A link does not work, the other site answers %(status)s: %(address)s"),
    "unreachable": gettext_lazy("A link does not work, the other site cannot be reached: %(address)s"),
}


def sentence(fault, address, status=0):
    return SENTENCES[fault] % {"address": address, "status": status}


def shown():
    """The stored findings that are certain enough to be shown."""
    return BrokenLink.objects.filter(Q(fault__in=BrokenLink.CERTAIN) | Q(times__gte=2))


def links_of(draft):
    """[(field, address)] of the links in texts and of the related links, each once."""
    found = [(field, link.get("href")) for field in HTML_FIELDS for link in draft.elements("a", field=field)]
    found += [("related_links", address) for address in draft.related_links]
    return list(dict.fromkeys((field, address) for field, address in found if address))


def broken_links(draft):
    article = draft.article
    rows = shown().filter(article__in=filter(None, [article.pk, article.revises_id]))
    known = {row.address: row for row in rows}
    for field, address in links_of(draft)[:MOST]:
        path = addresses.own_path(address)
        if path is not None:
            if fault := addresses.fault(path):
                yield Finding(field, sentence(fault, address))
        elif row := known.get(address):
            yield Finding(field, sentence(row.fault, address, row.status))
