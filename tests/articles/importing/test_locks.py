"""What an editor saves while an import runs is not overwritten: the import reports a conflict, or the save waits."""

import threading

import pytest
from django.db import OperationalError, connection, transaction

from articles.importing.store.batch import Batch
from articles.importing.undo import Undo
from articles.models import Article, ArticleTopic, ImportRun
from articles.publishing.locking import claim_version
from articles.search import indexing
from contacts.models import Office
from tests.articles.importing.fixture_records import article, counts, newsroom, run, write

pytestmark = pytest.mark.django_db(transaction=True)


def elsewhere(deed):
    """Do it in another connection, to the end; the error that came of it."""
    errors = []

    def guarded():
        try:
            if connection.vendor == "sqlite":
                options = connection.settings_dict["OPTIONS"] | {"timeout": 0.2}
                connection.settings_dict = connection.settings_dict | {"OPTIONS": options}
            with transaction.atomic():
                deed()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=guarded)
    thread.start()
    thread.join()
    return errors


@pytest.fixture
def between(monkeypatch):
    """Calls a function in another connection when the import has read the rows and is about to write them."""

    def at(deed):
        judge, errors, done = Batch._is_change, [], []

        def judged(self, record, relation_rows):
            if not done:
                done.append(errors.extend(elsewhere(deed)))
            return judge(self, record, relation_rows)

        monkeypatch.setattr(Batch, "_is_change", judged)
        return errors

    return at


@pytest.fixture
def newer(tmp_path):
    run(write(tmp_path / "news.json", newsroom()))
    return write(tmp_path / "newer.json", [article(headline="Newer")])


def edit():
    found = Article.objects.get(language="en")
    claim_version(found)
    found.headline = "Edited by Edna"
    found.save()


def test_an_edit_that_is_saved_in_the_meantime_is_a_conflict(newer, between):
    errors = between(edit)
    code, out, err = run(newer)
    found = Article.objects.get(language="en")
    if connection.vendor == "sqlite":  # there the import holds the one write lock, and the editor is told
        assert isinstance(errors[0], OperationalError)
        assert (counts(out), found.headline) == ({"update": 1}, "Newer")
        return
    assert errors == []
    assert (code, counts(out), found.headline) == (0, {"conflict": 1}, "Edited by Edna")
    assert "headline: edited here since" in err


@pytest.mark.parametrize("is_restored", [True, False])
def test_an_undo_overwrites_and_deletes_no_edit_that_is_saved_in_the_meantime(newer, monkeypatch, is_restored):
    if is_restored:
        run(newer)
    restore, errors = Undo._restore, []

    def edit_without_waiting():
        if connection.vendor == "postgresql":
            connection.cursor().execute("SET LOCAL lock_timeout = '200ms'")
        edit()

    def restored(self, spec, pairs):  # the undo has compared the rows
        if spec.label == "articles.article" and not errors:
            errors.extend(elsewhere(edit_without_waiting) or ["saved"])
        restore(self, spec, pairs)

    monkeypatch.setattr(Undo, "_restore", restored)
    done = "1 restored" if is_restored else "13 removed"
    assert done in run(undo=ImportRun.objects.latest("pk").pk)[1]
    assert isinstance(errors[0], OperationalError)


def test_a_list_that_is_changed_in_the_meantime_is_a_conflict(newer, between):
    between(lambda: (claim_version(Article.objects.get(language="en")), ArticleTopic.objects.all().delete()))
    out = run(newer)[1]
    assert counts(out) == ({"update": 1} if connection.vendor == "sqlite" else {"conflict": 1})
    assert ArticleTopic.objects.exists() is (connection.vendor == "sqlite")


def test_a_row_that_is_deleted_in_the_meantime_is_a_conflict(newer, between):
    between(remove)
    code, out, err = run(newer)
    if connection.vendor == "postgresql":
        assert (code, counts(out)) == (0, {"conflict": 1})
        assert "was removed here since it was imported" in err
        assert not Article.objects.filter(language="en").exists()


def remove():
    Article.objects.filter(language="fr").delete()
    Article.objects.filter(language="en").delete()


def test_an_edit_to_the_same_words_is_no_conflict(newer, between):
    between(lambda: Article.objects.filter(language="en").update(headline="Newer"))
    assert counts(run(newer)[1]) == ({"update": 1} if connection.vendor == "sqlite" else {"unchanged": 1})


def test_a_row_that_the_import_has_written_stays_locked(tmp_path, newer, monkeypatch):
    """Until the import has ended nobody can write to it, so that nobody's words are lost."""
    after = Batch.carry_out
    errors = []

    def carry_out(self, records, relation_rows=False):
        after(self, records, relation_rows)
        if connection.vendor == "postgresql":
            errors.extend(elsewhere(lambda: Office.objects.select_for_update(nowait=True).get()))

    monkeypatch.setattr(Batch, "carry_out", carry_out)
    office = newsroom()[3]
    office["fields"]["timezone"] = "Europe/Berlin"
    run(write(tmp_path / "office.json", [office]))
    assert Office.objects.get().timezone == "Europe/Berlin"
    assert len(errors) == (connection.vendor == "postgresql")


def test_headlines_with_new_words_can_be_published_while_an_import_is_indexed(tmp_path, monkeypatch):
    run(write(tmp_path / "first.json", newsroom()))
    keep, written, errors = indexing.keep, [], []

    def publish():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '200ms'")
        indexing._keep_words({("en", "zeppelin")})

    def keep_after_somebody_published(ids, **options):
        if written and connection.vendor == "postgresql":  # on SQLite, everybody waits for an import
            errors.extend(elsewhere(publish))
        keep(ids, **options)
        written.append(list(ids))

    monkeypatch.setattr(indexing, "keep", keep_after_somebody_published)
    new = article(slug="zeppelin", headline="Zeppelin")
    assert run(write(tmp_path / "second.json", [new, article(headline="Newer")]))[0] == 0
    assert len(written) == 2
    assert not errors
