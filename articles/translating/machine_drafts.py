"""A first draft by a translation service, which people then correct.

Only what is still in the words of the source is translated, so that nobody's work is overwritten. What the machine
wrote is listed, and the translation cannot be approved, until somebody has changed it or says that they have read it.
Quotations in quote records are left to people: a speaker has approved their words.
"""

import re
from html import escape
from itertools import groupby
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction

from ..checks.machine_texts import passages as passages_of
from ..html import TooComplex, clean, plain
from ..html.tree import Element, parse, text_of, write
from ..models import Article, MachineDraft
from ..publishing import locking, slugs, workflow
from . import machine_service
from .paragraphs import HTML, PLAIN, addresses, content_of, visible_words


class Drafted(NamedTuple):
    """How many paragraphs were translated, and how many were left as they are: the answer for them was damaged."""

    done: int
    left: int


def may_draft(article):
    """Whether a service may translate this article: a draft of a translation, and not limited to named people."""
    is_draft = article.translation_of_id and article.state == Article.State.DRAFT
    return bool(machine_service.host() and is_draft and not article.restricted)


def to_translate(article):
    """[text] of the paragraphs that are still in the words of the source, in the order of the form."""
    return [passage.text for passage in _Passages(article).all]


def draft(article, by):
    """Let the service translate what is still in the words of the source. Returns Drafted; the row is saved.

    No transaction is open while the service works. Raises ServiceFailed, Stale and Refused.
    """
    passages = _Passages(article)
    answers = machine_service.translate(
        [passage.html for passage in passages.all], article.translation_of.language, article.language
    )
    done = sum(passage.take(answer) for passage, answer in zip(passages.all, answers, strict=True))
    if done:
        before = passages_of(article)
        passages.write_to(article)
        _store(article, [text for text in passages_of(article) if text not in before], by)
    return Drafted(done, len(passages.all) - done)


@transaction.atomic
def _store(article, texts, by):
    locking.claim_version(article)
    article.updated_by = by
    # Only these: the service may have worked for a minute, in which somebody limited the draft to named people.
    article.save(update_fields=[*PLAIN, *HTML, "slug", "updated_by", "updated_at"])
    row, _is_new = MachineDraft.objects.get_or_create(article=article, defaults={"texts": []})
    row.texts = list(dict.fromkeys([*row.texts, *texts]))
    row.service, row.by = machine_service.host(), by
    row.save()
    article.moves.create(
        name="machine_draft", from_state=article.state, to_state=article.state, by=by, reason=machine_service.host()
    )
    workflow.after_edit(article, by)


@transaction.atomic
def have_read(article, by):
    """Note that somebody has read what the machine wrote, and answers for it."""
    if MachineDraft.objects.filter(article=article).delete()[0]:
        article.moves.create(name="machine_read", from_state=article.state, to_state=article.state, by=by)


class _Passages:
    """The passages of a translation that are still in the words of its source."""

    def __init__(self, article):
        source = article.translation_of
        self.fields = [
            _Field(article, name, text)
            for name in PLAIN
            if (text := getattr(source, name).strip()) and getattr(article, name).strip() in ("", text)
        ]
        self.trees = {name: _tree(getattr(article, name)) for name in HTML}
        self.runs = []
        for name, tree in self.trees.items():
            known = {_text(run) for run in _runs(_tree(getattr(source, name)))}
            self.runs += [_Run(run) for run in _runs(tree) if _text(run) in known]
        self.all = [*self.fields, *self.runs]

    def write_to(self, article):
        for field in self.fields:
            if field.translated:
                setattr(article, field.name, field.translated)
            if field.name == "headline" and field.translated and _has_slug_of_source(article):
                slug = slugs.from_headline(field.translated) or article.slug
                article.slug = slugs.free(slug, article.language, article)
        for name, tree in self.trees.items():
            _unwrap(tree)
            setattr(article, name, clean(write(tree.children)))


class _Field:
    """A headline or a standfirst."""

    def __init__(self, article, name, text):
        self._article, self.name = article, name
        self.text, self.html, self.translated = text, escape(text), ""

    def take(self, answer):
        """Keep the answer; False if the field cannot hold it."""
        try:
            value = self._article._meta.get_field(self.name).clean(plain(answer), self._article)
        except (ValidationError, TooComplex):
            return False
        self.translated = value if value != self.text else ""
        return bool(self.translated)


class _Run:
    """The text of a block in a tree: its inline nodes."""

    def __init__(self, run):
        self._run, self.html, self.text = run, write(run.children), _text(run)

    def take(self, answer):
        """Put the answer into the tree; False if it is no line of text with the same links and pictures."""
        try:
            found = content_of(parse(clean(answer)))
        except TooComplex:
            return False
        if len(found.children) == 1 and getattr(found.children[0], "tag", "") == "p":
            found = found.children[0]
        is_line = not any(isinstance(node, Element) and node.is_block for node in found.children)
        # In another language, links may stand in another order.
        if not is_line or _text(found) in ("", self.text) or {*addresses(found)} != {*addresses(self._run)}:
            return False
        self._run.children = found.children
        return True


def _has_slug_of_source(article):
    """Whether the address is the one that the translation began with: nobody has chosen it, and it was never public."""
    began_with = re.fullmatch(rf"{re.escape(article.translation_of.slug)}(-\d+)?", article.slug)
    return bool(began_with) and not (article.revises_id or article.first_published_at)


def _tree(html):
    return content_of(parse(html)) if html.strip() else Element("")


def _runs(element):
    """Yield an element without a tag for the inline nodes of each block that has words; the tree gets them."""
    grouped = groupby(element.children, key=lambda node: isinstance(node, Element) and node.is_block)
    element.children = [
        one for is_block, nodes in grouped for one in (nodes if is_block else [Element("", children=nodes)])
    ]
    for child in element.children:
        if child.tag:
            yield from _runs(child)
        elif visible_words(_text(child)):
            yield child


def _unwrap(element):
    """Undo what `_runs` did to the tree."""
    element.children = [
        one
        for child in element.children
        for one in (child.children if isinstance(child, Element) and not child.tag else [child])
    ]
    for child in element.children:
        if isinstance(child, Element):
            _unwrap(child)


def _text(node):
    return " ".join(text_of(node).split())
