"""`--undo RUN` takes a run back where nothing was edited since."""

import pytest

from articles.models import Article, ImportRecord, ImportRun, Topic
from contacts.models import Region, RegionTranslation
from tests.cast import make_article

from .fixture_records import article, counts, newsroom, run, write

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
    assert (code, out) == (0, f"Run {ImportRun.objects.get().pk} was taken back: 13 removed.\n")
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
    make_article(topics=[Topic.objects.get(code="trade")])
    out = undo(ImportRun.objects.get().pk)[1]
    assert 'articles.topic["trade"] is in use' in out
    assert list(Topic.objects.values_list("code", flat=True)) == ["trade"]


def test_what_had_something_added_stays_with_it(path):
    RegionTranslation.objects.create(region=Region.objects.get(), language="fr", name="Le Nord")
    out = undo(ImportRun.objects.get().pk)[1]
    assert 'contacts.region["north"] has had something added to it' in out
    assert RegionTranslation.objects.get().name == "Le Nord"


def test_a_run_is_taken_back_once(path):
    number = ImportRun.objects.get().pk
    undo(number)
    assert undo(number)[::2] == (1, f"Run {number} was taken back already.")
    assert undo(999_999)[::2] == (1, "There is no run 999999.")
