"""A value of the wrong kind in any field of any model is a problem with its field, or it is imported: no traceback."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.importing.check.schema import Schema
from articles.models import Article
from tests.articles.importing.fixture_records import article, newsroom, record, run, write

pytestmark = pytest.mark.django_db

SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**70), 2**70), st.floats(), st.text(max_size=5), st.sampled_from(["en", "oslo"])
)  # fmt: skip
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2), max_leaves=6
)  # fmt: skip
FIELDS = {label: sorted({*spec.fields, *spec.lists, "id", "pk"}) for label, spec in Schema().specs.items()}
# A valid record of each model, in which one value or several are replaced.
GOOD = {}
for one in newsroom():
    GOOD.setdefault(one["model"], one["fields"])
WRONG = [{"a": 1}, ["a"], [["a"]], [[["a"]]], [{"a": 1}], [None], [1], 1, 1.5, True, None, "", " ", "a\0b", []]


def complaints(path, plan=True):
    code, _, err = run(path, plan=plan, keep_going=True)
    assert code == (1 if "error: " in err else 0) or "not a newsroom fixture" in err or "holds nothing" in err
    return err


@pytest.mark.parametrize("value", WRONG, ids=repr)
def test_every_field_of_every_model_refuses_what_it_cannot_hold(tmp_path, value):
    rows = [record(label, **(GOOD.get(label, {}) | {name: value})) for label, names in FIELDS.items() for name in names]
    path = write(tmp_path / "wrong.json", [*newsroom(), *rows])
    complaints(path)
    complaints(path, plan=False)


@pytest.mark.parametrize("name", ["language", "slug", "office", "topics", "translation_of", "lead_image", "headline"])
@pytest.mark.parametrize("value", [{"a": 1}, [{"a": 1}], [["en", {"a": 1}]], [["a", ["b"]]]], ids=repr)
def test_an_object_where_a_key_is_expected_is_a_problem_of_its_field(tmp_path, name, value):
    err = run(write(tmp_path / "news.json", newsroom(article(**{name: value}))))[2]
    assert f"{name}: must be a" in err or f"{name}: must not be" in err


@given(st.data())
@settings(max_examples=settings().max_examples // 2)
def test_any_value_anywhere(tmp_path, data):
    label = data.draw(st.sampled_from(sorted(FIELDS)))
    changes = data.draw(st.dictionaries(st.sampled_from(FIELDS[label]), VALUES, min_size=1, max_size=4))
    rows = [*newsroom(), {"model": label, "fields": GOOD.get(label, {}) | changes}]
    path = tmp_path / "any.json"
    path.write_text(json.dumps(rows), encoding="utf-8")
    complaints(path)


@given(st.fixed_dictionaries({}, optional={"model": VALUES, "pk": VALUES, "fields": VALUES, "more": VALUES}))
@settings(max_examples=settings().max_examples // 2)
def test_any_shape_of_a_record(tmp_path, shape):
    path = tmp_path / "any.json"
    path.write_text(json.dumps([*newsroom(), shape]), encoding="utf-8")
    complaints(path)


def test_all_that_is_wrong_with_a_record_is_told_at_once(tmp_path):
    bad = record("articles.article", language="en", slug="x", kind="gossip", state="live", heading="x", topics="ports")
    err = run(write(tmp_path / "news.json", newsroom(bad)))[2]
    for part in ("kind: is none of", "state: is none of", "topics: must be a list", "headline: is missing"):
        assert part in err
    assert 'heading: is no field of articles.article; did you mean "headline"?' in err


def test_no_field_is_guessed_that_only_looks_a_little_alike(tmp_path):
    bad = article(titel="x", related_links=[], reference_number="1")
    err = run(write(tmp_path / "news.json", newsroom(bad)))[2]
    assert "titel: is no field of articles.article\n" in err.replace(' ("x")', "")
    assert 'reference_number: is no field of articles.article; did you mean "reference"?' in err
    assert "created_by" not in err


def test_all_rows_that_a_record_lacks_are_told_at_once(tmp_path):
    bad = article(office=["bergen"], topics=[["fish"], ["ports"], ["whales"]], dateline_country=["ISL"])
    err = run(write(tmp_path / "news.json", newsroom(bad)))[2]
    assert err.count("which is neither in the files nor in the newsroom") == 4


def test_all_rules_that_a_record_breaks_are_told_at_once(tmp_path):
    err = run(write(tmp_path / "news.json", newsroom(article(state="withdrawn", press_from="2026-01-01T00:00:00Z"))))[2]
    assert "withdrawal_note: " in err
    assert "press_from: the embargo" in err


def test_codes_are_read_in_any_capitals(tmp_path):
    rows = [record("contacts.region", code="South"), record("contacts.country", iso2="se", iso3="swe", m49="752", region=["SOUTH"])]  # fmt: skip
    rows += [
        article(language="EN", countries=[["nor"], ["Swe"]], topics=[["Ports"]], office=["OSLO"], state="Approved")
    ]
    path = write(tmp_path / "news.json", newsroom(*rows))
    code, out, err = run(path)
    assert (code, err) == (0, "")
    assert "2 × code was written in other capitals: codes are lower-case, those of countries upper-case (" in out
    found = Article.objects.live().get(language="en")
    assert [row.country.iso3 for row in found.country_rows.all()] == ["NOR", "SWE"]
    assert "Nothing to change" in run(path)[1]


def test_blanks_around_a_code_are_no_capitals(tmp_path):
    rows = [record("contacts.region", code=" south "), record("contacts.country", iso2="SE ", iso3="SWE", m49="752", region=["south"])]  # fmt: skip
    code, out, _ = run(write(tmp_path / "news.json", newsroom(*rows)))
    assert code == 0
    assert "capitals" not in out
