"""Records may come in any order; circles are refused by name."""

import random

import pytest

from articles.importing import run as imports
from articles.importing.store.batch import Batch
from articles.models import Article
from contacts.models import Region
from tests.articles.importing.fixture_records import (
    article,
    counts,
    is_empty,
    newsroom,
    places,
    record,
    run,
    topics,
    translation,
    write,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("batch", [1, 3, 1000])
@pytest.mark.parametrize("plan", [False, True])
def test_any_order_gives_the_same_newsroom(tmp_path, monkeypatch, seed, batch, plan):
    monkeypatch.setattr(imports, "BATCH", batch)
    records = newsroom()
    random.Random(seed).shuffle(records)
    path = write(tmp_path / "news.json", records)
    assert counts(run(path, plan=plan)[1]) == {"create": 13}
    if not plan:
        assert Article.objects.get(language="fr").topic_rows.count() == 2
        assert counts(run(path)[1]) == {"unchanged": 13}


def test_a_long_chain_the_wrong_way_round(tmp_path, monkeypatch):
    monkeypatch.setattr(imports, "BATCH", 10)
    chain = [record("contacts.region", code=f"r{n}", successor=[f"r{n + 1}"]) for n in range(100)]
    code, out, _ = run(write(tmp_path / "r.json", [*chain, record("contacts.region", code="r100")]))
    assert (code, counts(out)) == (0, {"create": 101})
    assert Region.objects.get(code="r0").successor.code == "r1"


def office(code, **more):
    return record("contacts.office", code=code, host_country=["NOR"], **more)


def contact(code, **more):
    return record("contacts.contact", code=code, office=["oslo"], **more)


CIRCLES = {
    '["a"] → ["b"] → ["c"] → ["a"]': [
        record("contacts.region", code=one, parent=[other]) for one, other in ("ab", "bc", "ca")
    ],
    '["x"] → ["x"]': [record("contacts.region", code="x", successor=["x"])],
    '["one"] → ["two"] → ["one"]': [
        record("articles.topic", code="one", parent=["two"]),
        record("articles.topic", code="two", parent=["one"]),
    ],
    '["o1"] → ["o2"] → ["o1"]': [office("o1", parent=["o2"]), office("o2", parent=["o1"])],
    '["c1"] → ["c2"] → ["c1"]': [contact("c1", replaced_by=["c2"]), contact("c2", replaced_by=["c1"])],
    '["fr","le-port-ouvre"] → ["en","harbour-opens"] → ["fr","le-port-ouvre"]': [
        translation(),
        article(translation_of=["fr", "le-port-ouvre"]),
    ],
}


@pytest.mark.parametrize("circle", CIRCLES)
@pytest.mark.parametrize("plan", [False, True])
def test_a_circle_is_refused_by_name(tmp_path, circle, plan):
    path = write(tmp_path / "news.json", [*places(), *topics(), *CIRCLES[circle]])
    code, _, err = run(path, plan=plan)
    assert f"circular reference: {circle}" in err
    assert (code, is_empty()) == (1, True)


@pytest.mark.parametrize("plan", [False, True])
def test_a_circle_with_what_is_there_is_refused_too(tmp_path, plan):
    start = [record("contacts.region", code="a"), record("contacts.region", code="b", parent=["a"])]
    run(write(tmp_path / "one.json", start))
    code, _, err = run(write(tmp_path / "two.json", [record("contacts.region", code="a", parent=["b"])]), plan=plan)
    assert code == 1
    assert 'contacts.region["a"] parent: circular reference: a → b → a' in err


def test_a_chain_costs_as_many_looks_as_it_has_links(tmp_path, monkeypatch):
    """Twice as long, twice as many: a chain of twenty thousand must not take all night."""
    looks, look = [], Batch._missing_reference

    def counted(self, *arguments):
        looks.append(1)
        return look(self, *arguments)

    monkeypatch.setattr(Batch, "_missing_reference", counted)
    for prefix, length in (("a", 100), ("b", 200)):
        chain = [record("contacts.region", code=f"{prefix}{n}", successor=[f"{prefix}{n + 1}"]) for n in range(length)]
        run(write(tmp_path / "r.json", [*chain, record("contacts.region", code=f"{prefix}{length}")]))
        if prefix == "a":
            first, looks[:] = len(looks), []
    assert len(looks) <= 2.1 * first
