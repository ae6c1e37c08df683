"""Imported words are not lost by the first edit, nor an editor's by an import: both leave revisions and editions."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Article, ImportRun, Revision
from articles.publishing import revisions
from articles.publishing.workflow import move
from tests.articles.importing.fixture_records import article, newsroom, run, translation, write
from tests.cast import chain_is_whole
from tests.forms import filled

pytestmark = pytest.mark.django_db


def bring(tmp_path, *records, **options):
    """Import these articles; the English one."""
    assert run(write(tmp_path / "news.json", newsroom(*records)), **options)[0] == 0
    return Article.objects.get(language="en")


def save(client, found, **changes):
    at = reverse("admin:articles_article_change", args=[found.pk])
    assert client.post(at, filled(client.get(at), **changes)).status_code == 302


def told(found):
    """(edition, headline) of its revisions, first to last."""
    return [(one.edition, one.content["headline"]) for one in found.revisions.order_by("id")]


def test_new_articles_need_no_revisions(tmp_path):
    bring(tmp_path, article(), translation())
    assert not Revision.objects.exists()


def test_the_first_edit_of_a_draft_keeps_the_imported_words(tmp_path, client, chief):
    found = bring(tmp_path, article(state="draft"))
    save(client, found, headline="Edna's")
    save(client, found, headline="Edna's again")
    assert told(found) == [(None, "Harbour opens"), (None, "Edna's"), (None, "Edna's again")]
    first = found.revisions.last()
    assert (first.by, first.created_at) == (None, found.updated_at)
    assert first.content["topics"] == ["ports", "trade"]


def test_the_first_edit_of_a_public_article_makes_the_imported_words_an_edition(tmp_path, client, chief):
    found = bring(tmp_path, article())
    save(client, found, headline="Edna's")
    assert told(found) == [(1, "Harbour opens"), (2, "Edna's")]
    assert found.revisions.get(edition=1).contact_lines == [
        ["Press Desk", "Oslo Office", "press@example.org", "22 12 34 56/ 78"]
    ]
    assert chain_is_whole(found)


def test_a_new_edition_keeps_the_imported_words_once(tmp_path, client, chief):
    found = bring(tmp_path, article())
    copy = move(found, "revise", chief)
    save(client, copy, headline="Edna's")
    copy.refresh_from_db()
    move(move(copy, "submit", chief), "publish", chief)
    assert [pair for pair in told(found) if pair[0]] == [(1, "Harbour opens"), (2, "Edna's")]
    assert [headline for _, headline in told(found)].count("Harbour opens") == 1


def test_an_import_that_updates_a_public_article_leaves_both_editions(tmp_path):
    bring(tmp_path, article())
    found = bring(tmp_path, article(headline="Newer", topics=[["trade"]], change_note="One topic only."))
    assert told(found) == [(1, "Harbour opens"), (2, "Newer")]
    assert chain_is_whole(found)
    newer = found.revisions.get(edition=2)
    assert (newer.content, newer.contact_lines) == (revisions.content(found), revisions.contact_lines(found))
    assert newer.change_note == "One topic only."
    found = bring(tmp_path, article(headline="Newest", topics=[["trade"]]))
    assert told(found) == [(1, "Harbour opens"), (2, "Newer"), (3, "Newest")]
    assert chain_is_whole(found)


def test_an_import_that_updates_a_draft_leaves_both_texts(tmp_path):
    bring(tmp_path, article(state="draft"))
    found = bring(tmp_path, article(state="draft", headline="Newer", lead_image=None))
    assert told(found) == [(None, "Harbour opens"), (None, "Newer")]
    assert found.revisions.first().content == revisions.content(found)


def test_an_import_that_publishes_a_draft_begins_its_editions(tmp_path):
    bring(tmp_path, article(state="draft"))
    found = bring(tmp_path, article(headline="Newer"))
    assert told(found) == [(None, "Harbour opens"), (1, "Newer")]


def test_theirs_keeps_the_words_of_the_editor_too(tmp_path, client, chief):
    found = bring(tmp_path, article())
    save(client, found, headline="Edna's")
    bring(tmp_path, article(), theirs=True)
    assert told(found) == [(1, "Harbour opens"), (2, "Edna's"), (3, "Harbour opens")]
    assert chain_is_whole(found)


def test_words_changed_behind_the_history_are_kept_when_they_are_replaced(tmp_path):
    found = bring(tmp_path, article())
    bring(tmp_path, article(headline="Newer"))
    Article.objects.filter(pk=found.pk).update(headline="By a script")
    bring(tmp_path, article(), theirs=True)
    assert [headline for _, headline in told(found)] == ["Harbour opens", "Newer", "By a script", "Harbour opens"]


def test_a_run_that_is_taken_back_leaves_an_edition(tmp_path):
    bring(tmp_path, article())
    found = bring(tmp_path, article(headline="Newer"))
    run(undo=ImportRun.objects.latest("pk").pk)
    assert told(found) == [(1, "Harbour opens"), (2, "Newer"), (3, "Harbour opens")]
    assert run(undo=ImportRun.objects.earliest("pk").pk)[0] == 0
    assert not Article.objects.exists()


@pytest.mark.parametrize("state", ["draft", "approved"])
def test_many_updates_cost_as_many_queries_as_few(tmp_path, state):
    def update(number, headline):
        many = [article(f"story-{n}", headline=headline, state=state) for n in range(number)]
        path = write(tmp_path / "many.json", newsroom(*many))
        with CaptureQueriesContext(connection) as queries:
            assert run(path)[0] == 0
        return len(queries)

    update(20, "Old")
    few, many = update(5, "Newer"), update(20, "Newest")
    assert many - few < 5
    assert Revision.objects.filter(content__headline="Newest").count() == 20
