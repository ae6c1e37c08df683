"""Check whether somebody has read what a translation service wrote: only people answer for a text."""

from django.utils.translation import ngettext

from ..html import plain
from ..models import MachineDraft
from .finding import BLOCK, Finding

END = "¶"  # of a passage


def passages(article):
    """The texts of headline and standfirst, and of each paragraph, point of a list and cell of a table."""
    html = END.join(plain(getattr(article, name), between=END) for name in ("body", "notes_to_editors"))
    found = [article.headline, article.summary, *html.split(END)]
    return [text for one in found if (text := " ".join(one.split()))]


def unread_texts(article):
    """The passages that are as the machine wrote them, and that nobody has confirmed."""
    row = MachineDraft.objects.filter(article=article.pk).first() if article.pk else None
    return [text for text in passages(article) if text in row.texts] if row else []


def unread(draft):
    if found := unread_texts(draft.article):
        told = ngettext(
            "%(count)s paragraph is as the machine wrote it. Correct it, or confirm that you have read it.",
            "%(count)s paragraphs are as the machine wrote them. Correct them, or confirm that you have read them.",
            len(found),
        )
        yield Finding("body", told % {"count": len(found)}, BLOCK)
