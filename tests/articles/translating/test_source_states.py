"""A translation knows from which text of its source it was made; what the source changes since is seen everywhere."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from articles.desk import queue
from articles.models import Article, BehindPeriod, SourceState
from articles.publishing import after_save, revisions, workflow
from articles.publishing.locking import claim_version
from articles.publishing.workflow import Refused, move
from articles.translating import source_states
from articles.translating.begin import begin_translation
from tests.cast import approve_for, make_office, make_ready_article, make_user
from tests.forms import filled

pytestmark = pytest.mark.django_db
BODY = "<p>One bridge opened.</p><p>It cost 3 million francs.</p><p>Trains run.</p>"
CORRECTED = "<p>One bridge opened.</p><p>It cost 4 million francs.</p><p>Trains run.</p>"
FRENCH = "<p>Un pont a ouvert.</p><p>Il a coûté 3 millions de francs.</p><p>Les trains roulent.</p>"


@pytest.fixture
def edna():
    return make_user("edna", "approver")


def published(by, hours=-1, **changes):
    source = make_ready_article(body=BODY, publish_at=timezone.now() + timedelta(hours=hours), **changes)
    move(source, "submit", by)
    return move(source, "approve", by)


def translated(source, by, publish=True, language="fr", at=None):
    french = begin_translation(source, language, by)
    edit(french, headline="Un pont", slug=f"pont-{language}-{french.pk}", body=FRENCH)
    if publish:
        move(french, "submit", by)
        approve_for(french, by, at or french.publish_at)
    return french


@transaction.atomic
def edit(article, by=None, **values):
    """As the form saves: with a revision, and without an approval that nobody gave to the new text."""
    claim_version(article)
    for name, value in values.items():
        setattr(article, name, value)
    article.save()
    after_save.sync(article)
    if Article.objects.readable().filter(pk=article.pk).exists():
        revisions.publish_edition(article, by)
    else:
        revisions.record(article, by)
        if by:
            workflow.recall_approval(article, by)


def corrected(source, by, kind="correction", body=CORRECTED):
    copy = move(source, "revise", by)
    edit(copy, body=body, change_kind=kind, was_wrong="It said 3.", change_note="It was 4.")
    move(copy, "submit", by)
    return move(copy, "publish", by)


def confirm(translation, by, of=None):
    """Somebody has looked at the source as it is now, or at the working copy `of` it."""
    seen = source_states.text_of(of or translation.translation_of)
    source_states.confirm(translation, by, seen.pk, of_edition_to_come=of is not None)


def state(article):
    return SourceState.objects.get(translation=article)


def test_a_new_translation_is_made_from_the_present_edition(edna):
    french = begin_translation(published(edna), "fr", edna)
    assert (state(french).edition, state(french).behind, state(french).by) == (1, 0, edna)
    assert state(french).revision.content["body"] == BODY


def test_a_correction_of_the_source_puts_its_translation_behind(edna):
    source = published(edna)
    french = translated(source, edna)
    corrected(source, edna)
    assert (state(french).behind, state(french).urgent, state(french).change_kind) == (1, True, "correction")
    french.refresh_from_db()
    assert french.is_live
    assert list(source_states.behind(Article.objects.all())) == [french]
    assert BehindPeriod.objects.get().until is None


def test_a_change_of_facets_or_dates_alone_puts_nothing_behind(edna):
    source = published(edna)
    french = translated(source, edna)
    edit(source, publish_at=source.publish_at - timedelta(hours=2))
    assert state(french).behind == 0


def test_it_is_current_again_when_somebody_has_confirmed_it(edna):
    source = published(edna)
    french = translated(source, edna)
    corrected(source, edna)
    confirm(french, edna)
    assert (state(french).behind, state(french).edition, state(french).change_kind) == (0, 2, "")
    assert french.moves.first().name == "no_change"
    assert BehindPeriod.objects.get().until is not None


def test_a_text_that_is_taken_back_leaves_nothing_behind(edna):
    source = published(edna)
    french = translated(source, edna)
    source = corrected(source, edna)
    corrected(source, edna, body=BODY)
    assert (state(french).behind, state(french).edition) == (0, 3)


def test_while_the_source_is_a_draft_each_save_counts(edna):
    source = make_ready_article(body=BODY)
    french = begin_translation(source, "fr", edna)
    edit(source, body=CORRECTED, headline="Another")
    assert state(french).behind == 2


def test_a_scheduled_translation_of_a_corrected_source_is_held(edna):
    source = published(edna)
    french = translated(source, edna, at=timezone.now() + timedelta(hours=5))
    assert french.shown_state == "scheduled"
    corrected(source, edna)
    french.refresh_from_db()
    assert (french.state, french.moves.first().name, french.moves.first().by) == ("in_review", "hold", None)
    assert french.moves.first().reason == ""  # the name of the move says why, in the reader's language
    waiting = queue.waiting(Article.objects.all()).get()
    assert (waiting.last_move, waiting.returned) == ("hold", "")
    later = timezone.now() + timedelta(days=1)
    assert not Article.objects.live(later).filter(pk=french.pk).exists()
    assert list(source_states.held(Article.objects.all())) == [french]
    assert french.revisions.exclude(edition=None).count() == 0


def test_nobody_approves_it_before_somebody_has_looked(edna):
    source = published(edna)
    french = translated(source, edna, at=timezone.now() + timedelta(hours=5))
    corrected(source, edna)
    french.refresh_from_db()
    with pytest.raises(Refused, match="source has changed"):
        move(french, "approve", edna)
    confirm(french, edna)
    assert move(french, "approve", edna).shown_state == "scheduled"
    assert state(french).held_at is None


def test_a_translation_that_was_prepared_for_the_correction_is_not_held(edna):
    """Both are scheduled for the same hour: the translation was made from the edition to come."""
    source = published(edna)
    french = begin_translation(source, "fr", edna)
    edit(french, headline="Un pont", slug="pont", body=FRENCH)
    copy = move(source, "revise", edna)
    edit(copy, body=CORRECTED, change_kind="correction", was_wrong="It said 3.", change_note="It was 4.")
    move(copy, "submit", edna)
    confirm(french, edna, of=copy)
    move(french, "submit", edna)
    approve_for(french, edna, timezone.now() + timedelta(hours=5))
    move(copy, "publish", edna)
    french.refresh_from_db()
    assert (french.shown_state, state(french).behind, state(french).edition) == ("scheduled", 0, 2)


def test_it_is_behind_if_the_edition_to_come_is_changed_again_or_discarded(edna):
    source = published(edna)
    french = translated(source, edna)
    copy = move(source, "revise", edna)
    edit(copy, body=CORRECTED)
    move(copy, "submit", edna)
    confirm(french, edna, of=copy)
    edit(copy, body=CORRECTED.replace("Trains", "Few trains"))
    assert state(french).behind == 1
    edit(copy, body=CORRECTED)
    assert state(french).behind == 0
    move(copy, "discard", edna)
    assert state(french).behind == 1


def test_a_new_edition_of_the_translation_brings_its_state_with_it(edna):
    source = published(edna)
    french = translated(source, edna)
    corrected(source, edna)
    copy = move(french, "revise", edna)
    edit(copy, body=FRENCH.replace("3 ", "4 "))
    confirm(copy, edna)
    assert copy.moves.first().name == "up_to_date"
    assert state(french).behind == 1  # readers still have the old text
    move(copy, "submit", edna)
    move(copy, "publish", edna)
    assert (state(french).behind, state(french).edition) == (0, 2)
    assert SourceState.objects.count() == 1
    assert BehindPeriod.objects.get().until is not None


def test_a_translation_of_which_nothing_is_known_counts_from_the_last_text_of_its_source(edna):
    """Such as those of an import: their source has not changed since they were stored."""
    source = published(edna)
    french = translated(source, edna)
    SourceState.objects.all().delete()
    corrected(source, edna)
    assert (state(french).behind, state(french).edition, state(french).by) == (1, 1, None)


def test_the_form_shows_what_changed_and_one_click_confirms_it(edna, client):
    client.force_login(edna)
    source = published(edna)
    french = translated(source, edna)
    corrected(source, edna)
    page = client.get(f"/admin/articles/article/{french.pk}/change/")
    html = page.content.decode()
    assert "behind by 1 paragraph" in html
    assert "<del>3</del>" in html
    assert "<ins>4</ins>" in html
    beside = html.split('class="source-changes"')[1].split("</ol>")[0]
    assert '<p lang="fr" dir="ltr">Il a coûté 3 millions de francs.</p>' in beside
    assert "The source has 4 million, the translation does not" in html
    seen = str(source_states.text_of(source).pk)
    response = client.post(page.request["PATH_INFO"], filled(page, summary="Bref.", _up_to_date=seen), follow=True)
    assert "up to date with its source" in response.content.decode()
    french.refresh_from_db()
    assert (french.summary, state(french).behind) == ("Bref.", 0)


def test_the_click_of_an_approver_schedules_a_held_translation_again(edna, client):
    client.force_login(edna)
    source = published(edna)
    french = translated(source, edna, at=timezone.now() + timedelta(hours=5))
    corrected(source, edna)
    url = f"/admin/articles/article/{french.pk}/up-to-date/"
    client.post(url, {"revision": source_states.text_of(source).pk})
    french.refresh_from_db()
    assert french.shown_state == "scheduled"


def test_the_click_of_a_translator_leaves_it_in_review(edna, client):
    client.force_login(make_user("tara", "translator"))
    source = published(edna)
    french = translated(source, edna, at=timezone.now() + timedelta(hours=5))
    corrected(source, edna)
    url = f"/admin/articles/article/{french.pk}/up-to-date/"
    client.post(url, {"revision": source_states.text_of(source).pk})
    french.refresh_from_db()
    assert (french.state, state(french).behind) == ("in_review", 0)


def test_with_four_eyes_no_author_releases_the_translation(edna, client, settings):
    settings.FOUR_EYES = False
    source = published(edna)
    french = translated(source, edna, at=timezone.now() + timedelta(hours=5))
    edit(french, by=None, summary="Bref.")
    french.revisions.update(by=edna)
    corrected(source, edna)
    settings.FOUR_EYES = True
    client.force_login(edna)
    url = f"/admin/articles/article/{french.pk}/up-to-date/"
    client.post(url, {"revision": source_states.text_of(source).pk})
    french.refresh_from_db()
    assert french.state == "in_review"


def test_who_may_not_edit_it_confirms_nothing(edna, client):
    french = translated(source := published(edna), edna)
    corrected(source, edna)
    url, seen = f"/admin/articles/article/{french.pk}/up-to-date/", {"revision": source_states.text_of(source).pk}
    client.force_login(make_user("walt", "writer", office=make_office("suva", "Suva Office")))
    assert client.post(url, seen).status_code == 404
    client.force_login(make_user("nobody"))
    assert client.post(url, seen).status_code == 302  # to the log-in
    assert state(french).behind == 1
    client.force_login(edna)
    assert client.get(url).status_code == 405


def test_list_filter_and_desk_show_them_corrections_first(edna, client):
    client.force_login(edna)
    first, second = published(edna, headline="First"), published(edna, headline="Second")
    one, two = translated(first, edna), translated(second, edna)
    corrected(first, edna, kind="minor")
    corrected(second, edna)
    assert list(source_states.behind(Article.objects.all())) == [two, one]
    html = client.get("/admin/articles/article/?source=behind").content.decode()
    assert html.count("behind by 1 paragraph") == 2
    assert client.get("/admin/articles/article/?source=corrected").content.decode().count("behind by 1 paragraph") == 1
    desk = client.get("/admin/").content.decode()
    assert desk.count("behind by 1 paragraph") == 2
