"""What lists show from memory is what the database says, whatever happened to the articles meanwhile."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from articles.facets import Criteria
from articles.listing import in_memory as memory
from articles.listing.in_memory import ListsInMemory, lists_in_memory
from articles.listing.index import instant
from articles.listing.selection import Selection
from articles.models import Article, ListChange, list_changes
from articles.publishing import after_save
from articles.search import find
from tests.cast import make_article, make_country, make_office, make_region, make_topic

REGIONS, TOPICS = ("africa", "east-africa", "global"), ("climate", "floods", "health")
NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)  # so that walks cross a year and a month, on whichever day they are made
CODES = {code: (code,) for code in REGIONS + TOPICS} | {"africa": REGIONS[:2], "climate": TOPICS[:2]}
HOURS = st.integers(-30, 3)  # few, so that articles meet at one instant


def cast():
    africa = make_region("africa")
    regions = [africa, make_region("east-africa", parent=africa), make_region("global", kind="global")]
    climate = make_topic("climate")
    topics = [climate, make_topic("floods", parent=climate), make_topic("health")]
    zones = ("Europe/Zurich", "Africa/Nairobi", "Pacific/Kiritimati", "Pacific/Pago_Pago")  # of UTC+14 and UTC-11
    offices = [make_office(zone.rpartition("/")[2].lower(), timezone=zone) for zone in zones]
    return regions, topics, offices, make_country("KEN")


def asked(regions, topics, offices, country, at):
    """Criteria of many kinds, each with the articles that the words of the database choose."""
    live, english = Article.objects.live(at), Article.objects.live(at).in_language("en")
    yield Criteria(at=at), live
    of = Criteria("en", at=at)
    yield of, english
    yield of.having("kind", "news"), english.of_kind("news")
    yield of.having("country", country.iso3.lower()), english.in_country(country)
    yield of.having("year", str(NOW.year)), english.filter(published_on__year=NOW.year)
    for days in (-1, 0, 1):
        day = NOW.date() + timedelta(days)
        yield replace(of, since=day, before=day + timedelta(1)), english.filter(published_on=day)
        yield replace(of, since=day), english.filter(published_on__gte=day)
        yield replace(of, before=day).having("topic", "health"), english.filter(published_on__lt=day).about(topics[2])
    for office in offices:
        yield of.having("office", office.code), english.from_office(office)
    for region in regions:
        in_region = of.having("region", *CODES[region.code])
        yield in_region, english.in_region(region)
        for topic in topics:
            yield in_region.having("topic", *CODES[topic.code]), english.about(topic).in_region(region)


@seed(18)  # with which most walks write, forget and read anew
class Lists(RuleBasedStateMachine):
    """Articles come, change and go in any order; a small one reads all anew rarely. Each walk is taken back."""

    def teardown(self):
        if hasattr(self, "walk"):
            try:
                if not connection.needs_rollback:
                    connection.check_constraints()
            finally:
                transaction.set_rollback(True)
                self.walk.__exit__(None, None, None)

    @initialize()
    def begin(self):
        self.walk = transaction.atomic()
        self.walk.__enter__()
        find._newest.cache_clear()
        self.cast = cast()
        self.in_memory = ListsInMemory()
        self.known = [self.first(number, hours).pk for number, hours in enumerate((-30, -9, -9, -1, 2))]
        self.in_memory.now()
        self.hours = 2

    def first(self, number, hours, **changes):
        """One of the articles that every walk begins with."""
        regions, topics = ([rows[number % 3]] for rows in self.cast[:2])
        return make_article(publish_at=NOW + timedelta(hours=hours), regions=regions, topics=topics, **changes)

    @rule(data=st.data(), hours=HOURS, language=st.sampled_from(["en", "fr"]))
    def write(self, data, hours, language):
        regions, topics, offices, country = self.cast
        article = make_article(
            language=language,
            publish_at=NOW + timedelta(hours=hours),
            kind=data.draw(st.sampled_from(["news", "speech"])),
            office=data.draw(st.sampled_from([None, *offices])),
            regions=data.draw(st.lists(st.sampled_from(regions), unique=True)),
            topics=data.draw(st.lists(st.sampled_from(topics), unique=True)),
            countries=[country] if hours % 2 else [],
        )
        self.known.append(article.pk)

    @rule(data=st.data(), hours=HOURS, state=st.sampled_from(["approved", "draft", "in_review"]))
    def change(self, data, hours, state):
        if not self.known:
            return
        article = Article.objects.get(pk=data.draw(st.sampled_from(self.known)))
        topics = data.draw(st.lists(st.sampled_from(self.cast[1]), unique=True))
        article.state, article.publish_at = state, NOW + timedelta(hours=hours)
        article.save()
        article.topics.set(topics)
        after_save.sync(article)

    @rule(data=st.data())
    def delete(self, data):
        if self.known:
            pk = self.known.pop(data.draw(st.integers(0, len(self.known) - 1)))
            Article.objects.filter(pk=pk).delete()
            list_changes.note([pk])

    @rule()
    def begin_anew(self):
        list_changes.note_everything()

    @invariant()
    def the_memory_is_right(self):
        snapshot, regions, topics = self.in_memory.now(), *self.cast[:2]
        cold = replace(snapshot, index=None)
        self.of = {
            "region": {region.code: ids_of(Article.objects.in_region(region)) for region in regions},
            "topic": {topic.code: ids_of(Article.objects.about(topic)) for topic in topics},
            "year": {str(year): ids_of(Article.objects.filter(published_on__year=year)) for year in (2025, 2026)},
        }
        self.hours = 2 - self.hours  # now and in two hours, in turns
        for criteria, articles in asked(*self.cast, NOW + timedelta(hours=self.hours)):
            places = list(articles.newest_first().values_list("listed_at", "pk"))
            expected = [pk for _, pk in places]
            found = snapshot.select(criteria)
            matching = Article.objects.live(criteria.at).matching(criteria).newest_first()
            assert list(matching.values_list("pk", flat=True)) == expected
            assert cold.select(criteria)[:5] == expected[:5]
            assert found[:] == expected
            assert len(found) == len(expected)
            for start in range(0, len(expected), 3):
                assert found[start : start + 3] == expected[start : start + 3]
            self.counts_are_right(snapshot, set(expected), found)
            self.goes_on_after_any(places, expected, found, cold.select(criteria))

    def counts_are_right(self, snapshot, expected, found):
        for name in ("topic", "region", "year"):
            numbers = {code: len(ids & expected) for code, ids in self.of[name].items()}
            assert found.counts(name, snapshot.names.groups(name)) == {
                code: one for code, one in numbers.items() if one
            }

    def goes_on_after_any(self, places, expected, found, cold):
        for number, (moment, pk) in enumerate(places):
            assert found.after(instant(moment), pk, 3) == expected[number + 1 : number + 4]
            newer = sum(one >= (moment, pk + 1) for one in places)  # after an article that left the list
            assert found.after(instant(moment), pk + 1, 3) == expected[newer : newer + 3]
        for number, (moment, pk) in list(enumerate(places))[1:2]:
            assert cold.after(instant(moment), pk, 3) == expected[number + 1 : number + 4]


def ids_of(articles):
    return set(articles.values_list("pk", flat=True))


def walks(number, steps):
    """So many in a short run, more in a thorough one."""
    return settings(max_examples=number * settings().max_examples // 100, stateful_step_count=steps)


pytestmark = pytest.mark.django_db


def test_lists_agree_with_the_database(monkeypatch):
    monkeypatch.setattr(memory, "MOST_CHANGED", 4)
    run_state_machine_as_test(Lists, settings=walks(4, 9))


def ids(at=None):
    return lists_in_memory().now().select(Criteria(at=at))[:]


def test_a_scheduled_article_is_listed_at_its_moment():
    due = make_article(publish_at=timezone.now() + timedelta(hours=1))
    assert ids() == []
    assert ids(timezone.now() + timedelta(hours=2)) == [due.pk]


def test_what_is_not_public_is_not_shown_though_the_memory_has_it(client):
    article = make_article(headline="Withdrawn meanwhile")
    assert ids() == [article.pk]
    Article.objects.filter(pk=article.pk).update(state="draft")  # and nobody told
    assert b"Withdrawn meanwhile" not in client.get("/en/news/").content
    assert ids() == []


def test_a_change_that_comes_while_all_is_read_anew_is_not_lost(monkeypatch):
    make_article(slug="first")
    lists_in_memory().now()
    base = memory.Index

    def slow():
        read = base()
        make_article(slug="second")
        monkeypatch.setattr(memory, "Index", base)
        return read

    monkeypatch.setattr(memory, "Index", slow)
    list_changes.note_everything()
    lists_in_memory().now()
    assert len(ids()) == 2


def test_new_names_are_shown_at_once(client, django_assert_num_queries):
    region = make_region("africa", "Africa")
    make_article(regions=[region])
    make_article(regions=[make_region("europe", "Europe")])
    assert b"Africa" in client.get("/en/news/").content
    region.translations.update(name="The continent of Africa")
    list_changes.note_names()
    assert b"The continent of Africa" in client.get("/en/news/").content


def test_old_notes_go(monkeypatch):
    monkeypatch.setattr(list_changes, "TIDIED_EVERY", 1)
    list_changes.note([1])
    ListChange.objects.update(at=timezone.now() - timedelta(days=3))
    list_changes.note([2])
    assert list(ListChange.objects.values_list("article", flat=True)) == [2]


def test_counts_are_taken_once_until_something_changes(monkeypatch):
    make_article(kind="news")
    criteria, snapshot = Criteria(), lists_in_memory().now()
    first = snapshot.select(criteria).counts("kind")
    first["news"] = 99  # a page may change what it was given
    monkeypatch.setattr(Selection, "_count", lambda *args: pytest.fail("counted again"))
    assert snapshot.select(criteria).counts("kind") == {"news": 1}
    monkeypatch.undo()
    make_article(kind="news")
    assert lists_in_memory().now().select(criteria).counts("kind") == {"news": 2}
