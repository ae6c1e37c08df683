"""Which language versions of an article a sending has, and which of them each journalist gets."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from contacts import clock

from .. import permissions
from ..alerts.stories import last_edition
from ..models import Article, Correction, Move, PressDelivery, Sending
from ..personal_links import passes
from . import lists

Kind, State = Sending.Kind, Article.State
TAKEN = {State.WITHDRAWN: Kind.WITHDRAWN, State.GONE: Kind.REMOVED}
PASS_RIGHT = "publish"  # as for passes that are given by hand


@dataclass
class Version:
    """A text to send. `base` is its row in deliveries, `number` the edition or, of what was taken away, the move."""

    article: Article
    base: Article
    number: int


def story_of(article):
    return (article.revises or article).source


def refusal(sending, user, found):
    """Why the user may not send this now, as a sentence; empty if they may. `found`: its `versions`."""
    if not permissions.may(user, lists.RIGHT, sending.article):
        return _("You may not write to the press about this article.")
    if sending.kind == Kind.EMBARGO and not permissions.may(user, PASS_RIGHT, sending.article):
        return _("You may not give embargo passes for this article.")
    if found:
        return ""
    if sending.kind == Kind.EMBARGO:
        return _(
            "This text is not public, and the press cannot read it: it needs an approval, “press from” and a date."
        )
    return _("The article is not in the state that the mail is about.")


def versions(sending, user):
    """{language: Version} of what can be sent now, as far as the user may see it."""
    if sending.kind in Sending.ABOUT_SENT_TEXTS:
        found = to_tell(sending.article)
        return {sending.article.language: found[1]} if found and found[0] == sending.kind else {}
    rows = Article.objects.versions_of_source(sending.article_id).filter(revises=None).select_related("office")
    if sending.kind == Kind.PUBLIC:
        return {row.language: Version(row, row, last_edition(row.pk)) for row in rows if row.is_live}
    return {row.language: found for row in rows if (found := _under_embargo(row, user))}


def _under_embargo(base, user):
    """The Version that passes open, or will open, before it is public; None if there is none that the user may see."""
    copy = Article.objects.filter(revises=base).select_related("revises", "office").first() if base.is_live else base
    if copy is None or permissions.is_hidden(user, copy):
        return None
    if passes.opens_at(copy) is None or copy.publish_at is None or copy.publish_at <= clock.now():
        return None
    return Version(copy, base, last_edition(base.pk) + bool(copy.revises_id))


def to_tell(article):
    """(kind, Version) for those who were sent the text; None if there is nothing to send.

    That is the move that took the text away, that it is public again for those who know of that, or a correction.
    `article` is a public row or one that was public.
    """
    moves = Move.objects.filter(article=article).order_by("-pk")
    if not article.is_live:
        kind = TAKEN.get(article.state)
        move = moves.filter(to_state=article.state).first() if kind else None
        return (kind, Version(article, article, move.pk)) if move else None
    if told_of_taking(article).exists():
        move = moves.filter(from_state__in=TAKEN, to_state=State.APPROVED).first()
        return (Kind.RETURNED, Version(article, article, move.pk)) if move else None
    last = Correction.objects.filter(article=article).order_by("-edition").first()
    return (Kind.CORRECTED, Version(article, article, last.edition)) if last else None


def told_of_taking(article):
    """The deliveries about a withdrawal or removal, without those whose journalist got a mail about the return."""
    rows = PressDelivery.objects.filter(article=article).exclude(journalist=None)
    returns = rows.filter(
        kind=Kind.RETURNED, left_out="", journalist=OuterRef("journalist"), number__gt=OuterRef("number")
    )
    return rows.filter(kind__in=TAKEN.values(), sent_at__isnull=False).exclude(Exists(returns))


def choose(journalist, found, source):
    """The Version for a journalist: in their first language, another that they read, that of the source, or any."""
    wanted = [*journalist.languages, source, *found]
    return next((found[code] for code in wanted if code in found), None)
