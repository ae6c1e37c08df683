"""A newsroom that moves to another server takes its history along: revisions, editions, moves, earlier addresses."""

import json
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

from articles.models import Article, ImportRecord, Move, ReferenceCounter, Revision, SlugHistory
from articles.publishing import revisions
from articles.publishing.workflow import move
from tests.articles.importing.fixture_records import counts, run
from tests.articles.importing.newsroom_with_a_past import changed, leave, newsroom_with_a_past, saved
from tests.articles.importing.test_round_trip import export
from tests.cast import make_article, make_region, make_user

pytestmark = pytest.mark.django_db

HISTORY = {"articles.revision", "articles.move", "articles.slughistory", "articles.referencecounter"}


@pytest.fixture(scope="module")
def past(shared_rows):
    return newsroom_with_a_past().pk


@pytest.fixture
def lived(past, db):
    return Article.objects.get(pk=past)


@pytest.mark.parametrize(
    ("name", "users"), [("a.jsonl", True), ("a.jsonl", False), ("a.json", True), ("a.yaml", True), ("a.zip", True)]
)
def test_the_same_bytes_with_history(tmp_path, lived, name, users):
    first = export(tmp_path / name)
    assert {one["model"] for one in json.loads(export(tmp_path / "b.json"))} >= HISTORY
    leave(users)
    code, out, err = run(tmp_path / name)
    assert (err, code) == ("", 0)
    assert export(tmp_path / name) == first
    again = run(tmp_path / name)
    assert counts(again[1]) == {"unchanged": counts(out)["create"]}
    assert "Nothing to change" in again[1]
    assert counts(run(tmp_path / name, plan=True)[1]) == counts(again[1])


def test_what_the_new_server_knows(tmp_path, lived, client):
    before = {
        "reference": lived.reference,
        "editions": list(lived.revisions.exclude(edition=None).values_list("edition", "sha256")),
        "moves": list(lived.moves.values_list("name", "at", "by__username", "reason")),
        "version": lived.version,
    }
    export(tmp_path / "a.jsonl")
    leave()
    make_user("edna")
    run(tmp_path / "a.jsonl")
    live = Article.objects.get(slug="new-name", revises=None)
    assert (live.reference, live.version) == (before["reference"], before["version"])
    assert list(live.revisions.exclude(edition=None).values_list("edition", "sha256")) == before["editions"]
    for edition in live.revisions.exclude(edition=None):
        assert revisions.digest(edition) == edition.sha256
    assert [(m.name, m.at, str(m.who), m.reason) for m in live.moves.all()] == before["moves"]
    assert {str(m.by) for m in Move.objects.all()} == {"edna", "None"}
    assert live.created_by_name == "wim"
    assert client.get("/en/news/old-name/").headers["Location"].endswith("/new-name/")
    assert live.working_copy.began_as["headline"] == "Second edition"
    assert ReferenceCounter.objects.get().last == 40


def test_loaddata_brings_the_history_too(tmp_path, lived):
    first = export(tmp_path / "a.json")
    leave()
    call_command("loaddata", str(tmp_path / "a.json"), verbosity=0)
    assert export(tmp_path / "b.json") == first


def test_a_selection_brings_the_history_of_its_articles(tmp_path, lived):
    records = json.loads(export(tmp_path / "some.json", q="Corrected"))
    articles = {
        tuple(one["fields"]["article"]) for one in records if one["model"] in ("articles.revision", "articles.move")
    }
    assert articles == {("en", "new-name")}
    assert [one["fields"]["slug"] for one in records if one["model"] == "articles.slughistory"] == ["old-name"]
    assert "articles.referencecounter" not in {one["model"] for one in records}


def edition(one, number):
    return one["model"] == "articles.revision" and one["fields"]["edition"] == number and one["fields"]["article"][1] == "new-name"  # fmt: skip


@pytest.mark.parametrize("field", ["content", "change_note", "contact_lines", "edition", "previous_sha256", "sha256"])
def test_an_altered_edition_is_refused(tmp_path, lived, field):
    def alter(one):
        if edition(one, 2):
            values = {"content": one["fields"]["content"] | {"headline": "X"}, "contact_lines": [["X"]], "edition": 9}
            one["fields"][field] = values.get(field, "X")

    export(tmp_path / "a.jsonl")
    leave()
    code, _, err = run(changed(tmp_path / "a.jsonl", alter))
    assert code == 1
    assert 'articles.revision["en","new-name",' in err
    assert "sha256: does not fit the edition, which was altered" in err
    assert not Revision.objects.exists()


