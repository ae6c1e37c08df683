"""What is wrong is said in one line: file, line, record, model, key, field, value. Nothing is stored."""

import pytest

from articles.models import Article
from contacts.models import Contact, Office
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

BAD = {
    "headline: is 300 characters long; 250 is the limit": article(headline="x" * 300),
    "headline: must not be empty": article(headline=" "),
    "headline: must be a text (5)": article(headline=5),
    "headline: must not be null (null)": article(headline=None),
    "heading: is no field of articles.article": article(heading="x"),
    'state: is none of draft, in_review, approved, withdrawn, gone ("live")': article(state="live"),
    "language: is none of en, fr, es, ar, ru, zh": article(language="tlh"),
    "slug: holds U+0020 SPACE": article(slug="no spaces"),
    "publish_at: must be a date and time": article(publish_at="yesterday"),
    "publish_at: must give the time of day too": article(publish_at="2025-03-01"),
    "publish_at: must be in the years 1900 to 2199": article(publish_at="0205-03-01T09:00:00Z"),
    'press_from: must be in the years 1900 to 2199 ("2200-01-01T00:00:00Z")': article(press_from="2200-01-01T00:00:00Z"),
    'regions: must be a natural key such as ["a-code"] ("north")': article(regions=["north"]),
    "topics: must be a list of natural keys": article(topics="ports"),
    'topics: refers to articles.topic["fish"], which is neither in the files nor in the newsroom': article(topics=[["fish"]]),
    'office: must be a natural key such as ["a-code"] (7)': article(office=7),
    "withdrawal_note: explain to readers why the article was withdrawn": article(state="withdrawn"),
    "press_from: the embargo cannot start after publication": article(press_from="2026-01-01T00:00:00Z"),
    "timezone: “Mars/Olympus” is not an IANA time zone": record("contacts.office", code="o", host_country=["NOR"], timezone="Mars/Olympus"),
    "email: Enter a valid email address": record("contacts.office", code="o", host_country=["NOR"], email="nobody"),
    "website: Enter a valid URL": record("contacts.office", code="o", host_country=["NOR"], website="javascript:alert(1)"),
    "host_country: is missing": record("contacts.office", code="o"),
    "languages: Give a list of language tags": record("contacts.office", code="o", host_country=["NOR"], languages="en"),
    "longitude: give both latitude and longitude": record("contacts.office", code="o", host_country=["NOR"], latitude=1.5),
    "order: must be a whole number": record("contacts.region", code="r", order=1.5),
    "is_active: must be true or false": record("contacts.region", code="r", is_active="yes"),
    "code: is missing": record("contacts.region", kind="region"),
    "iso2: is taken by another row": record("contacts.country", iso2="NO", iso3="NOO", m49="999", region=["north"]),
    "aliases: Enter a list of values": record("contacts.country", iso2="XX", iso3="XXX", m49="999", region=["north"], aliases=["Y", 5]),
    "region: the global region has no countries of its own": record("contacts.country", iso2="XX", iso3="XXX", m49="999", region=["world"]),
    "a telephone belongs to one office or to one contact": record("contacts.phone", office=["oslo"], contact=["press-desk"], display="1"),
    "parent: topics have two levels at most": record("articles.topic", code="quays", parent=["ports"]),
    "is a model that this newsroom does not know": record("blog.entry", title="x"),
    "is missing": record("articles.article", language="en", slug="x"),
}  # fmt: skip


@pytest.mark.parametrize("message", BAD)
def test_a_bad_record_is_named_and_nothing_is_stored(tmp_path, message):
    world = record("contacts.region", code="world", kind="global")
    path = write(tmp_path / "news.jsonl", [*places(), world, *topics(), BAD[message]])
    code, _, err = run(path)
    (line,) = [line for line in err.splitlines() if line.startswith("error: ")]
    assert line.startswith(f"error: {path}:13 record 13 {BAD[message]['model']}")
    assert message in line
    assert (code, is_empty()) == (1, True)
    assert run(path, plan=True)[2].startswith(line)


