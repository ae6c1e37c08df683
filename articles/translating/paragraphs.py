"""Texts as lists of paragraphs: what changed between two versions, which of them belong together in two languages."""

import re
from collections import Counter
from difflib import SequenceMatcher
from typing import NamedTuple

from django.utils.html import format_html, format_html_join

from ..html import TooComplex, plain
from ..html.tree import Element, parse, text_of
from ..publishing.revisions import tidy_content

PLAIN, HTML = ("headline", "summary"), ("body", "notes_to_editors")
MOST = 1500  # paragraphs that are compared in order; of longer texts it is only counted which are new
MOST_WORDS = 1500
# Chinese is compared sign by sign, all else word by word; a number is one word.
WORDS = re.compile(r"\d+(?:[.,\u00a0\u202f]\d+)+|[\u3400-\u9fff]|[^\W\u3400-\u9fff]+|\s+|[^\w\s]")
SKIPPED = 0.6  # what it costs to leave a paragraph without a counterpart, where two of one kind and length cost nothing


class Paragraph(NamedTuple):
    """`part` is the field that it stands in, `kind` the tag; `links` are its addresses and the pictures it shows."""

    part: str
    kind: str
    text: str
    links: tuple = ()


class Change(NamedTuple):
    """A paragraph of the source that is new (`old` is None), gone (`new` is None) or another one; `at`: its place."""

    old: Paragraph | None
    new: Paragraph | None
    at: int


def paragraphs(content):
    """The paragraphs of an article: a model instance or the content of a revision."""
    value = tidy_content(content).get if isinstance(content, dict) else lambda name: getattr(content, name)
    found = [Paragraph(name, name, " ".join(text.split())) for name in PLAIN if (text := value(name) or "").strip()]
    return found + [one for name in HTML for one in of_html(value(name) or "", name)]


def of_html(html, part="body"):
    try:
        root = content_of(parse(html))
    except TooComplex:
        return [Paragraph(part, "p", plain(html))]
    return [one for one in _blocks(root, part, "p") if one.text or one.links]


def content_of(root):
    """The element within the frame that the parser adds to a text."""
    while len(root.children) == 1 and getattr(root.children[0], "tag", "") in ("html", "body"):
        root = root.children[0]
    return root


def _blocks(element, part, kind):
    """Yield a Paragraph for each block that holds text of its own; a row of a table is one."""
    inline = []
    for child in element.children:
        if isinstance(child, Element) and child.is_block and element.tag != "tr":
            if inline:
                yield _paragraph(inline, part, kind)
                inline = []
            yield from _blocks(child, part, "blockquote" if kind == "blockquote" and child.tag == "p" else child.tag)
        else:
            inline.append(child)
            if element.tag == "tr":
                inline.append(" ")
    if inline:
        yield _paragraph(inline, part, kind)


def _paragraph(nodes, part, kind):
    links = tuple(dict.fromkeys(address for node in nodes for address in _addresses(node)))
    return Paragraph(part, kind, " ".join("".join(map(text_of, nodes)).split()), links)


def addresses(element):
    """The addresses of its links and pictures, each once, in order."""
    return list(dict.fromkeys(_addresses(element)))


def _addresses(node):
    if isinstance(node, Element):
        if address := node.get("href") or node.get("src"):
            yield address
        for child in node.children:
            yield from _addresses(child)


def changes(old, new):
    """[Change] from one list of paragraphs to another, in order."""
    if old == new:
        return []
    if max(len(old), len(new)) > MOST:
        return _unordered(old, new)
    found = []
    for tag, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        before, after = old[start:end], new[new_start:new_end]
        for at in range(max(len(before), len(after))):
            one, other = (some[at] if at < len(some) else None for some in (before, after))
            found.append(Change(one, other, min(start + at, end)))
    return found


def _unordered(old, new):
    added, removed = list((Counter(new) - Counter(old)).elements()), list((Counter(old) - Counter(new)).elements())
    return [
        Change(*(some[at] if at < len(some) else None for some in (removed, added)), 0)
        for at in range(max(len(added), len(removed)))
    ]


