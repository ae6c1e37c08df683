"""What changed since a reviewer last looked: kept by what they do, never by opening a page."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article
from articles.publishing import revisions
from articles.publishing.workflow import move
from articles.review import history, remarks
from tests.articles.review.test_history import at, live, save
from tests.cast import make_ready_article, make_user
from tests.forms import filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def aziz():
    return make_user("aziz", "approver")


@pytest.fixture
def walt():
    return make_user("walt", "writer")


def test_the_form_in_review_shows_what_changed_since_the_last_look(client, aziz, walt):
    article = make_ready_article(body="<p>It rose by 3 metres.</p>")
    save(article, walt, headline="First")
    move(article, "submit", walt)
    client.force_login(aziz)
    page = client.get(at(article, "change/")).content.decode()
    assert "This is the first version" in page
    move(article, "request_changes", aziz, reason="The figure.")
    save(article, walt, body="<p>It rose by 4 metres.</p>")
    move(article, "submit", walt)
    for _again in range(2):
        page = client.get(at(article, "change/")).content.decode()
        assert "What changed since you last looked" in page
        assert "4 </ins>" in page


def in_review(walt):
    article = make_ready_article(body="<p>It rose by 3 metres.</p>")
    move(article, "submit", walt)
    return article, revisions.record(article, walt)


def test_to_open_a_text_in_review_stores_nothing(client, aziz, walt):
    article, _first = in_review(walt)
    client.force_login(aziz)
    client.get("/admin/")  # the first request of a session notes it
    with CaptureQueriesContext(connection) as asked:
        for page in ("change/", "review/", "history/"):
            client.get(at(article, page))
    assert not [one["sql"] for one in asked if not one["sql"].startswith(("SELECT", "SAVEPOINT", "RELEASE", "BEGIN"))]


def read(client, article, version):
    return client.post(at(article, "read/"), {"version": version}, follow=True).content.decode()


def test_who_has_read_a_text_says_so_and_sees_what_changes_after(client, aziz, walt):
    article, _first = in_review(walt)
    client.force_login(aziz)
    page = client.get(at(article, "change/")).content.decode()
    assert f'name="version" value="{article.version}">I have read it' in page
    for _again in range(2):
        assert "I have read it" not in read(client, article, article.version)
    assert article.moves.filter(name="read", by=aziz).count() == 1
    old = article.version
    save(article, walt, body="<p>It rose by 4 metres.</p>")
    page = client.get(at(article, "change/")).content.decode()
    assert "What changed since you last looked" in page
    assert "4 </ins>" in page
    for version in (old, "", "x"):
        assert "The text has changed since you opened this page" in read(client, article, version)
    assert article.moves.filter(name="read").count() == 1


def test_there_is_no_box_of_changes_where_nothing_has_changed(client, walt):
    article = make_ready_article()
    save(article, walt, headline="First")
    move(article, "submit", walt)
    client.force_login(walt)
    page = client.get(at(article, "change/")).content.decode()
    assert "What changed" not in page
    assert "Nothing was changed." not in page


def test_an_author_whose_save_is_refused_is_told_why_and_by_whom_and_not_what_has_changed(client, aziz, walt):
    get_user_model().objects.filter(pk=aziz.pk).update(first_name="Aziz", last_name="Approver")
    article = make_ready_article(body="<p>It rose by 3 metres.</p>")
    save(article, walt, headline="First")
    move(article, "submit", walt)
    client.force_login(walt)
    opened = client.get(at(article, "change/"))
    save(Article.objects.get(pk=article.pk), aziz, body="<p>It rose by 4 metres.</p>")
    page = client.post(at(article, "change/"), filled(opened, headline="Second")).content.decode()
    assert "Aziz Approver changed this at" in page
    assert "What changed since you last looked" not in page
    assert "What changed since you last looked" in client.get(at(article, "change/")).content.decode()


def test_an_imported_text_without_a_history_can_be_read_too(client, aziz):
    article = make_ready_article(state="in_review")
    client.force_login(aziz)
    read(client, article, article.version)
    assert history.last_look(article, aziz) == article.revisions.get()


def test_a_remark_is_a_look_at_the_text_on_which_it_was_written(aziz, walt):
    article, first = in_review(walt)
    save(article, walt, body="<p>It rose by 4 metres.</p>")
    assert history.last_look(article, aziz) is None
    remarks.add(article, aziz, "Is it?", 0, seen=first)
    assert history.last_look(article, aziz) == first


def test_what_readers_have_had_since_is_no_longer_shown_as_changed(aziz, walt):
    article = live(aziz)
    copy = move(article, "revise", walt)
    save(copy, walt, headline="Second edition")
    move(copy, "submit", walt)
    article = move(copy, "publish", make_user("abe", "approver"))
    copy = move(article, "revise", walt)
    save(copy, walt, summary="Another standfirst.")
    move(copy, "submit", walt)
    found = history.review(copy, aziz)
    assert (found.is_last_look, found.base) == (False, found.edition)
    assert [change.name for change in found.changes.fields] == ["summary"]
