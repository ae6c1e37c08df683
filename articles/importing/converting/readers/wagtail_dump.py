"""Reads what `manage.py dumpdata` writes of a Wagtail site as the pages that its API would answer.

A dump has more than the API: the addresses of pictures and documents within texts, authors, what is a draft.
"""

import re
from html import escape

import msgspec

TOPICS = ("topic", "topics", "category", "categories")
ROOM = "wagtailcore."
OF_OTHERS = {"filter_spec", "duration"}  # fields of smaller copies of pictures, and of films
PORTS = {80: "http", 443: "https"}

_embedded_picture = re.compile(r"<embed\s[^<>]*\bembedtype=\"image\"[^<>]*/?>(?:</embed>)?")
_document_link = re.compile(r"<a\s[^<>]*\blinktype=\"document\"[^<>]*>")
_attribute = re.compile(r'\b(id|alt)="([^"]*)"')


def is_dump(found):
    return isinstance(found, list) and any(_model(row).startswith(ROOM) for row in found)


def pages(found):
    """The pages of a dump, each as the API would answer it."""
    return _Dump(found).pages()


def _model(row):
    model = row.get("model") if isinstance(row, dict) and isinstance(row.get("fields"), dict) else None
    return model if isinstance(model, str) else ""


class _Dump:
    def __init__(self, found):
        self.rows = {}  # {model: {number: fields}}
        for row in found:
            if model := _model(row):
                self.rows.setdefault(model, {})[_hashable(row.get("pk"))] = row["fields"]
        self.all_pages = self.rows.get("wagtailcore.page", {})
        sites = self.rows.get("wagtailcore.site", {}).values()
        site = next((one for one in sites if one.get("is_default_site")), next(iter(sites), {}))
        host, port = site.get("hostname") or "wagtail", site.get("port") or 443
        self.site = f"{PORTS.get(port, 'https')}://{host}" + ("" if port in PORTS else f":{port}")
        self.root = str(self.all_pages.get(_hashable(site.get("root_page")), {}).get("url_path") or "/")
        self.pictures, self.documents = self._files(has_size=True), self._files(has_size=False)
        self.tags = self._tags()

    def _files(self, has_size):
        """{number: fields} of pictures, which have a width, or of documents. Other files have the same numbers."""
        return {
            number: fields
            for rows in self.rows.values()
            if all(
                "file" in one and ("width" in one) is has_size and not OF_OTHERS & one.keys() for one in rows.values()
            )
            for number, fields in rows.items()
        }

    def _tags(self):
        """{number of a page: [names]}, from the rows that join pages and tags."""
        names = {number: one.get("name") for number, one in self.rows.get("taggit.tag", {}).items()}
        found = {}
        for rows in self.rows.values():
            for row in rows.values():
                if isinstance(row.get("content_object"), int) and names.get(_hashable(row.get("tag"))):
                    found.setdefault(row["content_object"], []).append(names[row["tag"]])
        return found

    def pages(self):
        for number, fields in self.all_pages.items():
            address = str(fields.get("url_path") or "")
            if address.startswith(self.root) and address != self.root:
                yield self._page(number, fields, f"{self.site}/{address[len(self.root) :]}")

    def _page(self, number, fields, address):
        kind = self._kind(fields.get("content_type"))
        own = {name: self._value(name, value) for name, value in self.rows.get(kind, {}).get(number, {}).items()}
        terms = [self._label(name, one) for name in TOPICS for one in _listed(own.pop(name, None))]
        locale = self.rows.get("wagtailcore.locale", {}).get(_hashable(fields.get("locale")), {})
        return own | {
            "id": number,
            "title": fields.get("title"),
            "author": self._label("author", own.get("author")),
            "tags": [*filter(None, terms), *self.tags.get(number, [])],
            "meta": {
                "type": kind, "html_url": address, "slug": fields.get("slug"), "locale": locale.get("language_code"),
                "first_published_at": fields.get("first_published_at"), "is_draft": fields.get("live") is False,
            },
        }  # fmt: skip

    def _kind(self, content_type):
        """The model of a page: "news.newspage"."""
        if isinstance(content_type, list) and len(content_type) == 2:
            return ".".join(map(str, content_type))
        row = self.rows.get("contenttypes.contenttype", {}).get(_hashable(content_type), {})
        return f"{row.get('app_label')}.{row.get('model')}"

    def _label(self, name, number):
        """What a row is called that a field names by its number, of the one model that is called like the field."""
        if isinstance(number, str):
            return number
        if not isinstance(number, int) or isinstance(number, bool):
            return ""
        stem = name.removesuffix("ies").removesuffix("s")
        models = [rows for model, rows in self.rows.items() if stem in model.rpartition(".")[2] and number in rows]
        row = models[0][number] if len(models) == 1 else {}
        return next((row[key] for key in ("name", "title") if isinstance(row.get(key), str)), "")

    def _value(self, name, value):
        """A value of a page as the API answers it: streams as lists, pictures with their addresses."""
        if isinstance(value, str) and value.startswith(("[{", "[]")):
            try:
                value = msgspec.json.decode(value)
            except (msgspec.MsgspecError, RecursionError):
                return value
        if isinstance(value, str):
            return self._with_files(value)
        if isinstance(value, list):
            found = [self._value(name, one) for one in value]
            return found[0]["value"] if "image" in name and _is_one_picture(found) else found
        if isinstance(value, dict) and isinstance(value.get("type"), str) and "value" in value:
            return {"type": value["type"], "value": self._value(value["type"], value["value"])}
        if isinstance(value, dict):
            return self._block(value)
        is_picture = "image" in name and isinstance(value, int) and value in self.pictures
        return self._picture(value) if is_picture else value

    def _block(self, block):
        """A block with several values. Its picture gets the alternative text that stands beside it."""
        alts = [key for key in block if re.search(r"(?:^|_)alt(?:_|$)", key) and isinstance(block[key], str)]
        found = {key: self._value(key, value) for key, value in block.items() if key not in alts}
        shown = [one for one in found.values() if isinstance(one, dict) and "download_url" in one.get("meta", {})]
        if len(shown) == 1:
            shown[0]["title"] = next((block[key] for key in alts if block[key]), shown[0]["title"])
            texts = [key for key in found if key == "caption" and found[key]]
            return shown[0] if not texts and len(found) <= 2 else found
        return found

    def _picture(self, number):
        fields = self.pictures[number]
        alt = fields.get("alternative_text") or fields.get("description") or fields.get("title") or ""
        return {"id": number, "title": alt, "meta": {"download_url": f"{self.site}/media/{fields['file']}"}}

    def _with_files(self, html):
        """A rich text in which pictures and documents have addresses."""
        html = _embedded_picture.sub(self._embedded, html) if "<embed" in html else html
        return _document_link.sub(self._document, html) if "linktype" in html else html

    def _embedded(self, tag):
        given = dict(_attribute.findall(tag[0]))
        number = int(given.get("id", "0")) if given.get("id", "").isdecimal() else 0
        if number not in self.pictures:
            return tag[0]
        picture = self._picture(number)
        alt = given.get("alt") or escape(picture["title"])
        return f'<img src="{escape(picture["meta"]["download_url"])}" alt="{alt}">'

    def _document(self, tag):
        number = dict(_attribute.findall(tag[0])).get("id", "")
        fields = self.documents.get(int(number) if number.isdecimal() else 0)
        if not fields:
            return tag[0]
        return f'<a href="{escape(self.site)}/documents/{number}/{escape(str(fields["file"]).rpartition("/")[2])}">'


def _is_one_picture(found):
    value = found[0].get("value") if len(found) == 1 and isinstance(found[0], dict) else None
    return isinstance(value, dict) and "download_url" in (value.get("meta") or {})


def _listed(value):
    return value if isinstance(value, list) else [value]


def _hashable(value):
    return value if isinstance(value, int | str) else None
