"""kill -9 at every stage of an import: whole rows or none, and the next run gives what one clean run gives."""

import os
import signal
import time
from io import BytesIO, TextIOWrapper

import pytest
from django.core.management import call_command
from django.db import connections

from articles.importing import run as imports
from articles.importing import undo as undoing
from articles.importing.bulk import BulkDatabase
from articles.importing.history import History
from articles.importing.revisions import ArticleRevisions
from articles.importing.run import Loader
from articles.importing.store.articles import ReferenceNumbers
from articles.importing.store.batch import Batch
from articles.importing.store.media import Pictures
from articles.importing.store.translations import Translations
from articles.importing.store.writer import Writer
from articles.media import storage
from articles.models import Article, ImportRecord, ImportRun
from tests.articles.importing.fixture_records import article, counts, newsroom, run, translation, without_times, write
from tests.articles.importing.test_media import RECORDS, as_folder, stored
from tests.articles.importing.test_round_trip import empty

pytestmark = pytest.mark.django_db(transaction=True)

# Where it dies: an object, its function, at which call, before it does its work or after.
STAGES = {
    "before the first record": (Loader, "add", 1, "before"),
    "while reading": (Loader, "add", 9, "before"),
    "while a batch is judged": (Batch, "carry_out", 4, "before"),
    "with a file stored and no row": (storage, "_write", 1, "after"),
    "between two files": (storage, "_write", 2, "before"),
    "with rows written and not counted": (Writer, "_create", 5, "after"),
    "after the articles' rows": (Writer, "_after_articles", 1, "after"),
    "before pictures are linked": (Pictures, "finish", 1, "before"),
    "before translations have their facets": (Translations, "copy", 1, "before"),
    "before the numbers are kept": (ReferenceNumbers, "save", 1, "before"),
    "before the run is written down": (History, "close", 1, "before"),
    "before the commit": (imports, "names_changed", 1, "after"),
}
# The same of a later import of changed records, and of an undo.
CHANGES = {
    "between two rows that change": (BulkDatabase, "update", 2, "before"),
    "with rows changed and not written down": (Writer, "_update_rows", 2, "after"),
    "with new editions": (ArticleRevisions, "after", 1, "after"),
    "before the commit": (imports, "names_changed", 1, "after"),
}
UNDO = {
    "between two models": (undoing.Undo, "_remove", 5, "before"),
    "before the commit": (undoing, "names_changed", 1, "after"),
}


def killed(source, where, name, call, when, **options):
    """Import (or undo: `source` is None) in a process of its own that dies there; whether it did."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            _die_at(where, name, call, when)
            run(*filter(None, [source]), **options)
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def _die_at(where, name, call, when):
    deed, calls = getattr(where, name), []

    def deadly(*arguments, **options):
        calls.append(name)
        if len(calls) == call and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = deed(*arguments, **options)
        if len(calls) == call:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(where, name, deadly)


def again(source, **options):
    """PostgreSQL needs a moment to notice that the client of its lock has gone."""
    for _ in range(600):
        result = run(*filter(None, [source]), **options)
        if "already running" not in result[2]:
            break
        time.sleep(0.1)
    return result


def content():
    out = TextIOWrapper(BytesIO(), encoding="utf-8")
    call_command("export_fixture", stdout=out)
    return without_times(out.buffer.getvalue().decode()), stored()


@pytest.fixture
def source(tmp_path):
    return as_folder(tmp_path / "demo", [*RECORDS, translation()])


@pytest.fixture(scope="module")
def undisturbed():
    """What an import that nobody kills gives, once a test has run one."""
    return []


@pytest.mark.parametrize("stage", STAGES)
def test_killed_and_run_again_it_is_as_if_nothing_had_happened(source, stage, undisturbed):
    if not undisturbed:
        assert run(source)[0] == 0
        undisturbed.append(content())
        empty()
        for path in stored():
            storage.default_storage.delete(path)
    assert killed(source, *STAGES[stage])
    assert (Article.objects.count(), ImportRun.objects.count(), ImportRecord.objects.count()) == (0, 0, 0)
    code, out, err = again(source)
    assert (code, err, set(counts(out))) == (0, "", {"create"})
    assert ImportRun.objects.get().finished_at
    assert [content()] == undisturbed


def test_killed_while_rows_change_or_are_undone_each_is_as_before(tmp_path):
    """One after the other on the same rows: each death must have left them as they were."""
    first = write(tmp_path / "first.json", newsroom())
    changed = [article(headline="Harbour closes", topics=[["trade"]]), translation(headline="Le port ferme")]
    second = write(tmp_path / "second.json", newsroom(*changed))
    second.write_text(second.read_text().replace("Oslo Office", "Office in Oslo"))
    assert run(first)[0] == 0
    before = content()
    for stage, place in CHANGES.items():
        assert killed(second, *place), stage
        assert (content(), ImportRun.objects.count()) == (before, 1), stage
    code, out, _ = again(second)
    assert (code, counts(out)["update"]) == (0, 3)
    after = content()
    assert after != before
    last = ImportRun.objects.latest("pk").pk
    for stage, place in UNDO.items():
        assert killed(None, *place, undo=last), stage
        assert content() == after, stage
    assert again(None, undo=last)[0] == 0
    headlines = set(Article.objects.values_list("headline", flat=True))
    assert headlines == {"Harbour opens", "Le port ouvre"}  # their editions of meanwhile stay


def test_killed_after_the_commit_the_work_is_done(source):
    assert killed(source, imports, "_import", 1, "after")
    assert set(counts(again(source)[1])) == {"unchanged"}
    assert ImportRun.objects.get().finished_at
    assert len(stored()) == 3


@pytest.mark.parametrize("stage", ["before the first record", "while a batch is judged"])
def test_killed_while_planning_nothing_happened(source, stage):
    assert killed(source, *STAGES[stage], plan=True)
    assert (Article.objects.count(), stored()) == (0, [])
    assert again(source)[0] == 0
