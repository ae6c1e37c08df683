"""A circle is refused wherever it arises: in a form, in an import, by two people at once, by undoing an import."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from articles.models import Article, ImportRun, Topic
from contacts.models import Contact, Office, Region
from newsroom.models import Page
from tests.articles.importing.fixture_records import article, newsroom, record, run, translation, write
from tests.cast import make_article, make_contact, make_office, make_region, make_topic, make_user
from tests.forms import filled

pytestmark = pytest.mark.django_db


def make_page(code):
    return Page.objects.get_or_create(code=code)[0]


# (makes a row, field, what else the field needs to matter)
LINKS = {
    "contacts.region": (make_region, ["parent", "successor"]),
    "contacts.office": (make_office, ["parent", "successor"]),
    "contacts.contact": (make_contact, ["replaced_by"]),
    "articles.topic": (make_topic, ["parent", "merged_into"]),
    "newsroom.page": (make_page, ["parent"]),
}
FIELDS = [(label, field) for label, (_, fields) in LINKS.items() for field in fields]
every_link = pytest.mark.parametrize(("label", "field"), FIELDS)


def make(label, *codes):
    rows = [LINKS[label][0](code) for code in codes]
    for row in rows:
        if label not in ("articles.topic", "newsroom.page", "contacts.region"):
            row.save()
    return rows


def undo():
    return run(undo=ImportRun.objects.get().pk)


def imported(tmp_path, label, **links):
    """Import rows that are there with other links: {code: {field: code}}."""
    records = [
        record(label, code=code, **{field: to and [to] for field, to in fields.items()})
        for code, fields in links.items()
    ]
    return run(write(tmp_path / "news.jsonl", records), theirs=True)


@every_link
def test_a_form_refuses_a_circle_by_name(label, field):
    first, second, third = make(label, "a", "b", "c")
    setattr(second, field, third)
    second.save()
    if field != "parent" or label in ("contacts.office", "newsroom.page"):  # other trees have two levels
        setattr(first, field, second)
        first.save()
        setattr(third, field, first)
        with pytest.raises(ValidationError) as refused:
            third.clean()
        assert refused.value.message_dict[field] == ["This would make a circular reference: c → a → b → c"]
    setattr(third, field, second)
    with pytest.raises(ValidationError) as refused:
        third.clean()
    assert refused.value.message_dict[field][0] == "This would make a circular reference: c → b → c"
    setattr(third, field, third)
    with pytest.raises(ValidationError) as refused:
        third.clean()
    assert refused.value.message_dict[field][0] == "This would make a circular reference: c → c"


def test_a_form_refuses_articles_that_lead_to_each_other():
    first, second = make_article(slug="one"), make_article(slug="two")
    second.redirect_to = first
    second.save()
    first.redirect_to = second
    with pytest.raises(ValidationError, match="circular reference: en/one → en/two → en/one"):
        first.clean()


def test_a_source_cannot_become_a_translation():
    source = make_article(slug="one")
    make_article(slug="un", language="fr", translation_of=source)
    source.translation_of = make_article(slug="uno", language="es")
    with pytest.raises(ValidationError, match="has translations"):
        source.clean()


@pytest.mark.parametrize("plan", [False, True])
@every_link
def test_a_circle_between_stored_rows_within_one_file_is_refused(tmp_path, label, field, plan):
    make(label, "a", "b")
    records = [record(label, code="a", **{field: ["b"]}), record(label, code="b", **{field: ["a"]})]
    code, _, err = run(write(tmp_path / "news.jsonl", records), plan=plan, theirs=True)
    assert code == 1
    assert "circular reference: a → b → a" in err
    model = type(LINKS[label][0]("a"))
    assert not model.objects.exclude(**{field: None}).exists()


@every_link
def test_what_a_file_turns_round_is_no_circle(tmp_path, label, field):
    """Whichever of the two records comes first."""
    first, second = make(label, "a", "b")
    for one, other in ((first, second), (second, first)):
        setattr(one, field, other)
        setattr(other, field, None)
        other.save()
        one.save()
        code, _, err = imported(tmp_path, label, **{other.code: {field: one.code}, one.code: {field: None}})
        assert (code, err) == (0, "")
        one.refresh_from_db()
        other.refresh_from_db()
        assert (getattr(one, field), getattr(other, field)) == (None, one)


def test_with_keep_going_the_rest_of_a_circle_is_stored(tmp_path):
    make_region("a"), make_region("b"), make_region("c")
    records = [record("contacts.region", code=one, successor=[to]) for one, to in ("ab", "bc", "ca")]
    _, _, err = run(write(tmp_path / "news.jsonl", records), keep_going=True, theirs=True)
    assert err.count("circular reference") == 1
    assert Region.objects.exclude(successor=None).count() == 2


def test_articles_of_one_file_that_lead_to_each_other_are_refused(tmp_path):
    told = {"state": "withdrawn", "withdrawal_note": "Twice."}
    pair = [article("one", **told), article("two", **told)]
    assert run(write(tmp_path / "one.jsonl", newsroom(*pair)))[0] == 0
    pair = [article("one", **told, redirect_to=["en", "two"]), article("two", **told, redirect_to=["en", "one"])]
    code, _, err = run(write(tmp_path / "two.jsonl", pair))
    assert code == 1
    assert 'circular reference: ["en","one"] → ["en","two"] → ["en","one"]' in err


def test_stored_articles_cannot_translate_each_other(tmp_path):
    run(write(tmp_path / "one.jsonl", newsroom(article("one"), translation("un", translation_of=None))))
    pair = [article("one", translation_of=["fr", "un"]), translation("un", translation_of=["en", "one"])]
    code, _, err = run(write(tmp_path / "two.jsonl", pair))
    assert (code, "not a translation" in err) == (1, True)
    assert not Article.objects.exclude(translation_of=None).exists()


def test_a_source_cannot_become_a_translation_by_an_import(tmp_path):
    run(write(tmp_path / "one.jsonl", newsroom(article("one"), translation("un", translation_of=["en", "one"]))))
    pair = [article("uno", language="es"), article("one", translation_of=["es", "uno"])]
    code, _, err = run(write(tmp_path / "two.jsonl", pair))
    assert (code, "has translations" in err) == (1, True)


TREES = {"articles.topic": ({}, "two levels"), "contacts.region": ({}, "two levels")}


@pytest.mark.parametrize("label", TREES)
@pytest.mark.parametrize("order", [("b", "c"), ("c", "b")])
@pytest.mark.parametrize("there", ["", "c", "bc", "abc"])
def test_three_levels_are_refused_from_both_directions(tmp_path, label, order, there):
    """`a` above `b` above `c`, whichever of them is stored already, and whichever record comes first."""
    make(label, *there)
    links = {"b": "a", "c": "b"}
    new = [] if "a" in there else [record(label, code="a")]
    records = [*new, *(record(label, code=code, parent=[links[code]]) for code in order)]
    code, _, err = run(write(tmp_path / "news.jsonl", records), theirs=True)
    assert (code, "two levels" in err) == (1, True)


@pytest.mark.parametrize("label", TREES)
def test_forms_refuse_three_levels_from_both_directions(label):
    first, second, third = make(label, "a", "b", "c")
    second.parent = first
    second.full_clean()
    second.save()
    third.parent = second
    with pytest.raises(ValidationError, match="two levels"):
        third.full_clean()
    first.parent = third
    third.parent = None
    with pytest.raises(ValidationError, match="two levels"):
        first.full_clean()


def test_undoing_an_import_makes_no_circle(tmp_path):
    first, second = make_region("a"), make_region("b")
    Region.objects.filter(pk=first.pk).update(successor=second)
    assert imported(tmp_path, "contacts.region", a={"successor": None})[0] == 0
    Region.objects.filter(pk=second.pk).update(successor=first)
    _, out, err = undo()
    assert "circular reference: a → b → a" in out + err
    first.refresh_from_db()
    assert first.successor is None


def test_undoing_an_import_makes_no_third_level(tmp_path):
    first, second = make_topic("a"), make_topic("b")
    Topic.objects.filter(pk=second.pk).update(parent=first)
    assert imported(tmp_path, "articles.topic", b={"parent": None})[0] == 0
    make_topic("c", parent=second)
    _, out, err = undo()
    assert "two levels" in out + err
    second.refresh_from_db()
    assert second.parent is None


def test_undoing_an_import_turns_links_back(tmp_path):
    first, second = make_region("a"), make_region("b")
    Region.objects.filter(pk=first.pk).update(successor=second)
    assert imported(tmp_path, "contacts.region", a={"successor": None}, b={"successor": "a"})[0] == 0
    assert undo()[0] == 0
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.successor, second.successor) == (second, None)


def test_the_page_says_which_circle(client):
    first, second = make_region("a", "Ay"), make_region("b", "Bee")
    Region.objects.filter(pk=second.pk).update(successor=first)
    client.force_login(make_user("edna", "editor"))
    address = f"/admin/contacts/region/{first.pk}/change/"
    answer = client.post(address, filled(client.get(address), successor=second.pk))
    assert "This would make a circular reference: a → b → a" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("model", [Region, Office, Contact, Topic])
def test_of_two_who_save_at_once_the_second_is_refused(model):
    """Both have checked before either has saved, were it not for the lock."""
    label = model._meta.label_lower
    field = {"articles.topic": "merged_into", "contacts.contact": "replaced_by"}.get(label, "successor")
    pair, refused, begun = make(label, "a", "b"), [], threading.Barrier(2)

    def save(row, other):
        try:
            begun.wait(5)
            with transaction.atomic():
                row = model.objects.get(pk=row.pk)
                setattr(row, field, other)
                row.clean()
                row.save()
        except ValidationError:
            refused.append(row)
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=each) for each in (pair, pair[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert model.objects.exclude(**{field: None}).count() == 1
