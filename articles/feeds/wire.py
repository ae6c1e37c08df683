"""One article in the formats of the news industry: ninjs 3.1 and NewsML-G2 2.35, of the IPTC (https://iptc.org).

Both are made of the same `Item`; their ids are those of the feeds.
"""

from dataclasses import dataclass, field

from django.conf import settings
from django.urls import reverse
from lxml import etree, html
from lxml.builder import ElementMaker

from contacts.languages import organisation_name
from contacts.public_pages import absolute

from ..html import without_controls
from ..models import ArticleContact
from ..pages.article_page import iso_moment
from ..pages.json_ld import contact_points
from ..pages.texts import pictures
from . import identity
from .entries import Entries, Entry, enclosure

NINJS = "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#"
G2 = "http://iptc.org/std/nar/2006-10-01/"
CATALOG = "http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_40.xml"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SUBJECTS = {"region": "cpnat:geoArea", "country": "cpnat:geoArea", "topic": "cpnat:abstract"}


@dataclass(frozen=True)
class Item:
    """An article's entry, and what the industry's formats say beside it."""

    entry: Entry
    home: str
    contacts: list = field(default_factory=list)  # ContactPoints of schema.org
    picture: object = None  # Enclosure
    size: tuple = (None, None)

    @property
    def article(self):
        return self.entry.article

    @property
    def published(self):
        return iso_moment(self.article.publish_at)


def item(request, pk, names):
    """The Item of a live article; None if it is none."""
    entry = next(iter(Entries(request, [pk], names)), None)
    if entry is None:
        return None
    ids = ArticleContact.objects.filter(article=pk).order_by("order", "pk").values_list("contact", flat=True)
    image = entry.image
    return Item(
        entry,
        absolute(request, reverse("articles:home")),
        contact_points(list(ids), names.generation),
        image and enclosure(request, image),
        (image.width, image.height) if image else (None, None),
    )


def ninjs(item):
    """https://iptc.org/standards/ninjs/"""
    entry, article, name = item.entry, item.article, organisation_name()
    data = {
        "standard": {"name": "ninjs", "version": "3.1", "schema": NINJS},
        "uri": entry.id,
        "type": "text",
        "representationType": "full",
        "version": str(entry.edition),
        "firstCreated": item.published,
        "versionCreated": iso_moment(entry.updated),
        "contentCreated": item.published,
        "pubStatus": "usable",
        "language": article.language,
        "headlines": [_text("main", entry.title)],
        "descriptions": [_text("summary", entry.summary)] if entry.summary else None,
        "bodies": [{"role": "main", "contentType": "text/html", "value": entry.content}],
        "by": name,
        "located": without_controls(article.dateline),
        "genres": [{"name": str(article.kind_label), "literal": article.kind}],
        "subjects": [_about(tag) for tag in entry.tags if tag.facet == "topic"],
        "places": [_about(tag) for tag in entry.tags if tag.facet != "topic"],
        "infoSources": [{"name": name, "role": "issuer", "uri": item.home, "contactInfo": _contact_info(item)}],
        "copyrightHolder": name,
        "copyrightNotice": identity.rights(),
        "rightsInfo": {"linkedRights": settings.NEWSROOM_LICENCE} if settings.NEWSROOM_LICENCE else None,
        "altIds": [
            {"role": "address", "value": entry.url},
            *([{"role": "reference", "value": article.reference}] if article.reference else []),
        ],
        "associations": [_picture(item)] if item.picture else None,
    }
    return {name: value for name, value in data.items() if value}


def _text(role, text):
    return {"role": role, "contentType": "text/plain", "value": text}


def _about(tag):
    return {"name": tag.name, "rel": "about", "uri": tag.url, "literal": tag.code}


def _contact_info(item):
    rows = [
        {"type": kind, "role": "media relations", "name": contact["name"], "value": contact[known]}
        for contact in item.contacts
        for kind, known in (("email", "email"), ("phone", "telephone"))
        if known in contact
    ]
    return rows or [{"type": "web", "value": item.home}]


def _picture(item):
    image, (width, height) = item.entry.image, item.size
    data = {
        "name": image.alt or image.credit,
        "rel": "lead picture",
        "uri": identity.permanent_id("pictures", image.sha256),
        "type": "picture",
        "by": image.credit,
        "copyrightNotice": pictures.credit_line(image),
        "usageTerms": image.local_terms,
        "descriptions": [_text("caption", image.caption)] if image.caption else None,
        "renditions": [{
            "name": "original", "href": item.picture.url, "contentType": item.picture.mime_type,
            "width": width, "height": height, "sizeInBytes": int(item.picture.length),
        }],
    }  # fmt: skip
    return {name: value for name, value in data.items() if value}


def newsml(item):
    """https://iptc.org/standards/newsml-g2/: a newsItem, as bytes."""
    make = ElementMaker(namespace=G2, nsmap={None: G2})
    entry, article = item.entry, item.article
    news = make.newsItem(
        make.catalogRef(href=CATALOG),
        make.rightsInfo(
            make.copyrightHolder(make.name(organisation_name()), uri=item.home),
            make.copyrightNotice(identity.rights()),
            *([make.usageTerms(settings.NEWSROOM_LICENCE)] if settings.NEWSROOM_LICENCE else []),
        ),
        _item_meta(make, item),
        _content_meta(make, item),
        make.contentSet(make.inlineXML(_xhtml(entry), contenttype="application/xhtml+xml")),
        guid=entry.id,
        version=str(entry.edition),
        standard="NewsML-G2",
        standardversion="2.35",
        conformance="power",
        dir=article.direction,
    )
    news.set(XML_LANG, article.language)
    return etree.tostring(news, xml_declaration=True, encoding="UTF-8")


def _item_meta(make, item):
    entry, picture = item.entry, item.picture
    meta = make.itemMeta(
        make.itemClass(qcode="ninat:text"),
        make.provider(make.name(organisation_name()), uri=item.home),
        make.versionCreated(iso_moment(entry.updated)),
        make.firstCreated(item.published),
        make.pubStatus(qcode="stat:usable"),
        make.title(entry.title),
        make.link(rel="irel:seeAlso", href=entry.url, contenttype="text/html"),
    )
    if picture:
        meta.append(
            make.link(rel="irel:associatedWith", href=picture.url, contenttype=picture.mime_type, size=picture.length)
        )
    return meta


def _content_meta(make, item):
    entry, article = item.entry, item.article
    dateline = without_controls(article.dateline)
    meta = make.contentMeta(make.contentCreated(item.published))
    if dateline:
        meta.append(make.located(make.name(dateline)))
    meta.append(make.creator(make.name(organisation_name()), uri=item.home))
    if article.reference:
        meta.append(make.altId(article.reference))
    meta.append(make.language({"tag": article.language}))
    meta.append(make.genre(make.name(str(article.kind_label)), literal=article.kind))
    for tag in entry.tags:
        meta.append(make.subject(make.name(tag.name), type=SUBJECTS[tag.facet], uri=tag.url))
    meta.append(make.headline(entry.title))
    if dateline:
        meta.append(make.dateline(dateline))
    if entry.summary:
        meta.append(make.description(entry.summary, role="drol:summary"))
    return meta


def _xhtml(entry):
    """The article as a page of XHTML."""
    page = html.document_fromstring(f"<html><head></head><body>{entry.content}</body></html>")
    etree.SubElement(page.find("head"), "title").text = entry.title
    html.html_to_xhtml(page)
    return page
