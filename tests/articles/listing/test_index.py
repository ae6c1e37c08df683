"""What lists show from memory is what the database says, whatever happened to the articles meanwhile."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from hypothesis import seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from articles import list_changes
from articles.listing import snapshot as memory
from articles.listing.selection import Selection
from articles.listing.snapshot import Archive, archive
from articles.models import Article, ListChange
from articles.publishing import after_save
from articles.search import find
from tests.cast import make_article, make_country, make_office, make_region, make_topic

REGIONS, TOPICS = ("africa", "east-africa", "global"), ("climate", "floods", "health")
NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)  # so that walks cross a year and a month, on whichever day they are made
HOURS = st.integers(-30, 3)  # few, so that articles meet at one instant


def cast():
    africa = make_region("africa")
    regions = [africa, make_region("east-africa", parent=africa), make_region("global", kind="global")]
    climate = make_topic("climate")
    topics = [climate, make_topic("floods", parent=climate), make_topic("health")]
    return regions, topics, [make_office("geneva"), make_office("nairobi")], make_country("KEN")


def questions(regions, topics, offices, country, at):
    live = Article.objects.live(at)
    yield live
    english = live.in_language("en")
    yield from (english, english.of_kind("news"), english.in_country(country), english.in_year(NOW.year))
    for office in offices:
        yield english.from_office(office)
    for region in regions:
        yield english.in_region(region)
        for topic in topics:
            yield english.about(topic).in_region(region)


@seed(18)  # with which most walks write, forget and read anew
class Lists(RuleBasedStateMachine):
    """Articles come, change and go in any order; a small archive reads all anew rarely. Each walk is taken back."""

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
        self.archive = Archive()
        self.known = [self.first(number, hours).pk for number, hours in enumerate((-30, -9, -9, -1, 2))]
        self.archive.now()

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
        snapshot, regions, topics = self.archive.now(), *self.cast[:2]
        self.of = {
            "r": {region.code: ids_of(Article.objects.in_region(region)) for region in regions},
            "t": {topic.code: ids_of(Article.objects.about(topic)) for topic in topics},
        }
        for hours in (0, 2):
            for asked in questions(*self.cast, NOW + timedelta(hours=hours)):
                expected = list(asked.newest_first().values_list("pk", flat=True))
                found = snapshot.select(asked.scope)
                assert found[:] == expected
                assert len(found) == len(expected)
                for start in range(0, len(expected), 3):
                    assert found[start : start + 3] == expected[start : start + 3]
                self.counts_are_right(snapshot, set(expected), found)

    def counts_are_right(self, snapshot, expected, found):
        for letter, name in (("t", "topic"), ("r", "region")):
            numbers = {code: len(ids & expected) for code, ids in self.of[letter].items()}
            assert found.counts(letter, snapshot.names.within(name)) == {
                code: one for code, one in numbers.items() if one
            }


def ids_of(articles):
    return set(articles.values_list("pk", flat=True))


def walks(number, steps):
    """So many in a short run, more in a thorough one."""
    return settings(max_examples=number * settings().max_examples // 100, stateful_step_count=steps)


pytestmark = pytest.mark.django_db


def test_lists_agree_with_the_database(monkeypatch):
    monkeypatch.setattr(memory, "MOST_LATE", 4)
    run_state_machine_as_test(Lists, settings=walks(12, 9))


def ids(asked):
    return archive.now().select(asked.scope)[:]


def test_a_scheduled_article_is_listed_at_its_moment():
    due = make_article(publish_at=timezone.now() + timedelta(hours=1))
    assert ids(Article.objects.live()) == []
    assert ids(Article.objects.live(timezone.now() + timedelta(hours=2))) == [due.pk]


def test_what_is_not_public_is_not_shown_though_the_memory_has_it(client):
    article = make_article(headline="Withdrawn meanwhile")
    assert ids(Article.objects.live()) == [article.pk]
    Article.objects.filter(pk=article.pk).update(state="draft")  # and nobody told
    assert b"Withdrawn meanwhile" not in client.get("/en/news/").content
    assert ids(Article.objects.live()) == []


def test_a_change_that_comes_while_all_is_read_anew_is_not_lost(monkeypatch):
    make_article(slug="first")
    archive.now()
    base = memory.Base

    def slow():
        read = base()
        make_article(slug="second")
        monkeypatch.setattr(memory, "Base", base)
        return read

    monkeypatch.setattr(memory, "Base", slow)
    list_changes.note_everything()
    archive.now()
    assert len(ids(Article.objects.live())) == 2


def test_new_names_are_shown_at_once(client, django_assert_num_queries):
    region = make_region("africa", "Africa")
    make_article(regions=[region])
    make_article(regions=[make_region("europe", "Europe")])
    assert b"Africa" in client.get("/en/news/").content
    region.translations.update(name="The continent of Africa")
    list_changes.note_names()
    assert b"The continent of Africa" in client.get("/en/news/").content


def test_a_process_that_starts_before_its_tables_are_there_says_so(monkeypatch, caplog):
    def missing():
        raise DatabaseError("no such table")

    monkeypatch.setattr(memory, "read", missing)
    monkeypatch.setattr(memory.connections, "close_all", lambda: None)
    archive.warm()
    assert "cannot be read yet" in caplog.text


def test_what_could_not_be_read_beside_is_tried_again(monkeypatch):
    make_article()
    archive.now()
    whole, tries = memory.read, []

    def fails_once():
        tries.append(1)
        if len(tries) == 1:
            raise DatabaseError("away")
        return whole()

    monkeypatch.setattr(memory, "SMALL", 0)
    monkeypatch.setattr(memory, "read", fails_once)
    monkeypatch.setattr(memory.connections, "close_all", lambda: None)
    monkeypatch.setattr(memory.threading.Thread, "start", lambda thread: thread._target())
    monkeypatch.setattr(archive, "_lock", threading.RLock())  # beside it, but in this thread
    list_changes.note_everything()
    for _ in range(3):
        archive.now()
    assert len(tries) == 2


def test_a_quiet_day_is_no_reason_to_read_everything(monkeypatch):
    archive.now()
    first = archive._snapshot
    for hours in range(1, 30):
        monkeypatch.setattr(memory.time, "monotonic", lambda hours=hours: archive_began + hours * 3600)
        archive.now()
    assert archive._snapshot is first


archive_began = memory.time.monotonic()


def test_old_notes_go(monkeypatch):
    monkeypatch.setattr(list_changes, "TIDIED_EVERY", 1)
    list_changes.note([1])
    ListChange.objects.update(at=timezone.now() - timedelta(days=3))
    list_changes.note([2])
    assert list(ListChange.objects.values_list("article", flat=True)) == [2]


def test_more_than_can_be_read_within_a_request_is_read_beside_it(monkeypatch):
    make_article()
    archive.now()
    started = []
    monkeypatch.setattr(memory, "SMALL", 0)
    monkeypatch.setattr(memory.threading.Thread, "start", lambda thread: started.append(thread))
    list_changes.note_everything()
    assert len(ids(Article.objects.live())) == 1
    assert [thread.name for thread in started] == ["archive"]


def test_counts_are_taken_once_until_something_changes(monkeypatch):
    make_article(kind="news")
    scope, snapshot = Article.objects.live().scope, archive.now()
    first = snapshot.select(scope).counts("k")
    first["news"] = 99  # a page may change what it was given
    monkeypatch.setattr(Selection, "_counted", lambda *args: pytest.fail("counted again"))
    assert snapshot.select(scope).counts("k") == {"news": 1}
    monkeypatch.undo()
    make_article(kind="news")
    assert archive.now().select(scope).counts("k") == {"news": 2}
