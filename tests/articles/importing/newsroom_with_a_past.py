"""A newsroom whose articles have a history, for the tests of export and import of that history."""

import json
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.utils import timezone

from articles.models import Article, ReferenceCounter
from articles.publishing import after_save, locking, revisions, working_copies
from articles.publishing.workflow import move
from tests.articles.importing.fixture_records import write
from tests.articles.importing.test_round_trip import empty
from tests.cast import approve_for, make_ready_article, make_user


def saved(article, by, **values):
    """The article as a person's save in the admin leaves it."""
    locking.claim_version(article)
    for name, value in values.items():
        setattr(article, name, value)
    article.updated_by = by
    article.save()
    after_save.sync(article)
    article.refresh_from_db()
    revisions.record(article, by)
    return article


def newsroom_with_a_past():
    """A newsroom with a past; returns the live article that was renamed by its second edition."""
    edna, wim = make_user("edna", "approver"), make_user("wim", "writer")
    story = make_ready_article(state="draft", publish_at=timezone.now(), slug="old-name", created_by=wim)
    saved(story, wim, headline="First words\u2028 “quoted”")
    move(story, "submit", wim)
    live = move(story, "approve", edna, reason="Good.")
    copy = saved(
        working_copies.start(live, wim), wim, slug="new-name", headline="Second edition", change_note="Longer."
    )
    move(copy, "submit", wim)
    copy.refresh_from_db()
    live = approve_for(copy, edna, timezone.now())
    make_ready_article(slug="no-past", state="draft", publish_at=None)
    # Begun before the public text was corrected: what the copy began as is needed for the merge.
    begun = working_copies.start(live, edna)
    saved(begun, edna, summary="Still being written.")
    saved(live, edna, headline="Corrected in place")
    revisions.publish_edition(live, edna)
    gone = move(make_ready_article(slug="gone", state="in_review", publish_at=timezone.now()), "approve", edna)
    gone = move(gone, "withdraw", edna, reason="Wrong.") if gone.withdrawal_note else gone
    planned = make_ready_article(slug="planned", state="in_review", publish_at=timezone.now() + timedelta(days=9))
    move(planned, "approve", edna)
    ReferenceCounter.objects.update(last=40)  # the articles of the last numbers were deleted
    return Article.objects.get(pk=live.pk)


def leave(users=False):
    empty()
    if not users:
        get_user_model().objects.all().delete()


def changed(path, change):
    """The records of an export, after `change(record)`; records for which it returns False are left out."""
    records = [json.loads(line) for line in path.read_bytes().splitlines()]
    return write(path, [one for one in records if change(one) is not False])
