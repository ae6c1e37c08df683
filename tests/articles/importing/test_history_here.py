"""The history that an article has here never changes by an import: where the file's differs, it is left out and told."""

import pytest
from django.contrib.auth import get_user_model

from articles.models import Article, ImportRun, Revision
from articles.publishing import revisions
from articles.publishing.workflow import move
from contacts.models import Contact
from tests.articles.importing.fixture_records import counts, newsroom, record, run, write
from tests.articles.importing.newsroom_with_a_past import changed, leave, newsroom_with_a_past, saved
from tests.articles.importing.test_round_trip import export
from tests.cast import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def past(shared_rows):
    return newsroom_with_a_past().pk


@pytest.fixture
def lived(past, db):
    return Article.objects.get(pk=past)


def test_an_article_that_went_its_own_way_keeps_its_history(tmp_path, lived):
    edna = get_user_model().objects.get(username="edna")
    export(tmp_path / "a.jsonl")
    saved(lived, edna, headline="There")
    revisions.publish_edition(lived, edna)
    export(tmp_path / "b.jsonl")
    leave(users=True)
    run(tmp_path / "a.jsonl")
    here = Article.objects.get(slug="new-name", revises=None)
    saved(here, edna, headline="Here")
    revisions.publish_edition(here, edna)
    before = list(Revision.objects.values())
    for options in ({}, {"theirs": True}):
        code, out, _ = run(tmp_path / "b.jsonl", **options)
        assert code == 0
        assert counts(out, "articles.revision")["conflict"] == 2
    assert list(Revision.objects.values())[-len(before) :] == before


def test_history_that_is_here_never_changes(tmp_path, lived):
    def alter(one):
        if one["model"] == "articles.revision" and not one["fields"]["edition"]:
            one["fields"]["content"]["headline"] = "X"

    before = list(Revision.objects.values())
    export(tmp_path / "a.jsonl")
    for options in ({}, {"theirs": True}):
        code, out, err = run(changed(tmp_path / "a.jsonl", alter), **options)
        assert code == 0
        assert "conflict" in counts(out, "articles.revision")
        assert "the article has another history here, which is kept" in err
        assert list(Revision.objects.values()) == before


def test_an_approval_that_was_taken_back_here_stays_taken_back(tmp_path, lived):
    export(tmp_path / "a.jsonl")
    leave(users=True)
    run(tmp_path / "a.jsonl")
    move(Article.objects.get(slug="planned"), "recall", get_user_model().objects.get(username="edna"))
    before = list(Revision.objects.values())
    more = write(tmp_path / "b.jsonl", [record("contacts.region", code="more", kind="region")])
    code, out, _ = run(tmp_path / "a.jsonl", more)
    assert (code, counts(out, "contacts.region")["create"]) == (0, 1)
    assert counts(out, "articles.article")["conflict"] == counts(out, "articles.revision")["conflict"] == 1
    assert list(Revision.objects.values()) == before
    assert run(tmp_path / "a.jsonl", theirs=True)[0] == 0
    assert Article.objects.get(slug="planned").state == "approved"


def test_two_newsrooms_that_edited_the_same_import(tmp_path):
    """Both number their first edition; it has the same time, but the e-mail address of a contact was changed in one."""
    leave()  # the rows of this file's other tests
    edna = make_user("edna", "approver")
    run(write(tmp_path / "start.jsonl", newsroom()))
    start = export(tmp_path / "same.jsonl")

    def edit(words):
        story = Article.objects.get(slug="harbour-opens")
        saved(story, edna, headline=words)
        revisions.publish_edition(story, edna)

    edit("There")
    export(tmp_path / "there.jsonl")
    leave(users=True)
    (tmp_path / "same.jsonl").write_bytes(start)
    run(tmp_path / "same.jsonl")
    Contact.objects.update(email="new@example.org")
    edit("Here")
    before = list(Revision.objects.values())
    code, out, _ = run(tmp_path / "there.jsonl")
    assert code == 0
    assert counts(out, "articles.revision").keys() == {"conflict"}
    assert list(Revision.objects.values()) == before
    assert run(tmp_path / "there.jsonl", theirs=True)[0] == 0
    assert Article.objects.get(slug="harbour-opens").headline == "There"


@pytest.mark.parametrize("way", ["undone", "older file"])
def test_the_newest_edition_has_the_text_of_the_article(tmp_path, lived, way):
    """An import of texts that were here before makes a new edition of them."""
    edna = get_user_model().objects.get(username="edna")
    export(tmp_path / "a.jsonl")
    saved(lived, edna, headline="Third edition")
    revisions.publish_edition(lived, edna)
    export(tmp_path / "b.jsonl")
    leave(users=True)
    run(tmp_path / "a.jsonl")
    run(tmp_path / "b.jsonl")
    if way == "undone":
        assert run(undo=ImportRun.objects.latest("pk").pk)[0] in (0, 1)
        run(tmp_path / "b.jsonl")
    else:
        run(tmp_path / "a.jsonl")
    live = Article.objects.get(slug="new-name", revises=None)
    newest = live.revisions.exclude(edition=None).order_by("-edition").first()
    assert live.headline == ("Third edition" if way == "undone" else "Corrected in place")
    assert newest.content["headline"] == live.headline
    assert newest.edition == (6 if way == "undone" else 5)
