"""The table of moves: what leads where, who may, what is asked for."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from articles.models import Article, Move
from articles.publishing import revisions, workflow
from articles.publishing.locking import Stale
from articles.publishing.workflow import MOVES, Refused, move
from tests.cast import approve_for, chain_is_whole, make_article, make_office, make_ready_article, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def edna():
    return make_user("edna", "approver")


def test_an_approval_for_a_time_before_the_embargo_is_refused_with_a_sentence(edna):
    times = {"press_from": timezone.now(), "publish_at": timezone.now() + timedelta(hours=1)}
    article = make_ready_article(state="in_review", **times)
    with pytest.raises(Refused, match="The embargo cannot start after publication"):
        approve_for(article, edna, timezone.now() - timedelta(hours=1))
    assert Article.objects.get(pk=article.pk).publish_at == times["publish_at"]


def test_a_draft_becomes_live_by_submit_and_approve(edna):
    article = make_ready_article(publish_at=timezone.now() - timedelta(minutes=1))
    move(article, "submit", edna)
    assert not Article.objects.live().exists()
    move(article, "approve", edna)
    article.refresh_from_db()
    assert article.is_live
    assert article.first_published_at == article.publish_at
    assert article.reference == f"{article.publish_at.year}-00001"
    assert [(m.from_state, m.to_state) for m in Move.objects.order_by("id")] == [
        ("draft", "in_review"),
        ("in_review", "approved"),
    ]


def test_an_approved_article_waits_for_its_hour(edna):
    article = make_ready_article(state="in_review", publish_at=timezone.now() + timedelta(hours=1))
    move(article, "approve", edna)
    assert article.shown_state == "scheduled"
    assert not Article.objects.live().exists()
    assert Article.objects.live(timezone.now() + timedelta(hours=2)).get() == article


def test_publish_now_takes_this_moment(edna):
    article = make_ready_article(state="in_review", publish_at=None)
    move(article, "publish", edna)
    assert Article.objects.live().get() == article


@pytest.mark.parametrize("lacking", ["topics", "regions", "contacts"])
def test_approval_names_what_is_missing(edna, lacking):
    article = make_ready_article(state="in_review", publish_at=timezone.now(), **{lacking: []})
    with pytest.raises(Refused) as refusal:
        move(article, "approve", edna)
    assert list(refusal.value.errors) == [lacking]
    article.refresh_from_db()
    assert article.state == "in_review"
    assert article.version == 1


def test_approval_asks_for_a_date(edna):
    article = make_ready_article(state="in_review", publish_at=None)
    with pytest.raises(Refused) as refusal:
        move(article, "approve", edna)
    assert list(refusal.value.errors) == ["publish_at"]


def test_a_reason_is_asked_for_where_the_table_says_so(edna):
    article = make_ready_article(state="in_review")
    with pytest.raises(Refused) as refusal:
        move(article, "request_changes", edna, reason="  ")
    assert list(refusal.value.errors) == ["reason"]
    move(article, "request_changes", edna, reason="Figures need a source.")
    assert article.moves.first().reason == "Figures need a source."


def test_a_withdrawn_article_says_why_and_leaves_the_lists(edna):
    article = make_ready_article(state="approved")
    move(article, "withdraw", edna, reason="The count was wrong.")
    assert not Article.objects.live().exists()
    assert Article.objects.withdrawn().get().withdrawal_note == "The count was wrong."


def test_the_writer_of_one_office_has_no_say_in_another():
    geneva, lima = make_office(), make_office("lima", "Lima Office")
    walt = make_user("walt", "writer", office=lima)
    article = make_ready_article(office=geneva)
    assert workflow.moves_for(article, walt) == []
    with pytest.raises(Refused):
        move(article, "submit", walt)


def test_a_writer_submits_but_does_not_approve():
    article = make_ready_article()
    walt = make_user("walt", "writer", office=article.office)
    assert [step.name for step in workflow.moves_for(article, walt)] == ["submit"]
    move(article, "submit", walt)
    with pytest.raises(Refused):
        move(article, "approve", walt)


def test_with_four_eyes_the_submitter_cannot_approve(settings, edna):
    settings.FOUR_EYES = True
    article = make_ready_article(publish_at=timezone.now())
    move(article, "submit", edna)
    with pytest.raises(Refused):
        move(article, "approve", edna)
    move(article, "approve", make_user("aziz", "approver"))
    assert article.is_live


def test_of_two_who_saw_the_same_version_one_is_told(edna):
    article = make_ready_article()
    other = Article.objects.get(pk=article.pk)
    move(article, "submit", edna)
    with pytest.raises(Stale):
        move(other, "submit", edna)


def test_translations_share_the_reference_of_their_story(edna):
    source = make_ready_article(state="in_review", publish_at=timezone.now())
    french = make_ready_article(state="in_review", publish_at=timezone.now(), language="fr", translation_of=source)
    move(source, "approve", edna)
    move(french, "approve", edna)
    assert french.reference == source.reference != ""


def test_editing_a_scheduled_article_voids_its_approval(edna):
    article = make_ready_article(state="in_review", publish_at=timezone.now() + timedelta(days=1))
    move(article, "approve", edna)
    workflow.recall_approval(article, edna)
    article.refresh_from_db()
    assert article.state == "draft"
    assert article.first_published_at is None


def test_a_new_edition_leaves_the_live_text_alone_until_it_is_published(edna):
    article = make_ready_article(state="in_review", publish_at=timezone.now(), body="<p>Old.</p>")
    move(article, "approve", edna)
    copy = move(article, "revise", edna)
    Article.objects.filter(pk=copy.pk).update(body="<p>New.</p>", slug="new-address")
    copy.refresh_from_db()
    move(copy, "submit", edna)
    assert Article.objects.live().get().body == "<p>Old.</p>"
    merged = move(copy, "publish", edna)
    assert merged == article
    live = Article.objects.live().get()
    assert (live.body, live.slug, live.reference) == ("<p>New.</p>", "new-address", article.reference)
    assert [row.topic.code for row in live.topic_rows.all()] == ["diaspora"]
    assert live.old_slugs.get().slug == article.slug
    assert list(live.revisions.exclude(edition=None).values_list("edition", flat=True)) == [2, 1]
    assert chain_is_whole(live)
    assert not Article.objects.filter(revises=article).exists()


def test_an_altered_edition_breaks_the_chain(edna):
    article = make_ready_article(state="in_review", publish_at=timezone.now())
    move(article, "approve", edna)
    edition = article.revisions.get(edition=1)
    article.revisions.filter(pk=edition.pk).update(content=edition.content | {"headline": "Forged"})
    assert not chain_is_whole(article)


def test_only_one_working_copy_at_a_time(edna):
    article = make_article()
    move(article, "revise", edna)
    article.refresh_from_db()
    with pytest.raises(Refused):
        move(article, "revise", edna)


def test_a_discarded_copy_leaves_the_live_row(edna):
    article = make_article()
    copy = move(article, "revise", edna)
    assert move(copy, "discard", edna) == article
    assert Article.objects.get() == article


@hypothesis_settings(max_examples=hypothesis_settings().max_examples // 4)
@given(names=st.lists(st.sampled_from(sorted(MOVES)), max_size=8))
def test_no_sequence_of_moves_breaks_the_rules(names, db):
    """Whatever is clicked: a refusal changes nothing, and what is listed was approved and dated."""
    Article.objects.filter(revises__isnull=False).delete()
    Article.objects.all().delete()
    chief, _ = get_user_model().objects.get_or_create(username="chief", is_superuser=True)
    article = make_ready_article(publish_at=timezone.now())
    for name in names:
        before = Article.objects.values_list("pk", "state", "version").order_by("pk")
        saved = list(before)
        try:
            article = move(article, name, chief, reason="Because.")
        except Refused:
            assert list(before.all()) == saved
            continue
        article = Article.objects.get(pk=article.pk)
        for row in Article.objects.live():
            assert row.state == "approved"
            assert row.reference
            assert row.moves.filter(name__in=["approve", "publish", "emergency"]).exists()


def test_an_approval_taken_back_before_its_hour_leaves_no_edition(edna):
    article = make_ready_article(state="in_review", publish_at=timezone.now() + timedelta(days=1))
    move(article, "approve", edna)
    move(article, "recall", edna)
    assert not article.revisions.exclude(edition=None, sha256="", previous_sha256="").exists()
    article.publish_at = timezone.now()
    move(article, "submit", edna)
    move(article, "publish", edna)
    assert article.revisions.get(edition=1).sha256
    assert chain_is_whole(article)


@pytest.mark.parametrize("ending", ["publish", "discard"])
def test_the_history_of_a_working_copy_stays_with_its_article(edna, ending):
    article = make_ready_article(state="in_review", publish_at=timezone.now())
    move(article, "approve", edna)
    copy = move(article, "revise", edna)
    draft = revisions.record(copy, edna)
    move(copy, "submit", edna)
    move(copy, ending, edna)
    assert article.revisions.filter(pk=draft.pk).exists()
    assert article.moves.filter(name="submit", from_state="draft").exists()