def test_records_of_a_json_list_are_found_by_line_and_number(tmp_path):
    path = write(tmp_path / "news.json", newsroom(article(kind="gossip")))
    assert f"{path}:108 record 12 articles.article" in run(path)[2]


def test_all_problems_of_a_record_are_listed_at_once(tmp_path):
    err = run(write(tmp_path / "news.json", newsroom(article(kind="gossip", state="live"))))[2]
    assert "kind: " in err
    assert "state: " in err


def test_fifty_are_listed_and_the_rest_counted(tmp_path):
    path = write(tmp_path / "news.json", newsroom(*[article(f"a-{n}", kind="gossip") for n in range(60)]))
    err = run(path)[2]
    assert err.count("error: ") == 51
    assert "error: … and 10 more" in err


def test_keep_going_stores_the_good_and_lists_the_bad(tmp_path):
    bad = article("second", topics=[["fish"]])
    orphan = translation("orphan", "es", translation_of=["en", "second"])
    code, out, err = run(
        write(tmp_path / "news.json", newsroom(article(), bad, orphan, translation())), keep_going=True
    )
    assert (code, counts(out)) == (1, {"create": 13, "refused": 2})
    assert set(Article.objects.values_list("slug", flat=True)) == {"harbour-opens", "le-port-ouvre"}
    assert 'translation_of: refers to articles.article["en","second"], which cannot be stored either' in err


def test_what_refers_to_a_refused_record_is_refused_too(tmp_path):
    bad = record("contacts.office", code="oslo", host_country=["NOR"], timezone="Oslo")
    rows = [bad if one["fields"].get("code") == "oslo" else one for one in newsroom()]
    run(write(tmp_path / "news.json", rows), keep_going=True)
    assert not Office.objects.exists()
    assert not Contact.objects.exists()
    assert not Article.objects.exists()


def test_the_same_record_twice_is_refused_if_it_differs(tmp_path):
    path = write(tmp_path / "news.json", [*newsroom(), article(headline="Other")])
    code, _, err = run(path)
    assert (code, is_empty()) == (1, True)
    twice = 'record 14 articles.article["en","harbour-opens"] appears twice with different content; first in '
    assert f"{twice}{path} record 12\n" in err


@pytest.mark.parametrize("plan", [False, True])
@pytest.mark.parametrize("known", [False, True])
def test_files_of_one_command_that_disagree_are_refused(tmp_path, plan, known):
    first = write(tmp_path / "a.json", newsroom())
    second = write(tmp_path / "b.jsonl", [article("second"), article(headline="Other"), article()])
    if known:
        run(first)
    code, out, err = run(first, second, plan=plan)
    assert (code, counts(out)["refused"], err.count("twice")) == (1, 1, 1)
    twice = f'{second}:2 record 2 articles.article["en","harbour-opens"] appears twice with different content'
    assert f"{twice}; first in {first} record 12\n" in err


@pytest.mark.parametrize("plan", [False, True])
@pytest.mark.parametrize("edited", [False, True])
def test_files_of_one_command_may_say_the_same(tmp_path, plan, edited):
    run(write(tmp_path / "before.json", newsroom()))
    changed = [article(headline="Other", kind="statement"), translation()]
    if edited:
        Article.objects.filter(language="en").update(headline="Edited by Edna")
    files = [write(tmp_path / f"{name}.json", changed) for name in "abc"]
    code, out, err = run(*files, plan=plan)
    assert (code, "twice" in err) == (0, False)
    assert counts(out)["conflict" if edited else "update"] >= (3 if edited else 1)


