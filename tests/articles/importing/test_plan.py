"""`--plan` says what would happen and changes nothing."""

import pytest

from articles.models import Article
from tests.articles.importing.fixture_records import (
    article,
    counts,
    is_empty,
    newsroom,
    record,
    run,
    translation,
    write,
)

pytestmark = pytest.mark.django_db


def test_a_plan_counts_what_the_run_then_does(tmp_path):
    path = write(tmp_path / "news.json", newsroom())
    code, planned, _ = run(path, plan=True)
    assert (code, is_empty()) == (0, True)
    assert counts(run(path)[1]) == counts(planned) == {"create": 13}


def test_a_plan_of_a_known_file_is_all_unchanged(tmp_path):
    path = write(tmp_path / "news.json", newsroom())
    run(path)
    assert counts(run(path, plan=True)[1]) == {"unchanged": 13}


def test_differences_are_shown_field_by_field(tmp_path):
    run(write(tmp_path / "news.json", newsroom()))
    path = write(tmp_path / "new.json", [article(headline="Harbour closed", topics=[["trade"]])])
    _, out, _ = run(path, plan=True, diff=True)
    assert 'update articles.article["en","harbour-opens"]' in out
    assert '    headline: "Harbour opens" → "Harbour closed"' in out
    assert '    topics: [["ports"],["trade"]] → [["trade"]]' in out
    assert Article.objects.get(language="en").headline == "Harbour opens"


def test_a_plan_refuses_what_the_run_refuses(tmp_path):
    own = translation("harbour", "en")
    taken = record("contacts.country", iso2="NO", iso3="NOO", m49="999", region=["north"])
    path = write(tmp_path / "news.json", [*newsroom(article(), own), taken])
    code, planned, err = run(path, plan=True)
    assert (code, counts(planned)) == (1, {"create": 12, "refused": 2})
    assert counts(run(path)[1]) == {"create": 12, "refused": 2}
    assert is_empty()
    assert run(path)[2].replace("Nothing was", "Nothing would be") == err


def test_a_plan_sees_a_record_that_stands_in_the_file_twice(tmp_path):
    path = write(tmp_path / "news.json", [*newsroom(), article(headline="Other"), article()])
    code, out, err = run(path, plan=True)
    assert (code, counts(out)) == (1, {"create": 13, "unchanged": 1, "refused": 1})
    assert "appears twice with different content" in err


@pytest.mark.parametrize("plan", [False, True])
def test_differences_of_conflicts_are_shown_too(tmp_path, plan):
    path = write(tmp_path / "news.json", newsroom())
    run(path)
    Article.objects.filter(language="en").update(headline="Edited by Edna")
    Article.objects.filter(language="fr").delete()
    _, out, _ = run(path, plan=plan, diff=True)
    assert 'conflict articles.article["en","harbour-opens"]' in out
    assert '    headline: "Edited by Edna" → "Harbour opens"' in out
    assert 'conflict articles.article["fr","le-port-ouvre"]' in out
    assert '    headline: "Le port ouvre"' in out
