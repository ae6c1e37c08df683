"""A fixture goes in, once: rows, order, facets of translations, numbers, cleaned text."""

import pytest

from articles.models import Article, ArticleRegion, ImportRun, Topic
from contacts.models import Phone
from tests.articles.importing.fixture_records import article, counts, newsroom, record, run, translation, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def imported(tmp_path):
    code, out, err = run(write(tmp_path / "news.json", newsroom()))
    assert (code, err) == (0, "")
    return out


def test_every_record_is_created(imported):
    assert counts(imported) == {"create": 13}
    assert counts(imported, "articles.article") == {"create": 2}


def test_the_article_is_live_with_its_facets_in_the_order_of_the_list(imported):
    found = Article.objects.live().in_language("en").get()
    assert [row.topic.code for row in found.topic_rows.all()] == ["ports", "trade"]
    assert [row.contact.code for row in found.contact_rows.all()] == ["press-desk"]
    assert found.office.code == "oslo"
    row = found.region_rows.get()
    assert (row.language, row.listed_at) == ("en", found.publish_at)


def test_a_translation_has_the_facets_of_its_source(imported):
    found = Article.objects.live().in_language("fr").get()
    assert [row.topic.code for row in found.topic_rows.all()] == ["ports", "trade"]
    assert (found.office.code, found.dateline_country.iso3) == ("oslo", "NOR")
    assert ArticleRegion.objects.get(article=found).language == "fr"


def test_public_articles_get_a_reference_that_all_languages_share(imported):
    assert set(Article.objects.values_list("reference", flat=True)) == {"2025-00001"}
    source = Article.objects.get(language="en")
    assert source.first_published_at == source.publish_at


def test_a_telephone_line_is_read_by_the_country_of_its_office(imported):
    assert Phone.objects.get().e164 == ["+4722123456", "+4722123478"]


@pytest.mark.parametrize("moved", ["office", "contact"])
def test_telephones_follow_their_office_and_its_country(imported, tmp_path, moved):
    records = [record("contacts.country", iso2="DK", iso3="DNK", m49="208", region=["north"])]
    if moved == "office":
        records += [record("contacts.office", code="oslo", host_country=["DNK"], timezone="Europe/Oslo")]
    else:
        records += [
            record("contacts.office", code="copenhagen", host_country=["DNK"], timezone="Europe/Copenhagen"),
            record(
                "contacts.contact", code="press-desk", kind="unit", office=["copenhagen"], email="press@example.org"
            ),
        ]
    code, _out, err = run(write(tmp_path / "moved.json", records))
    assert (code, err) == (0, "")
    assert Phone.objects.get().e164 == ["+4522123456", "+4522123478"]
    run(undo=ImportRun.objects.latest("pk").pk)
    assert Phone.objects.get().e164 == ["+4722123456", "+4722123478"]


def test_topics_keep_their_parent(imported):
    assert Topic.objects.get(code="ports").parent.code == "trade"


def test_the_second_time_everything_is_unchanged_and_nothing_is_written(tmp_path):
    path = write(tmp_path / "news.jsonl", newsroom())
    run(path)
    versions = list(Article.objects.values_list("pk", "version", "updated_at"))
    code, out, _ = run(path)
    assert (code, counts(out)) == (0, {"unchanged": 13})
    assert list(Article.objects.values_list("pk", "version", "updated_at")) == versions
    assert ImportRun.objects.count() == 1


def test_text_is_cleaned_as_in_the_admin(tmp_path):
    hostile = article(body='<p onclick="x()">One<script>alert(1)</script></p>', headline="  Two  ")
    run(write(tmp_path / "news.json", newsroom(hostile)))
    found = Article.objects.get()
    assert (found.body, found.headline) == ("<p>One</p>", "Two")


def test_an_unknown_date_stays_unknown(tmp_path):
    code, out, _ = run(write(tmp_path / "news.json", newsroom(article(publish_at=None))))
    found = Article.objects.get()
    assert (code, found.state, found.publish_at, found.reference) == (0, "draft", None, "")
    assert "1 × article became a draft: it has no date of publication" in out
    assert counts(run(tmp_path / "news.json")[1]) == {"unchanged": 12}


def test_a_telephone_that_cannot_be_read_stays_as_typed_and_is_named(tmp_path):
    odd = [record("contacts.phone", contact=["press-desk"], display=f"ext. {n} via switchboard") for n in range(1, 6)]
    one = run(write(tmp_path / "one.json", newsroom(*odd[:1])))[1]
    key = 'contacts.phone["press-desk","ext. 1 via switchboard"]'
    assert f"1 × telephone number stays as typed: there is an extension, but no number before it ({key})\n" in one
    five = run(write(tmp_path / "five.json", odd))[1]
    assert "4 × telephone number stays as typed: there is an extension, but no number before it (" in five
    assert five.count("via switchboard") == 3
    assert '"ext. 4 via switchboard"], …)\n' in five


def test_what_a_record_does_not_say_stays_as_it_is(tmp_path):
    run(write(tmp_path / "news.json", newsroom()))
    short = {"model": "articles.article", "fields": {"language": "en", "slug": "harbour-opens", "headline": "New"}}
    _, out, _ = run(write(tmp_path / "short.json", [short]))
    found = Article.objects.get(language="en")
    assert counts(out) == {"update": 1}
    assert (found.headline, found.state, found.topics.count(), found.version) == ("New", "approved", 2, 2)


def test_a_source_that_changes_its_facets_changes_those_of_its_translations(tmp_path):
    run(write(tmp_path / "news.json", newsroom()))
    short = article(topics=[["trade"]], office=None, publish_at="2025-04-01T09:00:00Z")
    run(write(tmp_path / "short.json", [short]))
    found = Article.objects.get(language="fr")
    assert ([row.topic.code for row in found.topic_rows.all()], found.office) == (["trade"], None)
    source = Article.objects.get(language="en")
    assert {row.listed_at for row in source.topic_rows.all()} == {source.publish_at}


def test_a_translation_of_a_translation_and_one_in_its_own_language_are_refused(tmp_path):
    second = translation("puerto", "es", translation_of=["fr", "le-port-ouvre"])
    own = translation("harbour", "en")
    code, _, err = run(write(tmp_path / "news.json", newsroom(article(), translation(), second, own)))
    assert code == 1
    assert 'articles.article["es","puerto"] translation_of: translate the source, not a translation' in err
    assert 'articles.article["en","harbour"] language: this is the language of the source' in err


def test_scheduled_articles_have_their_number_for_the_hour_when_nobody_is_there(tmp_path):
    run(write(tmp_path / "news.json", newsroom(article(publish_at="2199-01-01T09:00:00Z"))))
    assert Article.objects.get().reference == "2199-00001"
