"""What the software sets by itself and a file leaves empty is "not said": importing a file again changes nothing."""

import pytest
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.importing.check.schema import Schema
from articles.models import Article
from tests.articles.importing.fixture_records import article, counts, newsroom, record, run, translation, write

pytestmark = pytest.mark.django_db

SCHEMA = Schema()
# {label: names of the fields that the software sets, or by which it knows a record}
AUTOMATIC = {label: sorted(spec.kept_if_empty | spec.ignored) for label, spec in SCHEMA.specs.items()}
EMPTY = st.sampled_from([None, "", " "])


def empties(label):
    return st.dictionaries(st.sampled_from(AUTOMATIC[label]), EMPTY)


@pytest.mark.parametrize("empty", ["", None, " "], ids=repr)
def test_an_empty_reference_keeps_the_number(tmp_path, empty):
    path = write(tmp_path / "news.json", newsroom(article(reference=empty, first_published_at=empty)))
    run(path)
    number = Article.objects.get().reference
    assert number == "2025-00001"
    code, out, _ = run(path)
    assert (code, counts(out)) == (0, {"unchanged": 12})
    changed = newsroom(article(reference=empty, headline="Harbour is open"))
    assert run(write(tmp_path / "news.json", changed))[0] == 0
    assert (Article.objects.get().headline, Article.objects.get().reference) == ("Harbour is open", number)


@pytest.mark.parametrize("empty", ["", None], ids=repr)
def test_an_empty_identifier_keeps_the_identifier(tmp_path, empty):
    run(write(tmp_path / "news.json", newsroom(article(external_source="old", external_id="7"))))
    run(write(tmp_path / "news.json", newsroom(article(external_source=empty, external_id=empty))))
    assert Article.objects.get().external_id == "7"


@given(source=empties("articles.article"), other=empties("articles.article"), phone=empties("contacts.phone"))
@settings(max_examples=settings().max_examples // 10)
def test_importing_twice_changes_nothing(tmp_path, source, other, phone):
    if Article.objects.exists():
        call_command("flush", interactive=False, verbosity=0)
    rows = newsroom(article(**source), translation(**other))
    rows.append(record("contacts.phone", office=["oslo"], display="+47 22 00 00 00", **phone))
    path = write(tmp_path / "news.json", rows)
    assert run(path)[0] == 0
    before = list(Article.objects.order_by("pk").values())
    code, out, _ = run(path)
    assert (code, counts(out)) == (0, {"unchanged": len(rows)})
    assert list(Article.objects.order_by("pk").values()) == before
