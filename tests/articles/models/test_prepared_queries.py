"""A prepared query gives what its queryset gives, whatever keys and moment it is called with."""

from datetime import UTC, datetime, timedelta

import pytest

from articles.listing import cards
from articles.models import Article, SourceState
from articles.pages import article_page
from articles.prepared_queries import PreparedQuery
from tests.articles.pages.test_front_pages import make_image
from tests.cast import NOW, make_article, make_region

pytestmark = pytest.mark.django_db


def live(moment, ids):
    return Article.objects.live(moment).filter(pk__in=ids).order_by("-pk").values_list("pk", "headline")


@pytest.fixture
def stories():
    return [make_article(), make_article(publish_at=NOW() + timedelta(hours=1)), make_article(state="draft")]


def test_each_call_has_its_own_moment_and_ids(stories):
    query, ids = PreparedQuery(Article, live), [story.pk for story in stories]
    for moment in (NOW() - timedelta(days=999), NOW(), NOW() + timedelta(hours=2)):
        for keys in (ids, ids[:1], ids[1:], ids[::-1], [*ids, 10**9]):
            assert query.rows(keys, moment) == list(live(moment, keys))


def test_the_sql_is_written_once_for_each_number_of_keys(stories, django_assert_num_queries):
    built = []
    query = PreparedQuery(Article, lambda moment, ids: built.append(len(ids)) or live(moment, ids))
    with django_assert_num_queries(5):
        for keys in ([1], [2], [3, 4], [5, 6], [7]):
            query.rows(keys, NOW())
    assert built == [1, 2]


def test_without_keys_there_is_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert PreparedQuery(Article, live).rows([], NOW()) == PreparedQuery(Article, live).objects([], NOW()) == []


EVERY = {
    name: value
    for module in (cards, article_page)
    for name, value in vars(module).items()
    if isinstance(value, PreparedQuery)
}


@pytest.fixture
def published():
    """(address, ids) of a story with all that these queries read; the ids of each model's rows are among them."""
    image = make_image(renditions={"thumb": [96], "focal": "50-50"}, decorative=True, focal_x=0.25)
    image.translations.create(language="en", alt="A ferry", caption="It sails")
    moment = datetime(2026, 3, 4, 5, 6, 7, 891011, tzinfo=UTC)
    story = make_article(lead_image=image, regions=[make_region()], body="<p>It sails.</p>", publish_at=moment)
    story.related_links.create(url="https://example.org/", title="More")
    whole_second = make_article(translation_of=story, language="fr", publish_at=moment.replace(microsecond=0))
    SourceState.objects.create(translation=whole_second, changed_at=moment, change_kind="correction")
    make_article(revises=whole_second, publish_at=NOW() - timedelta(minutes=1))
    return ["en", story.slug], [story.pk, whole_second.pk, image.pk]


@pytest.mark.parametrize("name", EVERY)
def test_every_one_gives_what_its_queryset_gives(name, published):
    (address, ids), query = published, EVERY[name]
    moment = NOW() if name in ("ARTICLES", "ARTICLES_WITH_TEXTS", "AT_ADDRESS", "VERSIONS") else None
    calls = {"AT_ADDRESS": [address], "VERSIONS": [ids[:1]], "LINKS": [ids[:1]]}
    for keys in calls.get(name, [ids, ids[::-1], [*ids, 10**9]]):
        expected = list(query._build(moment, keys))
        if name in ("AT_ADDRESS", "IMAGES"):
            assert [plain(row) for row in query.objects(keys, moment)] == [plain(row) for row in expected]
        else:
            found = query.rows(keys, moment)
            assert [tuple(map(as_python, row)) for row in found] == expected
        assert expected
    assert None not in query._statements.values()


def plain(row):
    """All that an object has, but for the state that Django keeps in it."""
    return {name: value for name, value in vars(row).items() if not name.startswith("_")}


def as_python(value):
    return cards.as_moment(value) if isinstance(value, datetime) else value


def test_what_was_annotated_and_what_was_left_out_are_as_the_queryset_gives_them(stories):
    due = PreparedQuery(
        Article, lambda moment, ids: Article.objects.filter(pk__in=ids).only("slug").with_due_edition(moment)
    )
    make_article(revises=stories[0], publish_at=NOW() - timedelta(minutes=1))
    found = {article.pk: article for article in due.objects([story.pk for story in stories], NOW())}
    assert [found[story.pk].edition_is_due for story in stories] == [True, False, False]
    assert "headline" in found[stories[0].pk].get_deferred_fields()
    assert found[stories[0].pk].headline == stories[0].headline


@pytest.mark.parametrize("lost", ["the moment", "the keys"])
def test_a_query_whose_sql_lacks_a_placeholder_is_run_as_an_ordinary_one(stories, caplog, lost):
    """As after a release of Django that writes the SQL of querysets in another way."""

    def build(moment, ids):
        ids = [pk * 1 if pk > 0 else 0 for pk in ids] if lost == "the keys" else ids
        return Article.objects.live(None if lost == "the moment" else moment).filter(pk__in=ids)

    query, ids = PreparedQuery(Article, build), [story.pk for story in stories]
    for _ in range(2):
        assert query.objects(ids, NOW()) == stories[:1]
        assert query.rows(ids, NOW()) == stories[:1]
    assert caplog.text.count("A query on Article cannot be prepared") == 1


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
