"""`--undo RUN` takes a run back where nothing was edited since; what stays stays whole."""

from contextlib import contextmanager

import pytest

from articles.importing.bulk import BulkDatabase
from articles.models import Article, ImportRecord, ImportRun, Move, Remark, Topic, TopicTranslation
from contacts.models import Contact, Office, OfficeTranslation, Phone, Region, RegionTranslation
from tests.articles.importing.fixture_records import article, counts, newsroom, record, run, translation, write
from tests.cast import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(tmp_path):
    path = write(tmp_path / "news.json", newsroom())
    run(path)
    return path


def undo(number):
    return run(undo=number)


def test_what_the_run_created_goes(path):
    code, out, _ = undo(ImportRun.objects.get().pk)
    assert (code, out) == (0, f"Run {ImportRun.objects.get().pk} was undone: 13 removed.\n")
    assert not Article.objects.exists()
    assert not Region.objects.exists()
    assert ImportRun.objects.get().state == "undone"
    assert counts(run(path)[1]) == {"create": 13}


def test_what_the_run_changed_returns(path, tmp_path):
    before = Article.objects.get(language="en")
    changed = article(headline="Newer", topics=[["trade"]], publish_at="2025-05-01T09:00:00Z", state="approved")
    run(write(tmp_path / "newer.json", [changed]))
    assert "1 restored" in undo(ImportRun.objects.latest("pk").pk)[1]
    after = Article.objects.get(language="en")
    assert (after.headline, after.publish_at) == (before.headline, before.publish_at)
    assert [row.topic.code for row in after.topic_rows.all()] == ["ports", "trade"]
    assert {row.listed_at for row in after.topic_rows.all()} == {before.publish_at}
    assert Article.objects.get(language="fr").topic_rows.count() == 2
    assert counts(run(path)[1]) == {"unchanged": 13}


def test_what_another_process_undoes_meanwhile_is_not_undone_again(path, monkeypatch):
    only_import = BulkDatabase.only_import

    @contextmanager
    def waited(database):
        ImportRun.objects.update(state=ImportRun.State.UNDONE)
        with only_import(database):
            yield

    monkeypatch.setattr(BulkDatabase, "only_import", waited)
    assert "is already undone" in undo(ImportRun.objects.get().pk)[2]


def test_runs_are_taken_back_one_after_the_other(path, tmp_path):
    run(write(tmp_path / "newer.json", [article(headline="Newer")]))
    first, second = ImportRun.objects.order_by("pk")
    undo(second.pk)
    assert "13 removed" in undo(first.pk)[1]
    assert not ImportRecord.objects.exists()


def test_what_was_edited_since_stays(path):
    Article.objects.filter(language="en").update(headline="Edited by Edna")
    out = undo(ImportRun.objects.get().pk)[1]
    assert 'articles.article["en","harbour-opens"] was edited since' in out
    assert Article.objects.get().headline == "Edited by Edna"
    assert set(Topic.objects.values_list("code", flat=True)) == {"ports", "trade"}


def test_what_others_use_by_now_stays(path):
    own = make_article(topics=[Topic.objects.get(code="ports")])
    number = ImportRun.objects.get().pk
    code, out, err = undo(number)
    assert out.splitlines()[0] == f"Run {number} was undone in part: 3 left as they are, 10 removed."
    assert 'articles.topic["trade"] is in use' in out
    assert 'articles.topictranslation["ports","en"] belongs to something that is kept' in out
    assert (code, err) == (1, f"Some rows were left. Run --undo {number} again when the reasons above are gone.")
    assert Topic.objects.get(parent=None).code == "trade"
    assert TopicTranslation.objects.get().name == "Ports"
    assert list(Article.objects.all()) == [own]


def test_what_a_later_run_changed_or_uses_names_that_run(path, tmp_path):
    first = ImportRun.objects.get()
    newer = article(headline="Newer")
    own = article(slug="own", translation_of=None, headline="Own", topics=[["ports"]])
    run(write(tmp_path / "newer.json", [newer, own]))
    later = ImportRun.objects.latest("pk").pk
    code, out, _ = undo(first.pk)
    assert f'articles.article["en","harbour-opens"] was changed by run {later}: undo that first' in out
    assert 'articles.topic["ports"] is in use' in out
    assert out.splitlines()[-1] == f"Run {later} came later and may use the rows that were left: undo it first."
    assert code == 1
    undo(later)
    assert undo(first.pk)[0] == 0


