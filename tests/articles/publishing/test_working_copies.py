"""A working copy beside a public text that changes: nothing is lost, and a person decides where both changed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article
from articles.publishing import after_save, due_editions, merging
from articles.publishing.due_editions import next_publication
from articles.publishing.workflow import Refused, merge_due, move, moves_for
from tests.cast import make_article, make_contact, make_ready_article, make_region, make_topic, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def edna():
    return make_user("edna", "approver")


@pytest.fixture
def live(edna):
    return move(make_ready_article(state="in_review", publish_at=timezone.now(), summary="Old."), "approve", edna)


def change(article, **values):
    Article.objects.filter(pk=article.pk).update(**values)
    article.refresh_from_db()


def names(steps):
    return {step.name for step in steps}


def test_every_column_of_an_article_is_either_merged_or_belongs_to_the_live_row():
    belongs_to_the_live_row = {
        "id", "language", "translation_of_id", "revises_id", "state", "publish_at", "press_from", "first_published_at",
        "published_on", "listed_at", "reference", "withdrawal_note", "external_source", "external_id", "version", "began_as",
        "created_at", "created_by_id", "created_by_name", "updated_at", "updated_by_id", "updated_by_name", "restricted",
        "boilerplate_title", "boilerplate",
    }  # fmt: skip
    merged = {*merging.FIELDS, "change_kind", "was_wrong", "change_note", "emergency_reason", "emergency_at"}
    assert {field.attname for field in Article._meta.concrete_fields} == merged | belongs_to_the_live_row
    assert not merged & belongs_to_the_live_row


def test_every_relation_of_an_article_is_merged():
    merged = {*merging.LISTS.values(), *(model for model, *_ in merging.OWN_ROWS.values())}
    by_itself = {
        "ArticleBodyImage", "Revision", "Move", "SlugHistory", "Announcement", "SearchEntry", "Remark", "Assignment",
        "Notice", "BrokenLink", "ArticleReader", "Pass", "Pin", "Enquiry", "Coverage",
    }  # fmt: skip
    by_itself |= {
        "Correction",
        "SourceState",
        "BehindPeriod",
        "WaivedLanguage",
        "MachineDraft",
        "Sending",
        "PressDelivery",
        "OldAddress",
    }
    relations = {
        relation.related_model
        for relation in Article._meta.related_objects
        if relation.related_model is not Article and not relation.many_to_many
    }
    assert {model for model in relations if model.__name__ not in by_itself} == merged
    assert set(merging.LISTS.values()) == {*after_save.ROWS, after_save.ArticleAttachment}


def test_the_article_to_read_instead_is_part_of_an_edition(edna, live):
    other = make_article()
    copy = move(live, "revise", edna)
    change(copy, redirect_to=other)
    move(copy, "submit", edna)
    assert move(copy, "publish", edna).redirect_to == other


def test_a_correction_in_place_survives_an_edition_that_changes_something_else(edna, live):
    copy = move(live, "revise", edna)
    change(copy, body="<p>New.</p>")
    change(live, summary="Corrected.")
    live.topics.set([make_topic("water")])
    live.related_links.create(url="https://example.org/", title="More")
    move(copy, "submit", edna)
    merged = move(copy, "publish", edna)
    assert (merged.body, merged.summary) == ("<p>New.</p>", "Corrected.")
    assert [row.topic.code for row in merged.topic_rows.all()] == ["water"]
    assert [link.title for link in merged.related_links.all()] == ["More"]
    assert merged.revisions.first().content["summary"] == "Corrected."


def test_where_both_changed_nobody_publishes_before_somebody_has_compared(edna, live):
    copy = move(live, "revise", edna)
    change(copy, body="<p>Ours.</p>")
    change(live, body="<p>Theirs.</p>", summary="Corrected.")
    move(copy, "submit", edna)
    with pytest.raises(Refused, match="body"):
        move(copy, "publish", edna)
    copy.refresh_from_db()
    assert merging.conflicts(copy) == [("Body", "Theirs.", "Ours.")]
    assert "keep" in names(moves_for(copy, edna))
    move(copy, "keep", edna)
    assert "keep" not in names(moves_for(copy, edna))
    copy.refresh_from_db()
    assert (copy.state, copy.body, copy.summary) == ("in_review", "<p>Ours.</p>", "Corrected.")
    assert move(copy, "publish", edna).body == "<p>Ours.</p>"


def test_the_same_change_on_both_sides_is_no_question(edna, live):
    copy = move(live, "revise", edna)
    change(copy, body="<p>Same.</p>")
    change(live, body="<p>Same.</p>")
    assert "keep" not in names(moves_for(copy, edna))
    move(copy, "submit", edna)
    assert move(copy, "publish", edna).body == "<p>Same.</p>"


def test_the_page_of_the_move_shows_both_texts(client, edna, live):
    client.force_login(edna)
    copy = move(live, "revise", edna)
    change(copy, headline="Ours")
    change(live, headline="Theirs")
    page = f"/admin/articles/article/{copy.pk}/move/keep/"
    shown = client.get(page).content.decode()
    assert "Ours" in shown
    assert "Theirs" in shown
    client.post(page)
    assert copy.moves.first().name == "keep"


def schedule(copy, by):
    copy.publish_at = timezone.now() + timedelta(hours=1)
    move(copy, "submit", by)
    move(copy, "approve", by)
    change(copy, publish_at=timezone.now() - timedelta(seconds=1))
    return copy


def test_a_due_edition_that_cannot_be_merged_goes_back_to_review_once_and_says_why(client, edna, live):
    copy = move(live, "revise", edna)
    change(copy, body="<p>Ours.</p>")
    schedule(copy, edna)
    change(live, body="<p>Theirs.</p>")
    for _ in range(2):
        response = client.get(live.get_absolute_url())
        assert response.status_code == 200
        assert "Theirs." in response.content.decode()
    copy.refresh_from_db()
    assert copy.state == "in_review"
    returned = copy.moves.get(name="send_back")
    assert (returned.by, returned.to_state) == (None, "in_review")
    assert "body" in returned.reason
    client.force_login(edna)
    assert returned.reason in client.get("/admin/").content.decode()
    assert "Could not be published" in client.get(f"/admin/articles/article/{copy.pk}/change/").content.decode()


def test_why_it_went_back_is_written_in_the_language_of_the_desk_not_of_the_reader(client, edna):
    article = make_ready_article(language="ar", state="in_review", publish_at=timezone.now())
    live = move(article, "approve", edna)
    copy = move(live, "revise", edna)
    change(copy, body="<p>Ours.</p>")
    schedule(copy, edna)
    change(live, body="<p>Theirs.</p>")
    assert 'lang="ar"' in client.get(live.get_absolute_url()).content.decode()
    assert copy.moves.get(name="send_back").reason == (
        "The public text has changed since this working copy was begun, and so has the copy: body."
    )


def test_a_due_edition_whose_address_was_taken_goes_back_to_review(client, edna, live):
    copy = move(live, "revise", edna)
    change(copy, slug="taken")
    schedule(copy, edna)
    make_article(slug="taken")
    assert client.get(live.get_absolute_url()).status_code == 200
    copy.refresh_from_db()
    assert copy.moves.first().name == "send_back"
    assert Article.objects.get(pk=live.pk).slug == live.slug


def test_a_due_edition_is_merged_by_the_next_reader(client, edna, live):
    copy = move(live, "revise", edna)
    change(copy, body="<p>Ours.</p>")
    schedule(copy, edna)
    change(live, summary="Corrected.")
    assert next_publication(timezone.now()) is None
    assert "Ours." in client.get(live.get_absolute_url()).content.decode()
    assert Article.objects.get().summary == "Corrected."


def test_editions_that_are_late_are_counted(edna, live):
    schedule(move(live, "revise", edna), edna)
    assert due_editions.overdue() == 0
    assert due_editions.overdue(timezone.now() + timedelta(hours=1)) == 1
    change(live, state="withdrawn", withdrawal_note="Wrong.")
    assert due_editions.overdue(timezone.now() + timedelta(hours=1)) == 0


def test_a_translation_is_merged_with_the_facets_that_its_source_has_now(edna, live):
    french = make_ready_article(language="fr", translation_of=live, state="approved", publish_at=timezone.now())
    copy = move(french, "revise", edna)
    africa, water = make_region("africa"), make_topic("water")
    # As an import does: it looks after translations, not after their working copies.
    for article in (live, french):
        article.regions.set([africa])
        article.topics.set([water])
        change(article, kind="speech")
    move(copy, "submit", edna)
    merged = move(copy, "publish", edna)
    assert [row.topic for row in merged.topic_rows.all()] == [water]
    assert [row.region for row in merged.region_rows.all()] == [africa]
    assert merged.kind == "speech"
    assert merged.contact_rows.get().contact == make_contact()


def test_a_copy_that_came_by_import_begins_with_the_text_that_came_with_it(edna, live):
    copy = make_ready_article(revises=live, slug=live.slug, headline="Ours")
    merging.set_base_of_imported_copies()
    change(live, headline="Theirs")
    copy.refresh_from_db()
    assert [label for label, *_ in merging.conflicts(copy)] == ["Headline"]


def test_an_edition_whose_approval_is_taken_back_while_a_reader_merges_it_is_not_published(edna, live):
    """The reader's request has read both rows before it waits for their locks."""
    copy = move(live, "revise", edna)
    change(copy, summary="New.", publish_at=timezone.now() + timedelta(hours=1))
    copy = move(move(copy, "submit", edna), "approve", edna)
    change(copy, publish_at=timezone.now() - timedelta(minutes=1))
    read = Article.objects.select_related("revises").get(pk=copy.pk)
    move(copy, "recall", edna)
    assert merge_due(read).summary == "Old."
    assert Article.objects.filter(pk=copy.pk, state="draft").exists()


def test_an_edition_of_an_article_that_is_withdrawn_meanwhile_is_not_published(edna, live):
    copy = move(live, "revise", edna)
    change(copy, summary="New.", publish_at=timezone.now() + timedelta(hours=1))
    copy = move(move(copy, "submit", edna), "approve", edna)
    change(copy, publish_at=timezone.now() - timedelta(minutes=1))
    read = Article.objects.select_related("revises").get(pk=copy.pk)
    move(live, "withdraw", edna, reason="Wrong.")
    assert merge_due(read).summary == "Old."