def marked(old, new):
    """(old text with what is gone in <del>, new text with what is new in <ins>), as HTML."""
    one, other = WORDS.findall(old), WORDS.findall(new)
    if max(len(one), len(other)) > MOST_WORDS:
        return format_html("<del>{}</del>", old), format_html("<ins>{}</ins>", new)
    before, after = [], []
    for tag, start, end, new_start, new_end in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        _add(before, one[start:end], "" if tag == "equal" else "del")
        _add(after, other[new_start:new_end], "" if tag == "equal" else "ins")
    return _joined(before), _joined(after)


def _add(pieces, words, tag):
    if words:
        pieces.append((tag, "".join(words)))


def _joined(pieces):
    return format_html_join(
        "", "{}", ((format_html("<{0}>{1}</{0}>", tag, text) if tag else text,) for tag, text in pieces)
    )


def counterparts(source, translation):
    """For each paragraph of the source the place of that of the translation that belongs to it, or None.

    Headline and standfirst belong together by name; other paragraphs by their order, kind and length.
    """
    found = [None] * len(source)
    for part in (*PLAIN, *HTML):
        one = [at for at, paragraph in enumerate(source) if paragraph.part == part]
        other = [at for at, paragraph in enumerate(translation) if paragraph.part == part]
        for left, right in _pairs([source[at] for at in one], [translation[at] for at in other]):
            found[one[left]] = other[right]
    return found


def _pairs(one, other):
    """Pairs of places with the lowest sum of costs: the alignment of Needleman and Wunsch (1970)."""
    kinds = [paragraph.kind for paragraph in one], [paragraph.kind for paragraph in other]
    if kinds[0] == kinds[1] or len(one) * len(other) > 40_000:
        return list(zip(range(len(one)), range(len(other)), strict=False))
    ratio = (sum(len(p.text) for p in other) + 1) / (sum(len(p.text) for p in one) + 1)
    costs = [[SKIPPED * column for column in range(len(other) + 1)]]
    for row, left in enumerate(one, 1):
        costs.append([SKIPPED * row])
        for column, right in enumerate(other, 1):
            both = costs[row - 1][column - 1] + _difference(left, right, ratio)
            costs[row].append(min(both, costs[row - 1][column] + SKIPPED, costs[row][column - 1] + SKIPPED))
    pairs, row, column = [], len(one), len(other)
    while row and column:
        if costs[row][column] == costs[row - 1][column - 1] + _difference(one[row - 1], other[column - 1], ratio):
            row, column = row - 1, column - 1
            pairs.append((row, column))
        elif costs[row][column] == costs[row - 1][column] + SKIPPED:
            row -= 1
        else:
            column -= 1
    return pairs[::-1]


def _difference(left, right, ratio):
    """0 to 2: by how much kind and length of two paragraphs differ; `ratio` is that of their texts' lengths."""
    wanted, length = len(left.text) * ratio, len(right.text)
    return (left.kind != right.kind) + abs(wanted - length) / max(wanted, length, 1)


def of_quotes(texts):
    """The words of quotes, as paragraphs."""
    return [Paragraph("quotes", "blockquote", " ".join(text.split())) for text in texts]


def quotes_to_translate(source, language):
    """The words of the source's quotes, as paragraphs; but for those that were said in the language."""
    return of_quotes(source.quotes.exclude(language=language).values_list("text", flat=True))


def untranslated(source, translation):
    """The paragraphs of a translation that are still those of its source; names and figures may be the same."""
    known = {paragraph.text for paragraph in source if is_sentence(paragraph.text)}
    return [paragraph for paragraph in translation if paragraph.text in known]


def is_sentence(text):
    """Whether a text has so many words that it cannot be the same in two languages."""
    return len(visible_words(text)) >= 4


def visible_words(text):
    """The words of a text, without numbers and signs."""
    return [word for word in WORDS.findall(text) if word[0].isalpha()]
