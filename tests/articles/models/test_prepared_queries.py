"""A prepared question has the answers that its queryset has, whatever it is asked."""

from datetime import timedelta

import pytest

from articles.models import Article
from articles.pages import article_page
from articles.prepared_queries import Prepared, text
from tests.cast import NOW, make_article

pytestmark = pytest.mark.django_db


def live(moment, ids):
    return Article.objects.live(moment).filter(pk__in=ids).order_by("-pk").values_list("pk", "headline")


@pytest.fixture
def stories():
    return [make_article(), make_article(publish_at=NOW() + timedelta(hours=1)), make_article(state="draft")]


def test_it_asks_about_the_moment_and_the_ids_of_each_call(stories):
    prepared, ids = Prepared(Article, live), [story.pk for story in stories]
    for moment in (NOW() - timedelta(days=999), NOW(), NOW() + timedelta(hours=2)):
        for keys in (ids, ids[:1], ids[1:], ids[::-1], [*ids, 10**9]):
            assert prepared.rows(keys, moment) == list(live(moment, keys))


def test_it_is_written_once_for_each_number_of_keys(stories, django_assert_num_queries):
    asked = []
    prepared = Prepared(Article, lambda moment, ids: asked.append(len(ids)) or live(moment, ids))
    with django_assert_num_queries(5):
        for keys in ([1], [2], [3, 4], [5, 6], [7]):
            prepared.rows(keys, NOW())
    assert asked == [1, 2]


def test_nothing_is_asked_about_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert Prepared(Article, live).rows([], NOW()) == Prepared(Article, live).all([], NOW()) == []


def test_rows_are_those_that_the_queryset_gives(stories):
    prepared = Prepared(Article, lambda moment, slugs: Article.objects.filter(slug__in=slugs), stand_in=text)
    for story in stories:
        (found,) = prepared.all([story.slug])
        expected = Article.objects.get(pk=story.pk)
        for field in Article._meta.concrete_fields:
            assert getattr(found, field.attname) == getattr(expected, field.attname), field.name


def test_what_was_annotated_and_what_was_left_out_are_as_the_queryset_gives_them(stories):
    due = Prepared(
        Article, lambda moment, ids: Article.objects.filter(pk__in=ids).only("slug").with_due_edition(moment)
    )
    make_article(revises=stories[0], publish_at=NOW() - timedelta(minutes=1))
    found = {article.pk: article for article in due.all([story.pk for story in stories], NOW())}
    assert [found[story.pk].edition_is_due for story in stories] == [True, False, False]
    assert "headline" in found[stories[0].pk].get_deferred_fields()
    assert found[stories[0].pk].headline == stories[0].headline


@pytest.mark.parametrize("slug", ["?0?", "?1?", "'; --", "%s", "a\\b", "الأخبار", "x" * 500])
def test_an_odd_key_finds_what_has_it_and_nothing_else(stories, slug):
    assert article_page.at_address("en", slug) is None
    Article.objects.filter(pk=stories[0].pk).update(slug=slug[:200])
    assert article_page.at_address("en", slug[:200]) == stories[0]
    assert article_page.at_address("?1?", slug[:200]) is None


def test_the_row_at_an_address_is_the_one_that_may_be_read(stories):
    for story in stories:
        found = article_page.at_address(story.language, story.slug)
        assert (found is not None) == Article.objects.readable().filter(pk=story.pk).exists()
    make_article(revises=stories[0], slug=stories[0].slug)
    assert article_page.at_address("en", stories[0].slug) == stories[0]
