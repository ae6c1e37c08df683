"""Public pages read a replica that has what the site version says; everything else reads the primary.

The replica of these tests is a copy of SQLite's file, in which each article's headline was altered: so a page tells from
where it was read. `python -m tests.cluster` has a real one, of PostgreSQL.
"""

import sqlite3
from pathlib import Path
from unittest.mock import Mock

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from articles.listing import in_memory
from articles.listing.in_memory import lists_in_memory
from articles.models import Article, list_changes
from contacts.languages import organisation_name
from contacts.models import Phone
from newsroom.cluster import replica
from newsroom.pagecache import siteversion
from newsroom.serving import health
from newsroom.theme.models import Theme
from tests.cast import make_article, make_contact, make_user

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "replica"]), pytest.mark.one_database]


@pytest.fixture(scope="module", autouse=True)
def replica_file(django_db_setup, tmp_path_factory):
    """The alias stands before Django's test case looks which databases there are."""
    own = connections["default"].settings_dict
    file = str(tmp_path_factory.mktemp("replica") / "replica.sqlite3")
    connections.settings["replica"] = own | {"NAME": file, "TEST": own["TEST"] | {"MIRROR": "default"}}
    yield file
    del connections["replica"], connections.settings["replica"]


@pytest.fixture
def copy(replica_file, settings, monkeypatch):
    """A function that lets the replica catch up with the primary; until then its file is empty."""
    settings.DATABASE_ROUTERS = ["newsroom.cluster.replica.Router"]
    monkeypatch.setattr(replica, "_next_look", float("-inf"))

    def catch_up():
        target = sqlite3.connect(replica_file)
        connection.connection.backup(target)
        with target:
            target.execute("UPDATE articles_article SET headline = 'Read from the replica'")
        target.close()

    yield catch_up
    connections["replica"].close()
    Path(replica_file).unlink(missing_ok=True)


def publish():
    article = make_article(headline="Read from the primary", slug="story")
    siteversion.bump()
    return article.get_absolute_url()


def source(cached, address):
    text = cached.get(address).content.decode()
    (found,) = {place for place in ("primary", "replica") if f"Read from the {place}" in text}
    return found


def test_a_page_is_read_from_a_replica_that_has_its_site_version(cached, copy):
    address = publish()
    copy()
    assert source(cached, address) == "replica"
    assert source(cached, "/en/news/") == "replica"
    siteversion.bump()  # something is published, and the replica does not know it yet
    assert source(cached, address) == "primary"
    assert source(cached, "/en/news/") == "primary"


PAGES = ["/en/", "/en/news/?q=read", "/en/offices/", "/sitemap.xml", "/api/v1/articles/?q=read", "/api/v1/topics/"]


def test_no_query_of_a_page_goes_to_the_primary(cached, copy, monkeypatch):
    address = publish()
    copy()
    cached.get("/ar/")
    monkeypatch.setattr(siteversion.watch, "refresh", lambda: None)  # it asks the primary, once for all pages
    for page in [*PAGES, address, f"{address}editions/", "/en/news/feed.rss"]:
        with CaptureQueriesContext(connections["default"]) as asked:
            assert cached.get(page).status_code in (200, 404)
        assert [query["sql"] for query in asked.captured_queries] == [], page


def test_what_a_late_replica_lacks_is_shown_as_soon_as_it_has_it(cached, copy):
    """What a process keeps of a database is shown to readers of that database alone: the primary is often ahead."""
    contact = make_contact("media-unit", "Media Unit")
    make_article(slug="asked", contacts=[contact])
    publish()
    copy()
    assert source(cached, "/en/news/") == "replica"
    make_article(slug="new")
    Theme.objects.create(is_used=True, code="own").translations.create(language="en", name="Another name")
    Phone.objects.create(contact=contact, display="+41 22 717 93 89")
    list_changes.note_names()
    lists_in_memory().now()  # as a form, a job or a probe, which read the primary
    assert organisation_name("en") == "Another name"
    for page in ("/en/", "/en/news/asked/"):
        assert source(cached, page) == "replica"
    siteversion.bump()
    copy()
    assert source(cached, "/en/news/") == "replica"
    assert 'href="/en/news/new/"' in cached.get("/en/news/").content.decode()
    page = cached.get("/en/news/asked/").content.decode()
    assert "Another name" in page
    assert "717 93 89" in page


