"""A merged topic is another name of its target, in lists, addresses, forms and imports; articles keep what they have."""

import pytest
from django.core.management import call_command

from articles.facets import Criteria
from articles.models import Article, Topic, list_changes
from tests.articles.importing.fixture_records import article, counts, newsroom, record, run, write
from tests.cast import make_article, make_region, make_topic, make_user, search
from tests.forms import filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def old():
    return make_topic("migration-law", "Migration law")


@pytest.fixture
def target():
    return make_topic("law", "Law")


def merge(topic, target):
    topic.merged_into = target
    topic.full_clean()
    topic.save()
    list_changes.note_names()


def codes(article):
    return [row.topic.code for row in article.topic_rows.all()]


def listed(client, code):
    return {one.headline for one in client.get(f"/en/news/?topic={code}").context["page"]}


def test_the_form_of_a_topic_merges_it(client, old, target):
    story = make_article(topics=[old])
    client.force_login(make_user("edna", "editor"))
    address = f"/admin/articles/topic/{old.pk}/change/"
    assert client.post(address, filled(client.get(address), merged_into=target.pk)).status_code == 302
    assert listed(client, "law") == {story.headline}
    assert codes(story) == ["migration-law"]
    assert client.post(address, filled(client.get(address), merged_into="")).status_code == 302
    assert listed(client, "law") == set()
    assert listed(client, "migration-law") == {story.headline}


def test_a_chain_of_mergers_ends_at_its_last_topic(client, old, target):
    older, story = make_topic("asylum-law"), make_article(topics=[old])
    merge(older, old)
    merge(old, target)
    merge(target, make_topic("justice"))
    assert listed(client, "justice") == {story.headline}
    assert client.get("/en/topics/asylum-law/").url == "/en/topics/justice/"


def test_a_circle_that_was_loaded_raw_harms_nobody(client, old, target):
    make_article(topics=[old])
    Topic.objects.filter(pk=old.pk).update(merged_into=target)
    Topic.objects.filter(pk=target.pk).update(merged_into=old)
    list_changes.note_names()
    assert client.get("/en/topics/law/").status_code == 200
    assert client.get("/en/news/?topic=migration-law").status_code == 200


def test_subtopics_come_along(client, old, target):
    story = make_article(topics=[make_topic("visas", parent=old)])
    merge(old, make_topic("treaties", parent=target))
    assert listed(client, "treaties") == listed(client, "law") == listed(client, "visas") == {story.headline}


def test_a_topic_can_be_merged_into_its_own_subtopic(client, target):
    part, sibling = make_topic("treaties", parent=target), make_topic("visas", parent=target)
    stories = [make_article(topics=[topic]) for topic in (target, part, sibling)]
    merge(target, part)
    assert listed(client, "treaties") == {story.headline for story in stories}
    assert client.get("/en/topics/treaties/").status_code == 200


def test_the_address_of_a_merged_topic_leads_to_the_target_with_the_other_filters(client, old, target):
    make_article(topics=[old], regions=[make_region()])
    merge(old, target)
    answer = client.get("/en/news/?topic=migration-law&kind=news&region=europe")
    assert (answer.status_code, answer.url) == (301, "/en/news/?kind=news&region=europe&topic=law")
    page = client.get(answer.url)
    assert len(page.context["page"]) == 1
    topics = next(facet for facet in page.context["facets"] if facet.name == "topic")
    assert [choice.code for choice in topics.choices] == ["law"]


def test_editors_are_not_offered_a_merged_topic(client, old, target):
    merge(old, target)
    client.force_login(make_user("edna", "editor"))
    asked = {"app_label": "articles", "model_name": "articletopic", "field_name": "topic", "term": "law"}
    offered = client.get("/admin/autocomplete/", asked).json()["results"]
    assert [row["text"] for row in offered] == ["Law"]
    listed = client.get("/admin/articles/article/").content.decode()
    assert ">Law<" in listed
    assert "Migration law" not in listed


def topics(**merged):
    return [record("articles.topic", code="law"), record("articles.topic", code="migration-law", **merged)]


def imported(tmp_path, *records):
    code, out, err = run(write(tmp_path / "news.jsonl", [*newsroom(), *records]))
    assert (code, err) == (0, "")
    return counts(out)


def test_about_a_merged_topic_means_its_target(old, target):
    story = make_article(topics=[old])
    merge(old, target)
    assert list(Article.objects.live().about(old)) == [story]
    assert list(Article.objects.live().about(target)) == [story]


def test_search_finds_the_articles_under_the_target(client, old, target):
    make_article(topics=[old], headline="Visas for all")
    merge(old, target)
    page = client.get("/en/news/?q=visas&topic=law")
    assert len(page.context["page"]) == 1
    topics = next(facet for facet in page.context["facets"] if facet.name == "topic")
    assert [(choice.code, choice.number) for choice in topics.choices] == [("law", 1)]


def test_an_article_with_both_topics_counts_and_shows_once(client, old, target):
    story = make_article(topics=[old, target])
    merge(old, target)
    page = client.get("/en/news/")
    topics = next(facet for facet in page.context["facets"] if facet.name == "topic")
    assert [(choice.code, choice.number) for choice in topics.choices] == [("law", 1)]
    assert [str(label) for label in client.get(story.get_absolute_url()).context["topics"]] == ["Law"]


def test_an_article_that_has_a_merged_topic_keeps_it_and_no_other_gets_it(client, old, target):
    has, other = make_article(topics=[old], state="draft"), make_article(topics=[target], state="draft")
    merge(old, target)
    client.force_login(make_user("edna", "editor"))
    address = f"/admin/articles/article/{has.pk}/change/"
    assert client.post(address, filled(client.get(address), headline="Changed")).status_code == 302
    assert codes(has) == ["migration-law"]
    address = f"/admin/articles/article/{other.pk}/change/"
    answer = client.post(address, filled(client.get(address), **{"topic_rows-1-topic": old.pk}))
    assert "“Migration law” is no longer in use. Choose “Law” instead." in answer.content.decode()
    assert codes(other) == ["law"]


@pytest.mark.parametrize("places", [(0, 1), (1, 0)])
def test_an_import_that_names_a_merged_topic_is_listed_under_its_target(client, tmp_path, places):
    """Whether the merger comes before the article or after it, the second run finds nothing to do."""
    story = article(slug="visas", topics=[["trade"], ["migration-law"]])
    parts = [topics(merged_into=["law"]), [story]]
    records = [row for place in places for row in parts[place]]
    imported(tmp_path, *records)
    found = Article.objects.get(slug="visas")
    assert listed(client, "law") == {found.headline}
    assert set(imported(tmp_path, *records)) == {"unchanged"}
    assert codes(found) == ["trade", "migration-law"]


def test_after_loaddata_articles_are_listed_under_the_target(client, tmp_path):
    story = article(slug="visas", headline="Visas", topics=[["trade"], ["migration-law"]])
    path = write(tmp_path / "news.json", [*newsroom(story), *topics(merged_into=["law"])])
    call_command("loaddata", str(path), verbosity=0)
    call_command("search_index", verbosity=0)
    assert listed(client, "law") == {"Visas"}
    assert search("visas", criteria=Criteria("en").having("topic", "law", "migration-law")) == ["Visas"]
