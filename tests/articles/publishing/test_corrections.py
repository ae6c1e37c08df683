"""Corrections: an edition of that kind needs what was wrong and what it says now, and makes an object that stays."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article, Correction
from articles.publishing import due_editions, revisions
from articles.publishing.workflow import Refused, move
from tests.cast import approve_for, chain_is_whole, make_article, make_ready_article, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def aziz():
    return make_user("aziz", "approver")


@pytest.fixture
def live(aziz):
    return move(make_ready_article(state="in_review", publish_at=timezone.now()), "approve", aziz)


def new_edition(live, by, **values):
    copy = move(live, "revise", by)
    Article.objects.filter(pk=copy.pk).update(**values)
    copy.refresh_from_db()
    return move(copy, "submit", by)


def told(article):
    return [(one.edition, one.wrong, one.now, one.by) for one in article.corrections.all()]


CORRECTION = {"change_kind": "correction", "was_wrong": "40 harbours.", "change_note": "14 harbours."}


def test_the_publication_of_a_correction_makes_an_object(live, aziz):
    merged = move(new_edition(live, aziz, body="<p>14.</p>", **CORRECTION), "publish", aziz)
    assert told(merged) == [(2, "40 harbours.", "14 harbours.", aziz)]
    assert chain_is_whole(merged)


def test_there_is_none_before_the_publication(live, aziz):
    copy = new_edition(live, aziz, **CORRECTION)
    approve_for(copy, aziz, timezone.now() + timedelta(hours=1))
    assert not Correction.objects.exists()
    Article.objects.filter(pk=copy.pk).update(publish_at=timezone.now())
    due_editions.merge_for_reader(live)
    assert told(live) == [(2, "40 harbours.", "14 harbours.", aziz)]


@pytest.mark.parametrize("name", ["approve", "publish"])
@pytest.mark.parametrize(
    ("values", "missing"),
    [
        ({"change_kind": "major"}, {"change_note"}),
        ({"change_kind": "correction"}, {"was_wrong", "change_note"}),
        (CORRECTION | {"was_wrong": " "}, {"was_wrong"}),
        (CORRECTION | {"change_note": "\n"}, {"change_note"}),
    ],
)
def test_readers_are_told_before_it_is_approved(live, aziz, name, values, missing):
    with pytest.raises(Refused) as refused:
        move(new_edition(live, aziz, **values), name, aziz)
    assert refused.value.errors.keys() - {"publish_at"} == missing


def test_not_even_an_emergency_corrects_in_silence(live, aziz):
    copy = new_edition(live, aziz, **CORRECTION | {"was_wrong": ""})
    with pytest.raises(Refused) as refused:
        move(copy, "emergency", aziz, reason="Now.")
    assert refused.value.errors.keys() == {"was_wrong"}


def test_a_minor_change_needs_no_note(live, aziz):
    merged = move(new_edition(live, aziz, headline="Spelt"), "publish", aziz)
    assert [one.change_kind for one in merged.revisions.exclude(edition=None).order_by("edition")] == ["", "minor"]
    assert told(merged) == []


def test_later_editions_keep_it_and_do_not_repeat_it(live, aziz):
    merged = move(new_edition(live, aziz, **CORRECTION), "publish", aziz)
    merged = move(new_edition(merged, aziz, headline="Spelt"), "publish", aziz)
    merged = move(new_edition(merged, aziz, change_kind="major", change_note="More."), "publish", aziz)
    revisions.publish_edition(merged, aziz)
    editions = merged.revisions.exclude(edition=None).order_by("edition")
    assert [(one.edition, one.change_kind, one.change_note) for one in editions] == [
        (1, "", ""), (2, "correction", "14 harbours."), (3, "minor", ""), (4, "major", "More."), (5, "minor", ""),
    ]  # fmt: skip
    assert [edition for edition, *_ in told(merged)] == [2]
    assert chain_is_whole(merged)


def test_what_an_import_says_of_a_text_without_history_becomes_its_first_edition(aziz):
    live = make_ready_article(state="approved", updated_by=aziz, **CORRECTION)
    merged = move(new_edition(live, aziz, headline="Next"), "publish", aziz)
    assert told(merged) == [(1, "40 harbours.", "14 harbours.", aziz)]
    assert merged.corrections.get().at == live.updated_at


def test_a_publication_before_its_hour_does_not_leave_an_edition_that_nobody_read(aziz):
    draft = make_ready_article(state="in_review", publish_at=timezone.now() + timedelta(days=1))
    live = move(move(draft, "approve", aziz), "publish", aziz)
    assert [one.edition for one in live.revisions.exclude(edition=None)] == [1]
    assert chain_is_whole(live)


def test_the_list_has_those_that_readers_can_look_up(aziz):
    for state in ("approved", "withdrawn", "gone", "draft", "in_review"):
        for language in ("en", "fr"):
            article = make_article(language=language, state=state, headline=state, withdrawal_note="Why.")
            article.corrections.create(edition=2, wrong="a", now="b")
    later = make_article(headline="later", publish_at=timezone.now() + timedelta(days=1))
    later.corrections.create(edition=2, wrong="a", now="b")
    found = Correction.objects.readable("en").values_list("article__headline", flat=True)
    assert list(found) == ["withdrawn", "approved"]
