"""A merged topic is another name of its target: in lists, addresses, forms and imports."""

import threading
from contextlib import suppress

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection

from articles.facets import Criteria
from articles.models import Article, ArticleTopic, Topic
from articles.publishing import topic_merging
from articles.search import indexing
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
    topic.save()
    topic_merging.merge(topic)


def codes(article):
    return [row.topic.code for row in article.topic_rows.all()]


def test_articles_move_to_the_target_and_keep_their_order(old, target):
    water, floods = make_topic("water"), make_topic("floods")
    alone = make_article(topics=[water, old, floods])
    both = make_article(topics=[old, water, target])
    other_way = make_article(topics=[target, water, old])
    merge(old, target)
    assert codes(alone) == ["water", "law", "floods"]
    assert codes(both) == ["law", "water"]
    assert codes(other_way) == ["law", "water"]
    row = alone.topic_rows.get(topic=target)
    assert (row.language, row.listed_at) == ("en", alone.listed_at)
    assert not old.article_rows.exists()


def test_the_form_of_a_topic_merges_it(client, old, target):
    story = make_article(topics=[old])
    client.force_login(make_user("edna", "editor"))
    address = f"/admin/articles/topic/{old.pk}/change/"
    assert client.post(address, filled(client.get(address), merged_into=target.pk)).status_code == 302
    assert codes(story) == ["law"]


def test_a_chain_of_mergers_ends_at_its_last_topic(client, old, target):
    older, story = make_topic("asylum-law"), make_article(topics=[old])
    merge(older, old)
    merge(old, target)
    assert codes(story) == ["law"]
    older.refresh_from_db()
    assert older.merged_into == target
    latest = make_topic("justice")
    merge(target, latest)
    merge(make_topic("courts"), target)
    assert Topic.objects.get(code="courts").merged_into == latest
    assert codes(story) == ["justice"]
    assert client.get("/en/topics/asylum-law/").url == "/en/topics/justice/"


def test_a_circle_that_was_loaded_raw_harms_nobody(client, old, target):
    story = make_article(topics=[old])
    Topic.objects.filter(pk=old.pk).update(merged_into=target)
    Topic.objects.filter(pk=target.pk).update(merged_into=old)
    topic_merging.merge_marked_topics()
    assert codes(story) == ["migration-law"]
    assert client.get("/en/topics/law/").status_code == 200
    assert client.get("/en/news/?topic=migration-law").status_code == 200


def test_subtopics_move_along_and_stay_two_levels_deep(old, target):
    part = make_topic("visas", parent=old)
    merge(old, make_topic("treaties", parent=target))
    part.refresh_from_db()
    assert part.parent == target


def test_a_topic_can_be_merged_into_its_own_subtopic(target):
    part, sibling = make_topic("treaties", parent=target), make_topic("visas", parent=target)
    merge(target, part)
    part.refresh_from_db()
    sibling.refresh_from_db()
    assert (part.parent, sibling.parent) == (None, part)


def test_the_address_of_a_merged_topic_leads_to_the_target_with_the_other_filters(client, old, target):
    make_article(topics=[old], regions=[make_region()])
    merge(old, target)
    answer = client.get("/en/news/?topic=migration-law&kind=news&region=europe")
    assert (answer.status_code, answer.url) == (301, "/en/news/?kind=news&region=europe&topic=law")
    page = client.get(answer.url)
    assert len(page.context["page"]) == 1
    topics = next(facet for facet in page.context["facets"] if facet.name == "topic")
    assert [choice.code for choice in topics.choices] == ["law"]


def test_about_a_merged_topic_means_its_target(old, target):
    story = make_article(topics=[old])
    merge(old, target)
    assert list(Article.objects.live().about(old)) == [story]


def test_search_finds_the_articles_under_the_target(old, target):
    story = make_article(topics=[old], headline="Visas for all")
    indexing.keep([story.pk])
    merge(old, target)
    assert search("visas", criteria=Criteria("en").having("topic", target.code)) == [story.headline]


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


@pytest.mark.parametrize("places", [(0, 1), (1, 0)])
def test_an_import_that_names_a_merged_topic_means_its_target(tmp_path, places):
    """Whether the merger comes before the article or after it, the second run finds nothing to do."""
    story = article(slug="visas", topics=[["trade"], ["migration-law"], ["law"]])
    parts = [topics(merged_into=["law"]), [story]]
    records = [row for place in places for row in parts[place]]
    imported(tmp_path, *records)
    found = Article.objects.get(slug="visas")
    assert codes(found) == ["trade", "law"]
    assert set(imported(tmp_path, *records)) == {"unchanged"}
    assert codes(found) == ["trade", "law"]


def test_after_loaddata_search_index_moves_the_articles(client, tmp_path):
    story = article(slug="visas", headline="Visas", topics=[["trade"], ["migration-law"]])
    path = write(tmp_path / "news.json", [*newsroom(story), *topics(merged_into=["law"])])
    call_command("loaddata", str(path), verbosity=0)
    call_command("search_index", verbosity=0)
    found = Article.objects.get(slug="visas")
    assert codes(found) == ["trade", "law"]
    assert list(client.get("/en/news/?topic=law").context["page"]) == [found]
    assert search("visas", criteria=Criteria("en").having("topic", "law")) == [found.headline]


def test_articles_of_a_topic_that_an_import_merges_move(tmp_path):
    imported(tmp_path, *topics(), article(slug="visas", topics=[["migration-law"]]))
    imported(tmp_path, *topics(merged_into=["law"]))
    assert codes(Article.objects.get(slug="visas")) == ["law"]


@pytest.mark.django_db(transaction=True)
def test_two_mergers_of_the_same_articles_do_not_wait_for_each_other(monkeypatch):
    """Their articles have the topics in another order. A second thread may wait for the first one, not both."""
    target, topics = make_topic("law"), [make_topic("old"), make_topic("older")]
    stories = [make_article(), make_article()]
    for topic, order in zip(topics, (stories, stories[::-1]), strict=True):
        ArticleTopic.objects.bulk_create(ArticleTopic.row(story, 0, topic=topic) for story in order)
    both, errors, contents = threading.Barrier(2), [], indexing._contents

    def read(ids):
        yield from contents(ids)
        with suppress(threading.BrokenBarrierError):
            both.wait(1)  # each has locked one article, if the other one has got so far

    def run(topic):
        try:
            merge(topic, target)
        except DatabaseError as error:
            errors.append(error)
        finally:
            connection.close()

    monkeypatch.setattr(indexing, "PORTION", 1)
    monkeypatch.setattr(indexing, "_contents", read)
    threads = [threading.Thread(target=run, args=[topic]) for topic in topics]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert set(ArticleTopic.objects.values_list("topic__code", flat=True)) == {"law"}
