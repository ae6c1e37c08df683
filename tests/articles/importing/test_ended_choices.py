"""An archive's articles have what was in use at their time. The import takes it and says so; forms refuse it."""

import pytest

from articles.models import Article
from contacts.models import Country
from tests.articles.importing.fixture_records import article, newsroom, record, run, translation, write

pytestmark = pytest.mark.django_db

ENDED = [
    record("contacts.region", code="old", is_active=False, successor=["north"]),
    record("contacts.office", code="shut", host_country=["NOR"], closed="2020-01-01", timezone="Europe/Oslo"),
    record(
        "contacts.contact", code="gone", kind="unit", office=["oslo"], email="a@example.org", valid_until="2020-01-01"
    ),
    record("articles.topic", code="merged", merged_into=["trade"]),
]
CHOICES = {"regions": [["old"]], "office": ["shut"], "contacts": [["gone"]], "topics": [["merged"]]}
TAKEN = "taken as the file has it; the admin would refuse it"


@pytest.mark.parametrize("plan", [True, False])
@pytest.mark.parametrize("together", [True, False])
def test_what_has_ended_is_taken_with_a_notice(tmp_path, plan, together):
    ended = write(tmp_path / "ended.jsonl", [*newsroom(article("first")), *ENDED])
    if not together:
        run(ended)
    sweden = record("contacts.country", iso2="SE", iso3="SWE", m49="752", region=["old"])
    new = write(tmp_path / "new.jsonl", [article(**CHOICES), translation(), sweden])
    code, out, err = run(*([ended] if together else []), new, plan=plan)
    assert code == 0, err
    for what, number in {"retired region": 2, "closed office": 1, "ended contact": 1, "merged topic": 1}.items():
        assert f"{number} × {what} {TAKEN}" in out
    assert 'articles.article["en","harbour-opens"]' in out
    if not plan:
        assert Article.objects.get(slug="harbour-opens").office.code == "shut"
        assert Country.objects.get(iso3="SWE").region.code == "old"
        assert TAKEN not in run(new)[1]


def test_what_an_article_has_already_is_no_news(tmp_path):
    run(write(tmp_path / "news.jsonl", newsroom()))
    run(write(tmp_path / "shut.jsonl", [record("contacts.office", code="oslo", closed="2020-01-01")]))
    out = run(write(tmp_path / "news.jsonl", [article(headline="Newer")]))[1]
    assert TAKEN not in out
