"""Reads HTML pages of a former site: title, date, author and main text, from JSON-LD, `meta` and the tags."""

import json
import posixpath
import re
from datetime import UTC, datetime
from urllib.parse import unquote

from lxml import etree
from lxml import html as lxml_html

from contacts.validators import parts_of

from ...read.files import Folder
from ...report import FixtureError
from ..stories import Loss, Media, Story, Term
from ..texts import host_of, path_of, slug_of

DOCUMENTS = (".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".odt", ".ods", ".csv", ".zip", ".txt", ".rtf")
ARTICLES = {"article", "newsarticle", "reportagenewsarticle", "blogposting", "socialmediaposting", "report"}
NO_TEXT = "page left out: it has no main text"
NO_ZONE = "date without a time zone: taken as UTC"
GUESSED = "page names no encoding and is not in UTF-8: read as Windows-1252, --encoding names another"
NO_DAY = "date that cannot be read left out"
# Where the main text is, the surest place first.
MAIN = (
    "//*[@itemprop='articleBody']", "//article[not(ancestor::article)]", "//main", "//*[@role='main']",
    "//*[@id='content' or @id='main' or @id='article']",
    "//div[contains(concat(' ', @class, ' '), ' entry-content ') or contains(concat(' ', @class, ' '), ' content ')]",
)  # fmt: skip
ASIDE = ".//header|.//nav|.//footer|.//aside|.//script|.//style|.//form|.//noscript|.//h1|.//comment()"
LONGEST_TAG = 60_000  # characters, pictures within the tag not counted; the parser compares its attributes pairwise
_endless_tag = re.compile(rf"<[A-Za-z](?:[^<>\"']|\"[^<>\"]*+\"|'[^<>']*+'){{{LONGEST_TAG}}}")
_charset = re.compile(
    rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]+)|<\?xml[^>]{0,99}encoding=["']([\w-]+)""", re.I
)


class Pages:
    """The reader of HTML pages; those of one folder are one site."""

    def __init__(self, inputs, site=""):
        """`site`: where the pages of the folder were, for pages that do not name their address."""
        self.inputs, self.site, self.folders = inputs, site, {}

    def read(self):
        """Yield a Story for each page, or a Loss."""
        for one in self.inputs:
            text, is_guessed = _decoded(one)
            tree = _parsed(one, text)
            if (main := _main(tree)) is None:
                yield Loss(one.name, "", NO_TEXT)
                continue
            story = self._story(one, _Head(tree, main), main)
            if is_guessed:
                story.lose("", GUESSED)
            yield story

    def finish(self, story, context):
        one, html = story.raw
        context.base = story.address
        context.picture = lambda address, element: self._media(one, element.get("src"), address)
        context.file = lambda address, text: self._file(story, one, address, text)
        return html

    def rest(self):
        return ()

    def _story(self, one, head, main):
        path = one.path.relative_to(one.folder).as_posix()
        address = head.address() or (f"{self.site.rstrip('/')}/{path}" if self.site else "")
        story = Story(
            place=one.name,
            identifier=address or path,
            source=host_of(address) or one.folder.resolve().name,
            address=address,
            title=head.title(),
            slug=slug_of(address),
            language=head.language(),
            summary=head.meta("description", "og:description"),
            author=head.author(),
            terms=[Term(name, name) for name in head.topics()],
            group=head.group(),
        )
        story.published = _moment(story, head.date("datePublished", PUBLISHED))
        story.updated = _moment(story, head.date("dateModified", ("article:modified_time", "og:updated_time")))
        if picture := head.meta("og:image"):
            story.lead = self._media(one, picture, picture)
        for aside in main.xpath(ASIDE):
            aside.drop_tree()
        story.raw = one, lxml_html.tostring(main, encoding="unicode", with_tail=False)
        return story

    def _media(self, one, written, address):
        return Media(address, path=self._path(one, written))

    def _path(self, one, written):
        """The path below the folder of a file that a page names relative to itself, "" if there is none."""
        parts = parts_of(written)
        if parts.scheme not in ("", "http", "https") or not parts.path:
            return ""
        folder = posixpath.dirname(one.path.relative_to(one.folder).as_posix())
        path = unquote(parts.path)
        path = path.lstrip("/") if path.startswith("/") else posixpath.normpath(posixpath.join(folder, path))
        files = self.folders.setdefault(one.folder, Folder(one.folder))
        return path if not path.startswith("..") and files.find(path) else ""

    def _file(self, story, one, address, text):
        if not path_of(address).endswith(DOCUMENTS) or not (path := self._path(one, address)):
            return False
        if all(media.path != path for media in story.files):
            story.files.append(Media(address, path=path, title=text))
        return True


