"""Reads articles as the API shows them: for all articles of a page at once, and only what the chosen fields need.

`Articles(…).rows()` gives a dictionary for each article, with the names of the fields of `serializers.Article`.
"""

import re
from collections import defaultdict
from functools import cached_property

from django.urls import reverse

from contacts import directory

from .. import models
from ..html import plain
from ..kinds import kind_label
from ..listing.in_memory import lists_in_memory
from ..models import Article, Attachment, Correction, RelatedLink, Revision
from ..pages import article_page
from ..pages.texts import own_links, pictures
from ..querysets import LARGE

JOINED = {
    "regions": models.ArticleRegion,
    "countries": models.ArticleCountry,
    "topics": models.ArticleTopic,
    "contacts": models.ArticleContact,
    "gallery": models.ArticleImage,
    "attachments": models.ArticleAttachment,
}
TEXTS = ("body", "notes_to_editors", "boilerplate")
TAG = re.compile(r'<[a-z][^<>"]*(?:"[^"]*"[^<>"]*)*>')
OWN_ADDRESS = re.compile(r'(?<=[ ])((?:src|href)=")/(?!/)')
SEPARATOR = "\0"  # in no text
FACETS = {"regions": "region", "countries": "country", "topics": "topic"}


def in_order(articles, ids, fields):
    """Those of a queryset with these ids, in their order, without the large texts that no field needs."""
    needed = {*fields, "body"} if "text" in fields else {*fields}
    found = articles.order_by().defer(*(name for name in LARGE if name not in needed)).in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


