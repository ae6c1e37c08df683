"""Replaces the file of a picture, a recording or an attachment by a corrected one: the same row, uses and URLs.

Old addresses lead to the new file. Editions name the file that they showed, which is kept; what is public gets a new
edition, so that the chain says from when on readers had the new file. What is approved and not public yet must be
approved again: whoever approved it has seen the earlier file.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ... import permissions
from ...mail import notices
from ...media import usage
from ...models import Article, FormerFile, Image, Recording, list_changes
from .. import four_eyes, revisions, workflow
from ..requirements import Refused


def obstacle(file, user):
    """Why this user cannot replace the file; "" if nothing stands against it."""
    used = usage.used_in(file)
    if isinstance(file, Image) and file.body_rows.exists():
        return _("It stands in the text of an article. Put the new picture into the text instead.")
    if usage.pages_using(file):
        return _("A page of the site shows it. Put the new file into the page instead.")
    if used.count() != permissions.visible(user, used).count():
        return _("It is used in articles that you may not see.")
    public = Article.objects.readable().filter(pk__in=used.values("pk"))
    if not all(permissions.may(user, "release", article) for article in public):
        return _("It is used in published articles: somebody who may approve these can replace it.")
    approved = used.filter(state=Article.State.APPROVED).exclude(pk__in=public.values("pk"))
    if not all(permissions.may_edit(user, row) for article in approved for row in article.with_live_row):
        return _("It is used in approved articles that you may not change.")
    return ""


@transaction.atomic
def replace(file, checked, fill, by, reason):
    """Give the row the checked file, which `fill(row, checked)` stores.

    Returns (the articles that got a new edition, those whose approval is undone). Raises Refused with
    {"file": sentence}.
    """
    file = type(file).objects.select_for_update().get(pk=file.pk)
    if sentence := obstacle(file, by):
        raise Refused({"file": sentence})
    if isinstance(file, Recording) and file.kind != checked.kind:
        raise Refused({"file": _("A video can be replaced by a video only, and audio by audio.")})
    uses = usage.used_in(file).order_by("pk").values_list("pk", flat=True)
    articles = list(Article.objects.select_for_update(no_key=True).order_by("pk").filter(pk__in=list(uses)))
    for article in articles:
        revisions.ensure_first_revision(article)
    owner = {file._meta.model_name: file}
    FormerFile.objects.filter(sha256=checked.sha256, **owner).delete()  # the earlier file is back
    FormerFile.objects.create(
        **owner, file=file.file.name, sha256=file.sha256, size=file.size, replaced_by=by, reason=reason
    )
    fill(file, checked).save()
    list_changes.note([article.pk for article in articles])
    changed = [article for article in articles if _record(article, by)]
    for article in changed:
        if four_eyes.looks_afterwards(article, by):
            _ask_to_look(article, by, _("A file was replaced: %(reason)s") % {"reason": reason})
    return changed, [article for article in articles if _recall(article, by)]


def _recall(article, by):
    article.refresh_from_db()  # what was done to a source may have changed its translations
    approved = article.state
    return workflow.recall_approval(article, by).state != approved


def _ask_to_look(article, by, reason):
    article.emergency_reason, article.emergency_at = reason, timezone.now()
    article.save(update_fields=["emergency_reason", "emergency_at"])
    article.moves.create(name="emergency", from_state=article.shown_state, to_state=article.state, by=by, reason=reason)
    notices.about_move(article, "emergency", by, reason, workflow.authors)


def _record(article, by):
    """Store what the article has now; True if that is a new edition."""
    last = article.revisions.editions().first()
    if last is None or not Article.objects.readable().filter(pk=article.pk).exists():
        revisions.record(article, by)
        return False
    article.refresh_from_db()
    if last.content == revisions.content(article):  # a poster, which editions do not name
        return False
    revisions.publish_edition(article, by, takes_boilerplate=False)
    return True
