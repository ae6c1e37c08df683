"""kill -9 in the middle of a publication (R5): all its effects or none, and whoever tries again makes them once."""

import os
import signal
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from articles.models import Article, Notice
from articles.publishing import after_save, revisions, workflow, working_copies
from articles.publishing.workflow import move
from tests.cast import approve_for, make_ready_article, make_user

pytestmark = pytest.mark.django_db(transaction=True)

# Where the process dies: a module, its function, before it works or after.
OF_A_MOVE = [
    (workflow, "claim_version", "after"),
    (Article, "save", "after"),
    (workflow.notices, "about_move", "after"),
    (after_save, "sync", "before"),
    (after_save, "sync", "after"),
    (revisions, "publish_edition", "before"),
    (revisions, "publish_edition", "after"),
]
OF_AN_EDITION = [(working_copies, "merge", "before"), (Article, "save", "after"), (after_save, "sync", "after"),
                 (revisions, "publish_edition", "after"), (working_copies, "merge", "after")]  # fmt: skip


@pytest.fixture
def people():
    return make_user("walt", "writer"), make_user("aziz", "approver")


@pytest.fixture
def waiting(people):
    article = make_ready_article(created_by=people[0], publish_at=timezone.now())
    return move(article, "submit", people[0])


def killed(deed, where, name, when):
    """Whether a process of its own that does this dies there."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            _die_at(where, name, when)
            deed()
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def _die_at(where, name, when):
    work = getattr(where, name)

    def deadly(*arguments, **options):
        if when == "after":
            work(*arguments, **options)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(where, name, deadly)


def effects(article):
    """All that a publication changes."""
    row = Article.objects.get(pk=article.pk)
    return {
        "article": (row.state, row.version, row.publish_at, row.first_published_at, row.listed_at, row.headline),
        "moves": list(row.moves.order_by("id").values_list("name", flat=True)),
        "editions": list(row.revisions.exclude(edition=None).order_by("edition").values_list("edition", flat=True)),
        "told": Notice.objects.filter(article=row).count(),
        "listed": list(row.region_rows.values_list("listed_at", flat=True)),
        "copies": Article.objects.filter(revises=row).count(),
    }


@pytest.mark.parametrize(("where", "name", "when"), OF_A_MOVE)
def test_an_approval_that_dies_has_happened_not_at_all_and_then_once(people, waiting, where, name, when):
    before = effects(waiting)
    assert killed(lambda: move(waiting, "approve", people[1]), where, name, when)
    assert effects(waiting) == before
    assert not Article.objects.live().exists()
    move(Article.objects.get(pk=waiting.pk), "approve", people[1])
    after = effects(waiting)
    assert (after["moves"], after["editions"], after["copies"]) == (["submit", "approve"], [1], 0)
    assert after["told"] == before["told"] + 1  # Walt
    assert Article.objects.live().get() == waiting


@pytest.mark.parametrize(("where", "name", "when"), OF_AN_EDITION)
def test_an_edition_whose_reader_dies_is_brought_in_by_the_next_one(client, clock, people, waiting, where, name, when):
    walt, aziz = people
    live = move(waiting, "approve", aziz)
    copy = move(live, "revise", walt)
    Article.objects.filter(pk=copy.pk).update(headline="The new headline")
    copy = move(Article.objects.get(pk=copy.pk), "submit", walt)
    approve_for(copy, aziz, timezone.now() + timedelta(hours=1))
    clock.shift(3601)
    before = effects(live)
    address = live.get_absolute_url()
    assert killed(lambda: client.get(address), where, name, when)
    assert effects(live) == before
    assert "The new headline" in client.get(address).content.decode()
    after = effects(live)
    assert (after["editions"], after["copies"], after["article"][-1]) == ([1, 2], 0, "The new headline")
    client.get(address)
    assert effects(live) == after


def test_what_was_saved_before_the_kill_is_kept(people, waiting):
    move(waiting, "approve", people[1])
    after = effects(waiting)
    assert killed(lambda: move(waiting, "withdraw", people[1], reason="Wrong."), after_save, "sync", "after")
    assert effects(waiting) == after