def test_what_only_the_database_can_refuse_gets_a_line_too(tmp_path, monkeypatch):
    monkeypatch.setattr("articles.importing.check.constraints.without_taken", lambda loader, spec, records: records)
    taken = record("contacts.country", iso2="NO", iso3="NOO", m49="999", region=["north"])
    code, out, err = run(write(tmp_path / "news.json", [*newsroom(), taken]), keep_going=True)
    assert (code, counts(out)) == (1, {"create": 13, "refused": 1})
    assert 'contacts.country["NOO"] the database refuses it: ' in err


def test_rights_and_accounts_are_left_out_with_a_notice(tmp_path):
    right = record("contacts.membership", user=["eve"], role="approver", office=None)
    code, out, _ = run(write(tmp_path / "news.json", [*newsroom(), right, record("auth.user", username="eve")]))
    assert code == 0
    assert "1 × contacts.membership left out: fixtures do not bring this model" in out
    assert "1 × auth.user left out" in out


def test_an_unknown_user_is_refused(tmp_path):
    assert "There is no user 'nobody'" in run(write(tmp_path / "n.json", newsroom()), by="nobody")[2]


@pytest.mark.parametrize("model", ["contacts.region", "articles.topic"])
def test_numbers_that_postgresql_cannot_hold_are_refused_everywhere(tmp_path, model):
    path = write(tmp_path / "news.json", [record(model, code="a", order=2**31)])
    assert "order: must be at most 2,147,483,647 (2147483648)" in run(path)[2]


def test_a_text_of_megabytes_is_refused_before_it_is_cleaned(tmp_path, monkeypatch):
    monkeypatch.setattr("articles.html.tree.etree.fromstring", lambda *args, **kwargs: pytest.fail("read"))
    path = write(tmp_path / "news.json", newsroom(article(body="<p>" * 400_000)))
    assert "body: the text has 1,200,000 characters of HTML; 1,000,000 is the limit" in run(path)[2]


@pytest.mark.parametrize("value", [5, ["x"], {"x": 1}, True, 1.5])
@pytest.mark.parametrize("field", ["body", "headline", "publish_at", "office", "regions", "state"])
def test_values_of_the_wrong_kind_get_a_line(tmp_path, field, value):
    path = write(tmp_path / "news.json", newsroom(article(**{field: value})))
    assert f'articles.article["en","harbour-opens"] {field}: ' in run(path)[2]


@pytest.mark.parametrize("plan", [False, True])
def test_errors_are_listed_in_the_order_of_the_files(tmp_path, plan):
    """Some show when a record is read, some with its batch, some only when everything was read."""
    waiting, batched, at_once = (
        article("waits", topics=[["fish"]]),
        record("contacts.country", iso2="NO", iso3="NOO", m49="999", region=["north"]),
        article("at-once", kind="gossip"),
    )
    first = write(tmp_path / "b.json", newsroom(waiting, batched, at_once))
    second = write(tmp_path / "a.json", [at_once, batched, waiting])
    lines = run(first, second, plan=plan)[2].splitlines()[:-1]
    places = [(line.split(":")[1].strip(), line.split(" record ")[1].split()[0]) for line in lines]
    assert places == [(str(first), n) for n in ("12", "13", "14")] + [(str(second), n) for n in ("1", "2", "3")]


def test_the_fifty_that_are_listed_are_the_first_fifty(tmp_path):
    waiting = [article(f"w-{n}", topics=[["fish"]]) for n in range(40)]
    path = write(tmp_path / "news.json", newsroom(*waiting, *[article(f"a-{n}", kind="gossip") for n in range(60)]))
    err = run(path)[2]
    assert (err.count('refers to articles.topic["fish"]'), err.count("kind: ")) == (40, 10)


def test_conflicts_are_listed_in_the_order_of_the_files(tmp_path):
    run(write(tmp_path / "news.json", newsroom()))
    Article.objects.update(headline="Edited by Edna")
    Contact.objects.update(email="edna@example.org")
    err = run(write(tmp_path / "again.jsonl", newsroom(article(), translation())[::-1]))[2]
    assert [line.split(" record ")[1].split()[0] for line in err.splitlines()] == ["1", "2", "8"]
