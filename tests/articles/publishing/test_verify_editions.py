"""`verify_editions` says which edition of which article breaks the chain, and why."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.models import Article, Correction
from articles.publishing import revisions
from articles.publishing.afterwards import verification
from articles.publishing.workflow import move
from tests.cast import make_ready_article, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def three_editions(shared_rows):
    aziz = make_user("aziz", "approver")
    live = move(make_ready_article(state="in_review", publish_at=timezone.now(), slug="story"), "approve", aziz)
    told = {"change_kind": "correction", "was_wrong": "Ten.", "change_note": "Nine."}
    for number in (2, 3):
        copy = move(live, "revise", aziz)
        Article.objects.filter(pk=copy.pk).update(headline=f"Edition {number}", **(told if number == 2 else {}))
        copy.refresh_from_db()
        live = move(move(copy, "submit", aziz), "publish", aziz)
    make_ready_article(state="draft")
    return live.pk


@pytest.fixture
def live(three_editions):
    return Article.objects.get(pk=three_editions)


def verified():
    out = StringIO()
    try:
        call_command("verify_editions", stdout=out, verbosity=0)
    except CommandError as error:
        return [*out.getvalue().splitlines(), f"{error} ({error.returncode})"]
    return out.getvalue().splitlines()


def test_what_the_workflow_did_is_whole(live):
    assert verified() == ["3 editions were verified: all are whole."]


def altered(live):
    edition = live.revisions.get(edition=2)
    edition.content |= {"body": "<p>Never said.</p>"}
    edition.save()


def altered_with_its_digest(live):
    altered(live)
    edition = live.revisions.get(edition=2)
    edition.sha256 = revisions.digest(edition)
    edition.save()


def removed(live):
    live.revisions.get(edition=1).delete()


def removed_at_the_end(live):
    live.revisions.get(edition=3).delete()


def renumbered(live):
    live.revisions.filter(edition=2).update(edition=7)


def circumvented(live):
    Article.objects.filter(pk=live.pk).update(summary="Behind the back of the workflow.")


def uncorrected(live):
    Correction.objects.all().delete()


def invented(live):
    live.corrections.create(edition=3, wrong="a", now="b")


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (altered, "edition 2 was altered"),
        (altered_with_its_digest, "edition 3 does not name the SHA-256 of the edition before"),
        (removed, "edition 1 is missing"),
        (removed_at_the_end, "headline: the public text is not that of its last edition"),
        (renumbered, "edition 2 is missing"),
        (circumvented, "summary: the public text is not that of its last edition"),
        (uncorrected, "edition 2 is a correction, but what was corrected is missing"),
        (invented, "edition 3 has a correction, but is none"),
    ],
)
def test_every_harm_is_named(live, harm, told):
    harm(live)
    *lines, last = verified()
    assert any(f"en/story (article {live.pk}): {told}" in line for line in lines), lines
    assert last.endswith("faults. (1)")


def test_it_takes_the_same_queries_for_ten_articles_as_for_two(live, django_assert_num_queries):
    for number in (1, 9):
        for _ in range(number):
            revisions.publish_edition(make_ready_article(state="approved"))
        with django_assert_num_queries(4):
            assert [faults for _, faults in verification.verify()] == [[]]