def test_what_stayed_goes_when_the_cause_is_gone(path):
    own = make_article(topics=[Topic.objects.get(code="ports")])
    run_ = ImportRun.objects.get()
    undo(run_.pk)
    run_.refresh_from_db()
    assert (run_.state, run_.counts["articles.topic"]) == ("done", {"create": 2, "left": 2})
    assert run_.counts["contacts.region"] == {"create": 1, "removed": 1}
    own.delete()
    assert undo(run_.pk) == (0, f"Run {run_.pk} was undone: 3 removed.\n", "")
    run_.refresh_from_db()
    assert (run_.state, run_.counts["articles.topic"]) == ("undone", {"create": 2, "removed": 2})
    assert not Topic.objects.exists()


def test_an_edited_owner_keeps_its_parts_and_what_it_needs(path):
    Contact.objects.update(email="edna@example.org")
    code, out, _ = undo(ImportRun.objects.get().pk)
    assert (code, 'contacts.contact["press-desk"] was edited since' in out) == (1, True)
    assert Contact.objects.get().translations.get().unit_name == "Press Desk"
    assert Phone.objects.get().e164 == ["+4722123456", "+4722123478"]
    assert OfficeTranslation.objects.get(office=Contact.objects.get().office).name == "Oslo Office"
    assert RegionTranslation.objects.get().name == "The North"
    assert not Article.objects.exists()
    assert not Topic.objects.exists()


def test_an_edited_part_keeps_its_owner(path):
    Phone.objects.update(display="22 12 34 57")
    TopicTranslation.objects.update(name="Harbours")
    undo(ImportRun.objects.get().pk)
    assert (Topic.objects.count(), Contact.objects.count(), Office.objects.count()) == (2, 1, 1)
    assert not Article.objects.exists()


def test_an_added_part_keeps_the_others(path):
    Office.objects.get().phones.create(display="22 00 00 00")
    undo(ImportRun.objects.get().pk)
    assert OfficeTranslation.objects.get().city == "Oslo"
    assert not Contact.objects.exists()


def test_an_article_that_was_moved_stays(path):
    Move.objects.create(article=Article.objects.get(language="en"), name="submit", from_state="draft", to_state="draft")
    out = undo(ImportRun.objects.get().pk)[1]
    assert 'articles.article["en","harbour-opens"] has had something added to it' in out
    assert Article.objects.get().language == "en"


def test_what_people_added_to_a_draft_is_never_deleted_so_that_no_trail_is_needed(tmp_path):
    run(write(tmp_path / "news.json", newsroom(article(state="draft", publish_at=None))))
    Remark.objects.create(article=Article.objects.get(), paragraph_text="x", text="Which harbour?")
    out = undo(ImportRun.objects.get().pk)[1]
    assert 'articles.article["en","harbour-opens"] has had something added to it' in out
    assert Article.objects.get().remarks.get().text == "Which harbour?"


def test_rows_that_refer_to_each_other_go_together(tmp_path):
    chain = [record("contacts.region", code=f"r{n}", successor=[f"r{n + 1}"] if n < 9 else None) for n in range(10)]
    old = article("port-opens", state="withdrawn", withdrawal_note="Twice.", redirect_to=["en", "harbour-opens"])
    run(write(tmp_path / "news.json", [*newsroom(old, article(), translation()), *chain]))
    assert undo(ImportRun.objects.get().pk)[::2] == (0, "")
    assert not Region.objects.exists()


def test_what_cannot_be_restored_stays_with_what_it_uses(path, tmp_path):
    newer = [record("articles.topic", code="docks"), article(topics=[["docks"]])]
    run(write(tmp_path / "newer.json", newer))
    second = ImportRun.objects.latest("pk")
    Topic.objects.filter(code="ports").delete()
    code, out, _ = undo(second.pk)
    assert (code, out.splitlines()[0]) == (1, f"Run {second.pk} was undone in part: 2 left as they are.")
    assert "cannot be restored: what it referred to is gone" in out
    assert [topic.code for topic in Article.objects.get(language="en").topics.all()] == ["docks"]


def test_what_had_something_added_stays_with_it(path):
    RegionTranslation.objects.create(region=Region.objects.get(), language="fr", name="Le Nord")
    out = undo(ImportRun.objects.get().pk)[1]
    assert 'contacts.region["north"] has had something added to it' in out
    assert set(RegionTranslation.objects.values_list("name", flat=True)) == {"The North", "Le Nord"}


def test_a_run_is_taken_back_once(path):
    number = ImportRun.objects.get().pk
    undo(number)
    assert undo(number)[::2] == (1, f"Run {number} is already undone.")
    assert undo(999_999)[::2] == (1, "There is no run 999999.")