class Articles:
    """absolute: a function from a path to an absolute address."""

    def __init__(self, articles, fields, absolute):
        self.articles, self.fields, self.absolute = articles, fields, absolute
        self.ids = [article.pk for article in articles]
        self.names = lists_in_memory().names()

    def rows(self):
        parts = {name: getattr(self, f"_{name}", None) for name in self.fields}
        return [
            {name: part(article) if part else getattr(article, name) for name, part in parts.items()}
            for article in self.articles
        ]

    # Fields of the article itself

    def _url(self, article):
        return self.absolute(article.get_absolute_url())

    def _api_url(self, article):
        return self.absolute(reverse("api:article", args=[article.pk]))

    def _state(self, article):
        return "withdrawn" if article.state == Article.State.WITHDRAWN else "live"

    def _withdrawal(self, article):
        if self._state(article) == "live":
            return None
        instead = article_page.instead_of(article)
        return {"note": article.withdrawal_note, "read_instead": instead and self.version(instead)}

    def _kind(self, article):
        return {"code": article.kind, "name": str(kind_label(article.kind))}

    def _dateline(self, article):
        country = self.names.row("country", article.dateline_country_id) if article.dateline_country_id else None
        if not (country or article.dateline_place):
            return None
        return {"place": article.dateline_place, "country": country and self._named("country", country, article)}

    def _published_at(self, article):
        return article.publish_at

    def _published_on(self, article):
        return article.day

    def _modified_at(self, article):
        return article_page.changed_at(article)

    def _body(self, article):
        return self._texts[article.pk]["body"]

    def _notes_to_editors(self, article):
        return self._texts[article.pk]["notes_to_editors"]

    def _boilerplate(self, article):
        text = self._texts[article.pk]["boilerplate"]
        return {"title": article.boilerplate_title, "body": text} if text else None

    def _text(self, article):
        return plain(article.body)

    @cached_property
    def _texts(self):
        """{id: {name: HTML with absolute addresses}}; all texts at once, because their links cost queries."""
        names = [name for name in TEXTS if name in self.fields]
        whole = own_links.current(SEPARATOR.join(getattr(one, name) for one in self.articles for name in names))
        parts = iter(TAG.sub(self._with_absolute_addresses, whole).split(SEPARATOR))
        return {one.pk: {name: next(parts) for name in names} for one in self.articles}

    def _with_absolute_addresses(self, tag):
        return OWN_ADDRESS.sub(lambda found: found[1] + self.absolute("/"), tag[0])

    # What it is joined to

    @cached_property
    def _joined(self):
        """{field: {article: [ids], in order}}"""
        found = {}
        fields = {*self.fields} | ({"countries"} if "primary_country" in self.fields else set())
        for name in JOINED.keys() & fields:
            row, found[name] = JOINED[name], defaultdict(list)
            rows = row.objects.filter(article__in=self.ids).order_by("order", "id")
            for article, target in rows.values_list("article", f"{row.target}_id"):
                found[name][article].append(target)
        return found

    def _of_facet(self, field, article):
        name = FACETS[field]
        codes = self.names.current_codes(name, self._joined[field][article.pk])
        rows = self.names.rows(name)
        return [self._named(name, rows[code], article) for code in dict.fromkeys(codes.values())]

    def _named(self, name, row, article):
        """A row with its name in the article's language, as far as it has one."""
        code = row.key.lower() if name == "country" else row.key
        return {"code": code, "name": row.wording("name", article.language).text or row.key, **self._places(name, code)}

    def _places(self, name, code):
        api, page = reverse(f"api:{name}", args=[code]), self.names.rows(name)[code].get_absolute_url()
        return {"url": self.absolute(page), "api_url": self.absolute(api)}

    def _regions(self, article):
        return self._of_facet("regions", article)

    def _countries(self, article):
        return self._of_facet("countries", article)

    def _primary_country(self, article):
        return next(iter(self._countries(article)), None)

    def _topics(self, article):
        return self._of_facet("topics", article)

    def _office(self, article):
        row = self.names.row("office", article.office_id) if article.office_id else None
        return row and self._named("office", row, article)

    @cached_property
    def _answering(self):
        return directory.answering({pk for ids in self._joined["contacts"].values() for pk in ids})

    def _contacts(self, article):
        found = (self._answering[pk] for pk in self._joined["contacts"][article.pk])
        return list(dict.fromkeys(contact for contact in found if contact is not None))

    @cached_property
    def _images(self):
        wanted = [one.lead_image_id for one in self.articles if one.lead_image_id and "lead_image" in self.fields]
        for ids in self._joined.get("gallery", {}).values():
            wanted += ids
        return article_page.images_by_id(wanted)

    def _lead_image(self, article):
        image = self._images.get(article.lead_image_id)
        return image and self._picture(image)

    def _gallery(self, article):
        found = map(self._images.get, self._joined["gallery"][article.pk])
        return [self._picture(image) for image in found if image]

    def _picture(self, image):
        width, height = pictures.size(image)
        texts = list(image.translations.all())
        return {
            "url": self.absolute(pictures.address(image)),
            "width": width,
            "height": height,
            "alt": {} if image.decorative else {text.language: text.alt for text in texts if text.alt},
            "caption": {text.language: text.caption for text in texts if text.caption},
            "credit": image.credit,
            "copyright": image.copyright_notice,
            "terms": image.terms,
            "translated_terms": {text.language: text.terms for text in texts if text.terms},
        }

    @cached_property
    def _files(self):
        return Attachment.objects.in_bulk({pk for ids in self._joined["attachments"].values() for pk in ids})

    def _attachments(self, article):
        found = (self._files[pk] for pk in self._joined["attachments"][article.pk])
        return [
            {
                "url": self.absolute(file.get_absolute_url()),
                "title": file.title,
                "language": file.language,
                "content_type": file.content_type,
                "size": file.size,
                "sha256": file.sha256,
            }
            for file in found
        ]

    # What belongs to it

    def _grouped(self, rows, name="article_id"):
        found = defaultdict(list)
        for row in rows:
            found[getattr(row, name)].append(row)
        return found

    @cached_property
    def _links(self):
        return self._grouped(RelatedLink.objects.filter(article__in=self.ids))

    def _related_links(self, article):
        return [{"url": link.url, "title": link.title} for link in self._links[article.pk]]

    @cached_property
    def _corrected(self):
        return self._grouped(Correction.objects.filter(article__in=self.ids))

    def _corrections(self, article):
        return [
            {"edition": one.edition, "at": one.at, "was_wrong": one.wrong, "now": one.now}
            for one in self._corrected[article.pk]
        ]

    @cached_property
    def _last_editions(self):
        editions = Revision.objects.filter(article__in=self.ids, edition__gt=0).order_by("edition")
        return {one.article_id: one for one in editions.only("article_id", "edition", "sha256", "created_at")}

    def _edition(self, article):
        last = self._last_editions.get(article.pk)
        return last and {"number": last.edition, "sha256": last.sha256}

    @cached_property
    def _stories(self):
        """{id of a source: its live versions}"""
        sources = {one.translation_of_id or one.pk for one in self.articles}
        live = Article.objects.live().order_by().only("language", "slug", "translation_of_id", "headline")
        # Two queries: for one with “or”, SQLite reads the whole table.
        rows = [*live.filter(pk__in=sources), *live.filter(translation_of__in=sources)]
        found = defaultdict(list)
        for row in sorted(rows, key=lambda row: row.language):
            found[row.translation_of_id or row.pk].append(row)
        return found

    def _translations(self, article):
        versions = self._stories[article.translation_of_id or article.pk]
        return [self.version(one) for one in versions if one.pk != article.pk]

    def _translation_of(self, article):
        source = article.translation_of_id
        found = next((one for one in self._stories[source] if one.pk == source), None) if source else None
        return found and self.version(found)

    def version(self, article):
        return {
            "id": article.pk,
            "language": article.language,
            "headline": article.headline,
            "url": self._url(article),
            "api_url": self._api_url(article),
        }
