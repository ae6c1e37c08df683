"""Export, import, export: the same bytes. Django's own loaddata and dumpdata speak the same language."""

import io
import json
import re

import pytest
from django.core.management import call_command
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.models import Article, Boilerplate, GlossaryTerm, Image, ImportRecord, ImportRun, OldAddress, Recording
from contacts.models import Contact, Office, Phone, Region
from newsroom.models import Page
from tests.articles.importing.fixture_records import article, counts, newsroom, record, run, translation, write

pytestmark = pytest.mark.django_db

MORE = [
    record("contacts.officecountry", office=["oslo"], country=["NOR"], role="covers"),
    record("contacts.openinghours", office=["oslo"], weekday=0, opens="09:00:00", closes="17:30:00"),
    record("contacts.officeclosure", office=["oslo"], first_day="2026-12-24", last_day="2026-12-26", notes={"en": "Yule", "fr": "Noël"}),
    record("contacts.phone", office=["oslo"], display="+47 22 00 00 00", order=1),
    record("articles.topiccontact", topic=["trade"], contact=["press-desk"]),
    record("articles.relatedlink", article=["en", "harbour-opens"], url="https://example.org/x", title="More"),
    record("articles.sourcestate", translation=["fr", "le-port-ouvre"], edition=1, at="2026-03-02T08:00:00Z", by_name="tara"),
    record("articles.waivedlanguage", article=["en", "harbour-opens"], language="ru", at="2026-03-02T08:00:00Z", by_name="tara"),
    record("articles.pin", article=["en", "harbour-opens"], place="home", is_lead=True, until="2199-01-01T00:00:00Z"),
    record("articles.coverage", article=["en", "harbour-opens"], outlet="VG", title="Havnen åpner", address="https://example.org/vg", published_on="2026-03-02", language="fr", is_public=True),
    record("articles.oldaddress", address="/node/7", article=["en", "harbour-opens"], note="Drupal"),
    record("articles.oldaddress", address="/old/{slug}", path="/en/news/{slug}/"),
    record("articles.banner", code="floods", until="2199-01-01T00:00:00Z", link="https://example.org/floods"),
    record("articles.bannertranslation", banner=["floods"], language="en", text="Rivers rise."),
    record("articles.quote", article=["en", "harbour-opens"], number=2, speaker="Ada", text="One\nTwo", approved_by="Ada", approved_on="2025-02-01"),
    record("articles.boilerplate", code="about-oslo", office=["oslo"], kind="speech"),
    record("articles.boilerplatetranslation", boilerplate=["about-oslo"], language="fr", title="À propos", body="<p>Oslo</p>"),
    record("articles.glossaryterm", code="crest", note="One\nTwo"),
    record("articles.glossarywording", term=["crest"], language="ar", wording="ذروة الفيضان", others="الذروة"),
    article("with-boilerplate", boilerplate_title="About us", boilerplate="<p>We.</p>"),
    record("newsroom.page", code="about", order=1),
    record("newsroom.page", code="history", parent=["about"]),
    record("newsroom.pagetranslation", page=["about"], language="ar", title="من نحن", body="<p>نص</p>"),
    article("retired", state="withdrawn", withdrawal_note="Wrong figures.", redirect_to=["en", "harbour-opens"]),
    article("planned", state="approved", publish_at="2199-01-01T00:00:00.250000Z", external_source="old", external_id="7"),
    article("港口开放", language="zh", state="draft", publish_at=None, topics=[]),
]  # fmt: skip


def empty():
    """Leave the database as after migrate."""
    Article.objects.exclude(revises=None).delete()
    Article.objects.update(redirect_to=None)
    Article.objects.exclude(translation_of=None).delete()
    for model in (OldAddress, Article, Recording, Image, ImportRecord, ImportRun):
        model.objects.all().delete()
    from articles.models import Attachment, Banner, ReferenceCounter, Topic

    Attachment.objects.all().delete()
    Banner.objects.all().delete()
    ReferenceCounter.objects.all().delete()
    Topic.objects.update(parent=None)
    Topic.objects.all().delete()
    for model in (Contact, Office, Region, Page):
        for name in ("parent", "successor", "replaced_by"):
            if any(f.name == name for f in model._meta.fields):
                model.objects.update(**{name: None})
    Contact.objects.all().delete()
    Boilerplate.objects.all().delete()
    GlossaryTerm.objects.all().delete()
    Office.objects.all().delete()
    from contacts.models import Country

    Country.objects.all().delete()
    Region.objects.all().delete()
    Page.objects.all().delete()


def export(path, **options):
    call_command("export_fixture", output=str(path), stderr=io.StringIO(), **options)
    return path.read_bytes()


def in_milliseconds(text):
    """Django's dumpdata cuts times to milliseconds."""
    return re.sub(rb"(:\d\d\.\d{3})\d{3}Z", rb"\1Z", text)


