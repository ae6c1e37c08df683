"""Who compiles the concordance: long imports and `search_index`; what they leave undone, they say."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from articles import facets
from articles.management.commands import import_fixture
from articles.models import ListChange, SearchVolume, SearchWord
from articles.search import compiling
from tests.cast import make_article

from .fixture_records import article, newsroom, run, write

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    monkeypatch.setattr(compiling, "PAYS_FROM", 1)
    monkeypatch.setattr(import_fixture, "MANY", 1)


def bring(tmp_path, **options):
    return run(write(tmp_path / "news.json", newsroom(article())), **options)


def words():
    return {bytes(word) for word in SearchWord.objects.values_list("word", flat=True)}


def test_a_long_import_compiles_what_it_brought(tmp_path):
    assert bring(tmp_path)[0] == 0
    assert b"harbour" in words()
    assert compiling.outdated() == []


@pytest.mark.parametrize("option", ["no_index", "plan"])
def test_one_that_leaves_search_alone_does_not(tmp_path, option):
    assert bring(tmp_path, **{option: True})[0] == 0
    assert not SearchVolume.objects.exists()


def test_a_short_import_leaves_it_to_the_night(tmp_path, monkeypatch):
    bring(tmp_path)
    monkeypatch.setattr(import_fixture, "MANY", 3)
    monkeypatch.setattr(compiling, "compile_volume", lambda number: pytest.fail("compiled"))
    assert run(write(tmp_path / "more.json", newsroom(article("second"))))[0] == 0
    assert compiling.outdated()


@pytest.mark.parametrize("error", [KeyboardInterrupt, DatabaseError])
def test_an_import_whose_compiling_fails_is_stored_and_says_so(tmp_path, monkeypatch, error):
    def fail(number):
        raise error

    monkeypatch.setattr(compiling, "compile_volume", fail)
    code, _, said = bring(tmp_path)
    assert code == 0
    assert "Stored. Searches are slower until `search_index` has run." in said


def test_search_index_tells_the_lists_before_it_compiles(monkeypatch):
    make_article(headline="Needle")
    ListChange.objects.all().delete()

    def stop(number):
        assert ListChange.objects.filter(article=None, names=False).exists()
        raise KeyboardInterrupt

    monkeypatch.setattr(compiling, "compile_volume", stop)
    with pytest.raises(CommandError, match="goes on with the concordance") as stopped:
        call_command("search_index", verbosity=0)
    assert stopped.value.returncode == 130


def test_a_check_says_which_volumes_are_behind(capsys):
    found = make_article(headline="Needle")
    call_command("search_index", verbosity=0)
    call_command("search_index", "--check")
    assert "behind" not in capsys.readouterr().out
    facets.sync(found)
    call_command("search_index", "--check")
    assert "concordance that are behind: 1." in capsys.readouterr().out