PUBLISHED = ("article:published_time", "datePublished", "date", "DC.date.issued", "dcterms.date", "DC.date", "pubdate")


class _Head:
    """What a page says of itself."""

    def __init__(self, tree, main):
        self.tree, self.main, self.data = tree, main, _json_ld(tree)
        self.metas = {}
        for meta in tree.iterfind(".//meta"):
            name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
            if meta.get("content"):
                self.metas.setdefault(name.lower(), []).append(meta.get("content").strip())

    def meta(self, *names):
        return next((self.metas[name.lower()][0] for name in names if name.lower() in self.metas), "")

    def title(self):
        own = self.data.get("headline") if isinstance(self.data.get("headline"), str) else ""
        found = [*self.main.xpath(".//h1"), *self.tree.xpath("//h1"), *self.tree.xpath("//title")]
        texts = (" ".join(each.text_content().split()) for each in found)
        return own or self.meta("og:title") or next(filter(None, texts), "")

    def language(self):
        return self.tree.get("lang") or self.tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""

    def address(self):
        links = self.tree.xpath("//link[@rel='canonical']/@href")
        found = [*links, self.meta("og:url")]
        return next((each.strip() for each in found if each.strip().lower().startswith(("http://", "https://"))), "")

    def author(self):
        authors = self.data.get("author") or []
        authors = authors if isinstance(authors, list) else [authors]
        names = [each.get("name") if isinstance(each, dict) else each for each in authors]
        named = ", ".join(name for name in names if isinstance(name, str))
        return named or self.meta("author", "article:author_name", "DC.creator")

    def topics(self):
        tags = self.metas.get("article:tag", []) + self.metas.get("article:section", [])
        return list(dict.fromkeys(tag for tag in tags if tag))

    def date(self, name, metas):
        """The text of a date: from JSON-LD, a `meta`, or, for the publication, the first `time` of the article."""
        found = self.data.get(name)
        if isinstance(found, str) and found:
            return found
        times = (
            self.tree.xpath("(//article//time|//main//time|//time[@pubdate])/@datetime") if metas is PUBLISHED else []
        )
        return self.meta(*metas) or next(iter(times), "")

    def group(self):
        """The same text for all languages of a page, from its `hreflang` links."""
        others = self.tree.xpath("//link[@rel='alternate'][@hreflang]/@href")
        return min(others) if len(set(others)) > 1 else ""


def _parsed(one, text):
    if not text.strip():
        raise FixtureError(f"{one.name} is empty.")
    if _endless_tag.search(text):
        raise FixtureError(f"{one.name}: has a tag of more than {LONGEST_TAG:,} characters.")
    try:
        parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True)
        return lxml_html.document_fromstring(text.encode("utf-8", "ignore"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise FixtureError(f"{one.name}:1: is no readable HTML ({str(error).splitlines()[0]}).") from None


def _decoded(one):
    """(the text of a page in the encoding that it names, in UTF-8 or in Windows-1252, whether that is a guess)."""
    data = one.whole()
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace").removeprefix("\ufeff"), False
    named = None if one.encoding else _charset.search(data[:4096])
    encodings = [(named[1] or named[2]).decode("ascii")] if named else []
    for encoding in (*encodings, "utf-8"):
        try:
            return data.decode("cp1252" if encoding.lower() in ("iso-8859-1", "latin1", "latin-1") else encoding), False
        except (UnicodeError, LookupError):  # scripts write charset=undefined, which is a codec that always fails
            continue
    return data.decode("cp1252", "replace"), True


def _main(tree):
    """The element with the main text, None if there is no text."""
    for path in MAIN:
        for found in tree.xpath(path):
            if found.text_content().strip():
                return found
    paragraphs = {}
    for paragraph in tree.iterfind(".//p"):
        parent = paragraph.getparent()
        paragraphs[parent] = paragraphs.get(parent, 0) + len(paragraph.text_content().strip())
    best = max(paragraphs, key=paragraphs.get, default=None)
    return best if best is not None and paragraphs[best] else None


def _json_ld(tree):
    """The article among the data in JSON-LD, {} if there is none."""
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            data = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        found = data.get("@graph", [data]) if isinstance(data, dict) else data
        for each in found if isinstance(found, list) else ():
            kinds = each.get("@type") if isinstance(each, dict) else None
            kinds = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(kind, str) and kind.lower() in ARTICLES for kind in kinds):
                return each
    return {}


def _moment(story, text):
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text.strip())
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):  # some systems write the first day of year 1 for none
        story.lose("publish_at", NO_DAY, text)
        return None
    story.lose("publish_at", NO_ZONE, text)
    return moment.replace(tzinfo=UTC)