def test_a_removed_edition_is_noticed(tmp_path, lived):
    export(tmp_path / "a.jsonl")
    leave()
    err = run(changed(tmp_path / "a.jsonl", lambda one: not edition(one, 2)))[2]
    assert "previous_sha256: is not the sha256 of the edition before" in err


def test_a_second_export_continues_the_history(tmp_path, lived):
    """The old server goes on for some days; what happened there follows. No edition is numbered twice."""
    edna = get_user_model().objects.get(username="edna")
    export(tmp_path / "a.jsonl")
    saved(lived, edna, headline="Third edition")
    revisions.publish_edition(lived, edna)
    first = export(tmp_path / "b.jsonl")
    leave(users=True)
    run(tmp_path / "a.jsonl")
    code, _out, err = run(tmp_path / "b.jsonl")
    assert (err, code) == ("", 0)
    live = Article.objects.get(slug="new-name", revises=None)
    assert list(live.revisions.exclude(edition=None).values_list("edition", flat=True)) == [4, 3, 2, 1]
    rows = [line for line in first.splitlines() if b'"articles.revision"' in line]
    assert [line for line in export(tmp_path / "c.jsonl").splitlines() if b'"articles.revision"' in line] == rows


def test_undo_takes_the_history_away_with_its_articles(tmp_path, lived):
    export(tmp_path / "a.jsonl")
    leave()
    run(tmp_path / "a.jsonl")
    code, _out, err = run(undo=ImportRecord.objects.first().run_id)
    assert (err, code) == ("", 0)
    for model in (Article, Revision, Move, SlugHistory, ImportRecord):
        assert not model.objects.exists()


def test_undo_keeps_an_article_that_was_moved_on(tmp_path, lived):
    export(tmp_path / "a.jsonl")
    leave()
    run(tmp_path / "a.jsonl")
    Article.objects.get(slug="planned").moves.create(name="withdraw", from_state="approved", to_state="withdrawn")
    code, _out, _ = run(undo=ImportRecord.objects.first().run_id)
    assert code == 1
    assert list(Article.objects.values_list("slug", flat=True)) == ["planned"]
    assert Move.objects.filter(article__slug="planned").count() > 1


def test_an_earlier_address_at_which_another_article_is_public_leads_there(tmp_path, lived, client):
    export(tmp_path / "a.jsonl")
    leave()
    other = make_article(slug="old-name")
    code, out, _ = run(tmp_path / "a.jsonl")
    assert code == 0
    assert counts(out, "articles.slughistory") == {"create": 1}
    assert client.get("/en/news/old-name/").status_code == 200
    other.delete()
    assert client.get("/en/news/old-name/").headers["Location"].endswith("/new-name/")


def test_an_export_tells_of_circles(tmp_path):
    leave()  # the rows of this file's other tests
    one, two = make_region("one"), make_region("two")
    type(one).objects.filter(pk=one.pk).update(successor=two)
    type(one).objects.filter(pk=two.pk).update(successor=one)
    here, there = make_article(slug="here"), make_article(slug="there", redirect_to=None)
    Article.objects.filter(pk=here.pk).update(redirect_to=there)
    Article.objects.filter(pk=there.pk).update(redirect_to=here)
    err = StringIO()
    call_command("export_fixture", output=str(tmp_path / "a.json"), stderr=err)
    lines = [line for line in err.getvalue().splitlines() if line.startswith("warning: ")]
    assert 'contacts.region: ["one"] → ["two"] → ["one"] is a circle' in lines[0]
    assert 'articles.article: ["en","here"] → ["en","there"] → ["en","here"] is a circle' in lines[1]
    assert len(lines) == 2
    leave()
    complaints = run(tmp_path / "a.json")[2]
    assert "circular reference" in complaints or "would make a circ" in complaints


def test_an_approval_that_was_taken_back_is_taken_back_here_too(tmp_path, lived):
    export(tmp_path / "a.jsonl")
    planned = Article.objects.get(slug="planned")
    move(planned, "recall", get_user_model().objects.get(username="edna"))
    first = export(tmp_path / "b.jsonl")
    leave(users=True)
    run(tmp_path / "a.jsonl")
    assert Revision.objects.get(article__slug="planned", edition=1)
    code, out, err = run(tmp_path / "b.jsonl")
    assert (err, code) == ("", 0)
    assert counts(out, "articles.revision")["update"] == 1
    assert not Revision.objects.filter(article__slug="planned").exclude(edition=None).exists()
    assert first.count(b"articles.revision") == export(tmp_path / "c.jsonl").count(b"articles.revision")