@pytest.fixture
def whole(tmp_path):
    code, _, err = run(write(tmp_path / "whole.json", [*newsroom(), *MORE]))
    assert (code, err) == (0, "")


@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a.yaml", "a.jsonl.gz"])
def test_the_same_bytes_after_a_journey(tmp_path, whole, name):
    first = export(tmp_path / name)
    number = Article.objects.count()
    empty()
    code, out, _ = run(tmp_path / name)
    assert (code, Article.objects.count()) == (0, number)
    assert export(tmp_path / name) == first
    assert counts(run(tmp_path / name)[1]) == {"unchanged": counts(out)["create"]}


def test_working_copies_travel_too(tmp_path, whole):
    live = Article.objects.get(language="en", slug="harbour-opens")
    copy = Article.objects.create(language="en", slug="harbour-opens", headline="New edition", revises=live)
    copy.regions.set(Region.objects.all())
    first = export(tmp_path / "a.jsonl")
    empty()
    assert run(tmp_path / "a.jsonl")[0] == 0
    assert export(tmp_path / "b.jsonl") == first
    found = Article.objects.get(headline="New edition")
    assert found.revises == Article.objects.live().get(slug="harbour-opens")
    assert found.regions.count() == 1


def test_loaddata_reads_what_we_write(tmp_path, whole):
    first = export(tmp_path / "a.json")
    empty()
    call_command("loaddata", str(tmp_path / "a.json"), verbosity=0)
    assert export(tmp_path / "b.json") == first
    assert Phone.objects.get(contact__code="press-desk").e164 == ["+4722123456", "+4722123478"]


def test_loaddata_reads_the_same_file_as_we_do(tmp_path):
    path = write(tmp_path / "news.json", newsroom())
    call_command("loaddata", str(path), verbosity=0)
    found = Article.objects.live().get(language="en")
    assert [row.topic.code for row in found.topic_rows.all()] == ["ports", "trade"]
    assert {row.listed_at for row in found.topic_rows.all()} == {found.publish_at}


def test_what_dumpdata_writes_comes_in(tmp_path, whole):
    live = Article.objects.get(language="en", slug="harbour-opens")
    live.moves.create(name="approve", from_state="in_review", to_state="approved")
    first = export(tmp_path / "a.json")
    path = tmp_path / "dump.json"
    options = {"use_natural_primary_keys": True, "use_natural_foreign_keys": True, "verbosity": 0}
    call_command("dumpdata", "contacts", "articles", "newsroom", output=str(path), **options)
    empty()
    code, out, _ = run(path)
    assert code == 0
    assert "articles.importrun left out" in out
    assert in_milliseconds(export(tmp_path / "b.json")) == in_milliseconds(first)
    again = counts(run(path)[1])
    assert set(again) == {"unchanged"}


def test_a_selection_brings_its_sources_along(tmp_path, whole):
    export(tmp_path / "fr.json", language="fr")
    records = json.loads((tmp_path / "fr.json").read_text(encoding="utf-8"))
    slugs = [one["fields"]["slug"] for one in records if one["model"] == "articles.article"]
    assert slugs == ["harbour-opens", "le-port-ouvre"]
    empty()
    assert run(tmp_path / "fr.json")[0] == 0


def test_the_filters_of_the_list_choose(tmp_path, whole):
    def slugs(**options):
        text = export(tmp_path / "some.json", **options).decode()
        return {one["fields"]["slug"] for one in json.loads(text) if one["model"] == "articles.article"}

    assert slugs(topic="ports", state="withdrawn") == {"retired"}
    assert slugs(q="harbour", state="draft") == {"港口开放"}
    with pytest.raises(Exception, match="--topic fish"):
        slugs(topic="fish")


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=30)
WHEN = st.datetimes().map(lambda at: at.replace(year=2000 + at.year % 30).isoformat() + "Z")


CHANGES = st.fixed_dictionaries(
    {
        "headline": TEXT,
        "summary": TEXT,
        "dateline_place": TEXT,
        "publish_at": st.none() | WHEN,
        "state": st.sampled_from(["draft", "in_review", "approved"]),
        "topics": st.permutations([["ports"], ["trade"]]),
    }
)


@given(st.lists(CHANGES, min_size=1, max_size=9))
@settings(max_examples=settings().max_examples // 25)
def test_any_articles_travel(tmp_path, several):
    with connection.cursor():
        empty()
    articles = [article(f"story-{number}", **changes) for number, changes in enumerate(several)]
    assert run(write(tmp_path / "a.json", newsroom(article(), *articles, translation())))[0] == 0
    first = export(tmp_path / "b.jsonl")
    empty()
    assert run(tmp_path / "b.jsonl")[0] == 0
    assert export(tmp_path / "c.jsonl") == first