def test_an_index_that_is_built_beside_the_requests_is_of_the_replica(cached, copy, monkeypatch):
    monkeypatch.setattr(in_memory, "SMALL", 0)
    publish()
    copy()
    make_article()
    assert source(cached, "/en/news/") == "replica"
    lists = in_memory._kept["replica"]
    with lists._building:  # the thread has ended
        assert len(lists._snapshot.index.ids) == 1


def test_a_process_is_ready_when_the_lists_of_the_replica_have_an_index_too(cached, copy, monkeypatch):
    monkeypatch.setattr(in_memory, "SMALL", 0)
    publish()
    make_article(slug="second")
    copy()
    run = []
    with monkeypatch.context() as patch:
        patch.setattr(in_memory.threading, "Thread", lambda target, **options: run.append(target) or Mock())
        assert not health.lists_are_ready()
        primary, of_replica = run
        primary()
        assert not health.lists_are_ready()
        of_replica()
        assert health.lists_are_ready()
    siteversion.bump()  # the replica is late: pages read the primary
    del in_memory._kept["replica"]
    assert health.lists_are_ready()
    assert cached.get("/readyz").status_code == 200


def test_a_replica_that_fails_does_not_keep_a_process_from_being_ready(cached, copy, replica_file, caplog):
    publish()
    copy()
    broken = sqlite3.connect(replica_file)
    broken.execute("DROP TABLE articles_article")
    broken.close()
    assert cached.get("/readyz").status_code == 200
    assert "The replica is not read for 2 s" in caplog.text


@pytest.mark.parametrize("page", ["/en/contact/", "/en/alerts/manage/a-token/", "/press/a-token/"])
def test_a_form_or_a_personal_link_reads_the_primary(cached, copy, page):
    """What its reader did a moment ago is no part of the site version."""
    publish()
    copy()
    cached.get("/ar/")
    with CaptureQueriesContext(connections["replica"]) as asked:
        assert cached.get(page).status_code in (200, 404)
    assert len(asked) == 0


def test_a_replica_that_is_away_is_not_asked_again_at_once(cached, copy, caplog):
    address = publish()
    assert source(cached, address) == "primary"  # its file is empty: it has no tables
    assert "The replica is not read for 2 s" in caplog.text
    copy()
    assert source(cached, "/en/news/") == "primary"


def test_a_replica_that_fails_while_a_page_is_made(cached, copy, replica_file):
    address = publish()
    copy()
    broken = sqlite3.connect(replica_file)
    broken.execute("DROP TABLE articles_article")
    broken.close()
    cached.client.raise_request_exception = False
    answer = cached.get(address)
    assert (answer.status_code, "Read from the primary" in answer.content.decode()) == (200, True)


def test_the_desk_reads_the_primary(cached, copy):
    publish()
    copy()
    cached.client.force_login(make_user("edna", "editor"))
    assert "Read from the primary" in cached.client.get("/admin/articles/article/").content.decode()
    assert Article.objects.get().headline == "Read from the primary"


def test_what_was_read_from_the_replica_is_written_to_the_primary(cached, copy):
    publish()
    copy()
    with replica.read_for(siteversion._read()) as is_read:
        article = Article.objects.get()
    assert (is_read, article._state.db) == (True, "replica")
    article.headline = "Changed"
    article.save()
    assert Article.objects.using("default").get().headline == "Changed"


def test_the_site_version_is_in_the_database_where_there_is_a_replica(copy, settings):
    settings.CACHE_URL = "redis://localhost:1/0"
    siteversion._write(7)
    assert siteversion._read() == 7
