"""A process that has no index yet, or an old one: nobody waits, lists come from the database, no cache keeps them."""

import os
from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection

from articles.listing import in_memory
from articles.listing.in_memory import ListsInMemory, lists_in_memory
from articles.models import list_changes
from tests.cast import NOW, make_article, make_country, make_office, make_region, make_topic

pytestmark = pytest.mark.django_db
URL = "/en/news/"


@pytest.fixture
def built(monkeypatch):
    """The threads that would build an index. Each list is too long to be indexed within a request."""
    threads = []
    monkeypatch.setattr(in_memory, "SMALL", 0)
    monkeypatch.setattr(in_memory.threading.Thread, "start", lambda thread: threads.append(thread))
    monkeypatch.setattr(in_memory.connections, "close_all", lambda: None)
    return threads


@pytest.fixture
def indexes(monkeypatch):
    """How many indexes were built."""
    whole, made = in_memory.Index, []
    monkeypatch.setattr(in_memory, "Index", lambda: made.append(1) or whole())
    return made


def run(threads):
    threads.pop()._target()


def test_a_cold_list_is_the_same_list_without_numbers(client, built, settings):
    settings.ARTICLES_PER_PAGE = 2
    regions, topic = [make_region(), make_region("africa", "Africa")], make_topic()
    office, country = make_office(), make_country()
    for number in range(5):
        make_article(regions=[regions[number % 2]], topics=[topic], office=office, countries=[country])
    make_article(language="fr")
    year = f"&year={NOW().year}"
    for query in ("", "page=2", "page=3", "region=europe", f"topic=diaspora&office=geneva&country=che{year}&kind=news"):
        in_memory.forget()
        del built[:]
        cold = client.get(f"{URL}?{query}")
        assert len(built) == 1
        run(built)
        warm = client.get(f"{URL}?{query}")
        assert [article.pk for article in cold.context["page"]] == [article.pk for article in warm.context["page"]]
        assert cold.context["page"].has_next() == warm.context["page"].has_next()
        assert (cold.context["count"] is None, warm.context["count"] is None) == (True, False)
    assert client.get(f"{URL}?page=4").status_code == 404


def test_a_cold_page_says_nothing_that_it_does_not_know(client, built, settings):
    settings.ARTICLES_PER_PAGE = 2
    for number in range(5):
        make_article(regions=[make_region(f"region-{number}", f"Region {number}")], kind="speech")
    page = client.get(f"{URL}?region=region-0").content.decode()
    assert 'class="number"></span>' in page
    assert "Region 4" in page
    page = client.get(f"{URL}?page=2").content.decode()
    assert "Page 2\n" in page.replace("</span>", "\n")
    assert "Page 2 of" not in page
    assert "5 items" not in page
    assert 'rel="next" href="/en/news/?page=3"' in page
    assert "()" not in page


def test_a_cold_menu_has_no_merged_topics(client, built):
    make_article(topics=[make_topic("law"), make_topic("ports")])
    make_topic("old-law", merged_into=make_topic("law"))
    for _ in range(2):
        topics = next(facet for facet in client.get(URL).context["facets"] if facet.name == "topic")
        assert {choice.code for choice in topics.choices} == {"law", "ports"}
        if built:
            run(built)


def test_a_cold_page_beyond_the_last_one_is_not_found(client, built):
    make_article()
    assert client.get(f"{URL}?page=2").status_code == 404
    assert client.get(f"{URL}?year=1999").status_code == 200


def test_a_cold_search_has_all_its_numbers(client, built):
    for kind in ("speech", "news"):
        make_article(headline="needle", kind=kind)
    response = client.get(f"{URL}?q=needle")
    assert response.context["count"] == 2
    assert '<span class="number">1</span>' in response.content.decode()


def test_every_other_page_works_without_an_index(client, built):
    article = make_article(regions=[make_region()], topics=[make_topic()], office=make_office(), headline="Found")
    make_article(topics=[make_topic()], headline="Beside it")
    for address in ("/en/", "/en/regions/europe/", "/en/topics/diaspora/", "/en/offices/geneva/", "/en/countries/che/"):
        response = client.get(address)
        assert response.status_code == 200
        assert b"Found" in response.content or "countries" in address
    assert b"Beside it" in client.get(article.get_absolute_url()).content
    assert lists_in_memory()._snapshot.index is None


def test_an_article_page_waits_for_nobody(client):
    article = make_article(topics=[make_topic()])
    with lists_in_memory()._lock:  # as while another reader builds the index
        assert client.get(article.get_absolute_url()).status_code == 200
        assert client.get("/en/offices/").status_code == 200


def test_an_article_page_builds_no_index(client, indexes):
    article = make_article(topics=[make_topic()])
    assert client.get(article.get_absolute_url()).status_code == 200
    assert client.get("/en/offices/").status_code == 200
    assert indexes == []


def test_one_index_is_built_at_a_time(client, built):
    make_article()
    for _ in range(3):
        client.get(URL)
    assert [thread.name for thread in built] == ["lists"]


def test_after_a_great_change_the_old_index_is_shown_until_the_new_one_is_there(client, built, indexes):
    article = make_article(headline="Old")
    client.get(URL)
    run(built)
    type(article).objects.filter(pk=article.pk).update(kind="speech")
    list_changes.note_everything()
    for _ in range(2):
        assert client.get(f"{URL}?kind=news").context["count"] == 1
    assert len(built) == 1
    run(built)
    assert client.get(f"{URL}?kind=news").context["count"] == 0
    assert (len(indexes), built) == (2, [])


