"""Remarks beside the paragraphs of an article: where they belong today, who is notified, how they are settled.

A remark keeps the text of its paragraph. In a later text it stands beside the same paragraph, else beside the one that
is most like it; if there is none, it stands at the end.
"""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import permissions
from ..html import plain
from ..mail import notices
from ..models import Notice, Remark
from ..publishing import locking, revisions, workflow
from ..publishing.requirements import Refused
from . import history, word_diff
from .html_changes import blocks_of

ALIKE = 0.5  # share of words that two paragraphs must have in common to be the same one, changed


@dataclass
class Part:
    """A part of the text with its remarks: the headline, the standfirst, or a block of the body or the notes."""

    number: int
    name: str  # of the article's field
    text: str
    html: str
    remarks: list = field(default_factory=list)


def parts(content):
    """The parts of a revision's content, in order. Empty ones are left out."""
    content = revisions.tidy_content(content)
    found = [Part(0, name, content.get(name, ""), content.get(name, "")) for name in ("headline", "summary")]
    for name in ("body", "notes_to_editors"):
        for html in blocks_of(content.get(name) or ""):
            found.append(Part(0, name, plain(html, with_struck=True), html))
    found = [part for part in found if part.text.strip() or "<img" in part.html]
    for number, part in enumerate(found):
        part.number = number
    return found


def threads(article):
    """The remarks on the article with their answers, the oldest first; `answers_in_order` is a list."""
    rows = Remark.objects.filter(article=article).select_related("by", "settled_by").order_by("id")
    found, by_id = [], {}
    for row in rows:
        row.answers_in_order = []
        by_id[row.pk] = row
        if row.answer_to_id is None:
            found.append(row)
        elif row.answer_to_id in by_id:
            by_id[row.answer_to_id].answers_in_order.append(row)
    return found


def open_remarks(article):
    """The threads that nobody has settled, the oldest first."""
    rows = Remark.objects.filter(article=article, answer_to=None, settled_at=None)
    return rows.select_related("by").order_by("id")


def placed(content, remarks):
    """(the parts with their remarks, the remarks whose paragraph is gone). Sets `has_moved_on` of a changed one."""
    found, lost = parts(content), []
    counts = [word_diff.counted(part.text) for part in found] if remarks else []
    for remark in remarks:
        place = _place(remark, found, counts)
        if place is None:
            lost.append(remark)
        else:
            remark.has_moved_on = found[place].text != remark.paragraph_text
            found[place].remarks.append(remark)
    return found, lost


def _place(remark, found, counts):
    same = [part.number for part in found if part.text == remark.paragraph_text]
    if same:
        return min(same, key=lambda number: abs(number - remark.paragraph))
    own = word_diff.counted(remark.paragraph_text)
    likeness = [word_diff.likeness(own, other) for other in counts]
    best = max(range(len(found)), key=lambda number: (likeness[number], -abs(number - remark.paragraph)), default=None)
    return best if best is not None and likeness[best] >= ALIKE else None


@transaction.atomic
def add(article, by, text, paragraph, seen=None):
    """A new remark on the paragraph with that number in the revision that the person saw; None if there is none.

    `seen`: the Revision; without one, the present text. Raises Refused if the article is gone.
    """
    _refuse_gone(article, text)
    found = parts(seen.content if seen else revisions.content(article))
    if not 0 <= paragraph < len(found):
        return None
    seen = seen or history.revisions_of(article).defer("content").order_by("-id").first()
    remark = Remark.objects.create(
        article=article, revision=seen, paragraph=paragraph, paragraph_text=found[paragraph].text, text=text, by=by
    )
    _tell(remark, by)
    return remark


@transaction.atomic
def answer(remark, by, text):
    """An answer opens a settled remark again. Raises Refused if the article is gone."""
    _refuse_gone(remark.article, text)
    row = Remark.objects.create(
        article=remark.article, revision=remark.revision, answer_to=remark, paragraph=remark.paragraph,
        paragraph_text=remark.paragraph_text, text=text, by=by,
    )  # fmt: skip
    Remark.objects.filter(pk=remark.pk).update(settled_at=None, settled_by=None)
    _tell(row, by)
    return row


def _refuse_gone(article, text):
    """Raise Refused if the article is no longer there. It repeats the text, so that what was typed is not lost."""
    if not locking.lock_if_there(article):
        raise Refused(_("This text is no longer there, so your words were not stored: “%(text)s”") % {"text": text})


def settle(remark, by, is_settled=True):
    values = (
        {"settled_at": timezone.now(), "settled_by": by} if is_settled else {"settled_at": None, "settled_by": None}
    )
    Remark.objects.filter(pk=remark.pk).update(**values)


def may_settle_all(user, article):
    """Whether the user may settle any remark on the article. Others settle their own."""
    return any(permissions.may(user, right, article) for right in ("edit", "approve"))


def _tell(remark, by):
    """Notify the authors, the person who acts next, and all who wrote in the same thread."""
    article, first = remark.article, remark.answer_to_id or remark.pk
    thread = (Remark.objects.filter(pk=first) | Remark.objects.filter(answer_to=first)).select_related("by")
    people = {row.by for row in thread} | workflow.authors(article)
    if hasattr(article, "assignment"):
        people.add(article.assignment.assignee)
    notices.add(Notice.Kind.REMARK, article, people, by, f"{remark.paragraph_text[:200]}\n\n{remark.text}")
