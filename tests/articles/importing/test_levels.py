"""Trees of regions have two levels below the global region, whatever kinds an import gives the regions."""

import pytest

from tests.articles.importing.fixture_records import record, run, write
from tests.cast import make_region

pytestmark = pytest.mark.django_db


def test_the_global_region_is_no_level(tmp_path):
    top = make_region("global", kind="global")
    region = make_region("a", parent=top)
    below = make_region("b", parent=region)
    below.full_clean()
    records = [record("contacts.region", code="a", parent=["global"], order=2)]
    assert run(write(tmp_path / "news.jsonl", records), theirs=True)[0] == 0
    records = [record("contacts.region", code="c", parent=["b"])]
    assert run(write(tmp_path / "news.jsonl", records), theirs=True)[0] == 1


@pytest.mark.parametrize("plan", [True, False])
@pytest.mark.parametrize("there", [True, False])
def test_regions_come_under_a_new_global_region(tmp_path, plan, there):
    """The levels are counted with the kinds that the regions have by then."""
    make_region("b", parent=make_region("a"))
    if there:
        make_region("world", kind="region")
    records = [
        record("contacts.region", code="c", kind="subregion", parent=["a"]),
        record("contacts.region", code="world", kind="global"),
        record("contacts.region", code="a", kind="region", parent=["world"]),
    ]
    code, _, err = run(write(tmp_path / "news.jsonl", records), plan=plan, theirs=True)
    assert (code, err) == (0, "")


@pytest.mark.parametrize("plan", [True, False])
def test_a_global_region_that_becomes_a_level_is_refused(tmp_path, plan):
    world = make_region("world", kind="global")
    below = make_region("b", parent=make_region("a", parent=world))
    records = [record("contacts.region", code="world", kind="region")]
    code, _, err = run(write(tmp_path / "news.jsonl", records), plan=plan, theirs=True)
    assert (code, "kind: regions have two levels at most" in err) == (1, True)
    out = [record("contacts.region", code="b", parent=None), *records]
    assert run(write(tmp_path / "news.jsonl", out), plan=plan, theirs=True)[0] == 0
    again = [record("contacts.region", code="c", parent=["b"]), record("contacts.region", code="b", parent=["a"])]
    assert run(write(tmp_path / "news.jsonl", [*records, *again]), plan=plan, theirs=True)[0] == 1
    below.refresh_from_db()
    assert below.parent_id is None or plan


def test_what_was_the_global_region_can_have_countries(tmp_path):
    make_region("world", kind="global"), make_region("a")
    norway = record("contacts.country", iso2="NO", iso3="NOR", m49="578", region=["a"])
    sweden = record("contacts.country", iso2="SE", iso3="SWE", m49="752", region=["world"])
    records = [norway], [record("contacts.region", code="world", kind="region"), sweden]
    paths = [write(tmp_path / f"{number}.jsonl", some) for number, some in enumerate(records)]
    assert run(*paths, theirs=True)[0] == 0