def test_a_small_index_is_built_once_for_each_great_change(client, indexes):
    make_article()
    for number in range(1, 4):
        for _ in range(2):
            client.get(URL)
        assert len(indexes) == number
        list_changes.note_everything()


def test_what_is_drawn_without_an_index_or_from_an_old_one_is_not_stored(cached, built):
    make_article()
    run_first = [cached.get(URL), cached.get(URL)]
    assert [response["Cache-Control"] for response in run_first] == ["no-store"] * 2
    assert cached.renders == 2
    run(built)
    assert "max-age" in cached.get(URL)["Cache-Control"]
    assert "max-age" in cached.get(URL)["Cache-Control"]
    assert cached.renders == 3
    list_changes.note_everything()
    cached.publish()
    for number in (4, 5):
        assert cached.get(URL)["Cache-Control"] == "no-store"
        assert cached.renders == number
    run(built)
    assert "max-age" in cached.get(URL)["Cache-Control"]


def test_an_index_that_cannot_be_built_is_tried_again(client, built, monkeypatch, caplog):
    make_article()

    def away():
        raise DatabaseError("no such table")

    with monkeypatch.context() as patch:
        patch.setattr(in_memory, "Index", away)
        client.get(URL)
        run(built)
    assert "cannot be read" in caplog.text
    assert client.get(URL).context["count"] is None
    run(built)
    assert client.get(URL).context["count"] == 1


def test_what_changes_while_an_index_is_built_is_not_lost(client, built, monkeypatch):
    make_article()
    client.get(URL)
    whole = in_memory.Index

    def slow():
        index = whole()
        make_article()
        client.get(URL)  # has read the journal up to here
        return index

    monkeypatch.setattr(in_memory, "Index", slow)
    run(built)
    assert client.get(URL).context["count"] == 2


def test_the_journal_counts_as_read_only_when_it_was(monkeypatch):
    """Else another reader would trust a position that the journal has forgotten."""
    lists_in_memory().now()
    monkeypatch.setattr(lists_in_memory(), "_looked", lists_in_memory()._looked - in_memory.OLDEST + 100)
    before = lists_in_memory()._looked

    def away(position):
        raise DatabaseError

    with monkeypatch.context() as patch:
        patch.setattr(in_memory, "changes_since", away)
        with pytest.raises(DatabaseError):
            lists_in_memory().now()
    assert lists_in_memory()._looked == before
    lists_in_memory().now()
    assert lists_in_memory()._looked > before


def test_a_position_that_the_journal_may_have_forgotten_is_not_used(monkeypatch):
    first = lists_in_memory().now()
    monkeypatch.setattr(lists_in_memory(), "_looked", lists_in_memory()._looked - in_memory.OLDEST - 1)
    monkeypatch.setattr(in_memory, "changes_since", lambda position: pytest.fail("an old position"))
    assert lists_in_memory().now() is not first


def test_a_position_is_trusted_only_with_the_time_at_which_it_was_read(monkeypatch):
    """Between the two another thread may store a new one."""

    class Raced(ListsInMemory):
        @property
        def _looked(self):
            if getattr(self, "_snapshot", None) is first:
                self._snapshot, self._last = second, in_memory.time.monotonic()
            return self._last

        @_looked.setter
        def _looked(self, moment):
            self._last = moment

    first, second, raced = in_memory.new_snapshot(), lists_in_memory().now(), Raced()
    raced._snapshot = first
    assert raced.now() is second


def test_a_process_that_is_forked_while_an_index_is_built_builds_its_own():
    with lists_in_memory()._lock, lists_in_memory()._building:
        child = os.fork()
        if not child:
            os._exit(lists_in_memory()._lock.locked() or lists_in_memory()._building.locked())
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_a_quiet_day_is_no_reason_to_read_everything(monkeypatch):
    first, began = lists_in_memory().now(), in_memory.time.monotonic()
    for hours in range(1, 30):
        monkeypatch.setattr(in_memory.time, "monotonic", lambda hours=hours: began + hours * 3600)
        assert lists_in_memory().now() is first


def test_ids_may_lie_far_apart(client):
    region, far = make_region(), 2**45
    made = [make_article(pk=far * number + 7, regions=[region]) for number in (1, 3, 2)]
    made += [make_article(pk=5, regions=[region])]
    for _ in range(2):  # in the index, and changed since
        response = client.get(f"{URL}?region=europe")
        assert {article.pk for article in response.context["page"]} == {article.pk for article in made}
        assert response.context["count"] == 4
        index = lists_in_memory()._snapshot.index
        assert (len(index.ids), len(index._by_id)) == (4, 4)
        list_changes.note([article.pk for article in made])


def test_moments_are_kept_to_the_microsecond(client):
    at = datetime.fromisoformat("2026-03-01T10:00:00+00:00")
    for microseconds in (0, 1, 999_999, 250_000):
        make_article(publish_at=at + timedelta(microseconds=microseconds))
    assert sorted(lists_in_memory().now().index.moments) == [
        in_memory.instant(at + timedelta(microseconds=number)) for number in (0, 1, 250_000, 999_999)
    ]


def test_a_ready_process_has_an_index(client, built, monkeypatch):
    make_article()
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)  # it holds the test's transaction
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"lists are being read\n")
    assert client.get("/healthz").status_code == 200
    run(built)
    assert client.get("/readyz").status_code == 200
