"""What is published is shown at once; who cannot be rendered anew is shown as it was."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection, connections, transaction
from django.test import Client

from articles.publishing.workflow import move
from contacts import public_pages
from newsroom.models import SiteVersion
from newsroom.pagecache import siteversion
from tests.cast import make_article, make_office, make_ready_article, make_topic, make_user
from tests.newsroom.cached import CountRenders

pytestmark = pytest.mark.one_database


def bumps(monkeypatch):
    told = []
    monkeypatch.setattr(public_pages, "_listeners", [lambda: told.append(1)])
    return told


def test_a_publication_is_shown_by_the_next_answer(cached, django_capture_on_commit_callbacks):
    article = make_ready_article(headline="Out now")
    approver = make_user("aziz", "approver")
    assert b"Out now" not in cached.get("/en/").content
    with django_capture_on_commit_callbacks(execute=True):
        move(article, "submit", approver)
        move(article, "publish", approver)
    assert b"Out now" in cached.get("/en/").content
    with django_capture_on_commit_callbacks(execute=True):
        move(article, "withdraw", approver, reason="It was wrong.")
    assert b"Out now" not in cached.get("/en/").content


@transaction.atomic
def taken_back():
    siteversion.bump()
    raise ZeroDivisionError


def test_a_change_is_told_after_it_is_committed_and_not_if_it_is_not(db, django_capture_on_commit_callbacks):
    siteversion._bump()
    before = SiteVersion.objects.get().value
    with django_capture_on_commit_callbacks() as calls:
        siteversion.bump()
        assert SiteVersion.objects.get().value == before
        with pytest.raises(ZeroDivisionError):
            taken_back()
    assert len(calls) == 1
    calls[0]()
    assert SiteVersion.objects.get().value != before


def test_moves_of_what_nobody_sees_change_no_page(db, monkeypatch):
    article, approver = make_ready_article(), make_user("aziz", "approver")
    told = bumps(monkeypatch)
    move(article, "submit", approver)
    assert told == []
    move(article, "approve", approver)
    assert told
    told.clear()
    move(move(article, "revise", approver), "submit", approver)
    assert told == []


@pytest.mark.parametrize(("make", "name"), [(make_office, "contacts_office"), (make_topic, "articles_topic")])
def test_what_stands_beside_the_news_is_told_by_its_admin(client, db, monkeypatch, make, name):
    from django.urls import reverse

    row = make()
    client.force_login(make_user(is_staff=True, is_superuser=True))
    told = bumps(monkeypatch)
    client.post(reverse(f"admin:{name}_delete", args=[row.pk]), {"post": "yes"})
    assert told


def test_an_edit_is_told_if_any_language_of_the_story_is_public(db, monkeypatch):
    from articles.publishing.after_save import announce_public_change

    told = bumps(monkeypatch)
    source = make_article(state="draft")
    announce_public_change(source)
    assert told == []
    translation = make_article(language="fr", translation_of=source, state="approved")
    announce_public_change(source)
    announce_public_change(translation)
    assert len(told) == 2


def test_an_import_is_told_once(db, monkeypatch, tmp_path):
    from django.core.management import call_command

    told = bumps(monkeypatch)
    file = tmp_path / "topics.jsonl"
    file.write_text('{"model": "articles.topic", "fields": {"code": "water"}}\n')
    call_command("import_fixture", str(file), "--plan", verbosity=0)
    assert told == []
    call_command("import_fixture", str(file), verbosity=0)
    assert told == [1]
    call_command("import_fixture", str(file), verbosity=0)
    assert told == [1]


def test_the_version_is_read_at_most_twice_a_second(cached, django_assert_num_queries, clock):
    cached.get("/en/")
    clock.shift(0.6)
    with django_assert_num_queries(1):
        cached.get("/en/")
        cached.get("/en/")
    clock.shift(0.6)
    with django_assert_num_queries(1):
        cached.get("/en/")


def test_with_redis_the_version_is_shared_through_it(cached, settings, django_assert_num_queries):
    settings.CACHE_URL = "redis://cache"  # what `cache` speaks to is Django's affair
    before = cached.get("/en/")
    make_article(headline="Out now")
    with django_assert_num_queries(0):
        siteversion._bump()
    assert b"Out now" in cached.get("/en/").content
    assert before.status_code == 200
    siteversion.cache.delete(siteversion.CACHE_KEY)


def test_while_the_database_is_away_pages_stay_as_they_were(cached, clock, monkeypatch):
    kept = cached.get("/en/")
    clock.shift(61)
    cached.client.raise_request_exception = False

    def refuse(*args, **kwargs):
        raise OperationalError("connection refused")

    with monkeypatch.context() as patch:
        patch.setattr(type(connections["default"]), "cursor", refuse)
        shown = cached.get("/en/")
        assert (shown.status_code, shown.content) == (200, kept.content)
        assert shown["Cache-Control"] == "public, max-age=0, s-maxage=0"
        assert cached.get("/fr/").status_code == 503
        clock.shift(600)
        assert cached.get("/en/").status_code == 503
    clock.shift(3)
    assert cached.get("/en/").status_code == 200


def at_once(number, path, first=None):
    """So many readers of one page at a time; their answers."""
    barrier = threading.Barrier(number)

    def read(_):
        barrier.wait()
        try:
            return Client().get(path) if first is None else first(path)
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(read, range(number)))


@pytest.fixture
def crowd(transactional_db, cached):
    """Fifty clients of one process: they share one handler, and so one cache."""
    cached.client.get("/robots.txt")  # the handler is made by its first request
    handler = cached.client.handler

    def read(path):
        client = Client()
        client.handler = handler
        return client.get(path)

    return lambda path: at_once(50, path, read)


def test_a_crowd_at_a_new_page_renders_it_once(crowd):
    answers = crowd("/en/")
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert CountRenders.seen["/en/"] == 1


def test_a_crowd_after_a_publication_has_the_previous_copy_meanwhile(crowd, cached, monkeypatch):
    old = cached.get("/en/").content
    make_article(headline="Out now")
    cached.publish()
    others = threading.Event()
    monkeypatch.setattr(CountRenders, "before", staticmethod(lambda request: others.wait(1)))
    answers = crowd("/en/")
    assert CountRenders.seen["/en/"] == 2
    contents = [answer.content for answer in answers]
    assert contents.count(old) == 49
    assert {answer["Cache-Control"] for answer in answers if answer.content == old} == {"public, max-age=0, s-maxage=0"}
    assert b"Out now" in next(content for content in contents if content != old)
    assert b"Out now" in cached.get("/en/").content
