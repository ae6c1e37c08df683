"""What a person changed since is a conflict: it stays, is listed, and gives way only to `--theirs`."""

import pytest

from articles.models import Article, ImportRun
from contacts.models import RegionTranslation
from tests.articles.importing.fixture_records import article, counts, newsroom, record, run, write
from tests.cast import make_region

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(tmp_path):
    path = write(tmp_path / "news.json", newsroom())
    run(path)
    return path


def test_an_edited_article_is_a_conflict_and_stays(path):
    Article.objects.filter(language="en").update(headline="Edited by Edna")
    code, out, err = run(path)
    assert (code, counts(out)) == (0, {"unchanged": 12, "conflict": 1})
    assert 'articles.article["en","harbour-opens"] headline: edited here since' in err
    assert Article.objects.get(language="en").headline == "Edited by Edna"


def test_theirs_takes_the_file_s_version(path):
    Article.objects.filter(language="en").update(headline="Edited by Edna")
    code, out, _ = run(path, theirs=True)
    assert (code, counts(out)) == (0, {"unchanged": 12, "update": 1})
    assert Article.objects.get(language="en").headline == "Harbour opens"


def test_an_edited_list_is_a_conflict_too(path):
    source = Article.objects.get(language="en")
    source.topics.set(source.topics.filter(code="trade"))
    assert "topics: edited here since" in run(path)[2]
    assert [topic.code for topic in source.topics.all()] == ["trade"]


def test_the_rest_of_the_file_goes_in(path, tmp_path):
    Article.objects.filter(language="en").update(headline="Edited by Edna")
    more = write(tmp_path / "more.json", [*newsroom(), article("second")])
    assert counts(run(more)[1]) == {"create": 1, "unchanged": 12, "conflict": 1}


def test_a_row_that_no_import_made_is_a_conflict_if_it_differs(tmp_path):
    make_region("north", name="Up North")
    same = record("contacts.region", code="north", kind="region", order=0)
    other = record("contacts.regiontranslation", region=["north"], language="en", name="The North")
    code, out, err = run(write(tmp_path / "r.json", [same, other]))
    assert (code, counts(out)) == (0, {"unchanged": 1, "conflict": 1})
    assert "name: not from an import, and different" in err
    assert not ImportRun.objects.exists()


def test_what_a_person_removed_does_not_come_back_by_itself(path):
    RegionTranslation.objects.all().delete()
    assert "was removed here since it was imported" in run(path)[2]
    assert not RegionTranslation.objects.exists()
    run(path, theirs=True)
    assert RegionTranslation.objects.get().name == "The North"


def test_an_import_may_change_what_an_earlier_import_wrote(path, tmp_path):
    newer = write(tmp_path / "newer.json", [article(headline="Newer")])
    assert counts(run(newer)[1]) == {"update": 1}
    assert counts(run(path)[1]) == {"update": 1, "unchanged": 12}


def test_the_run_says_who_which_file_and_what(path):
    found = ImportRun.objects.get()
    assert found.source == str(path)
    assert found.counts["articles.article"] == {"create": 2}
    assert len(found.sha256) == 64
    assert found.by
    assert found.finished_at


def test_publication_by_the_clock_is_no_edit(tmp_path):
    path = write(tmp_path / "news.json", newsroom())
    run(path)
    Article.objects.update(reference="2025-00009")
    assert counts(run(path)[1]) == {"unchanged": 13}
