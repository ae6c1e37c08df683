"""Who acts next on a text, and until when."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.desk.panels import desk
from articles.models import Article, Assignment, Notice
from articles.publishing import limiting
from articles.publishing.workflow import move
from articles.review import assignments
from contacts.models import Membership
from tests.cast import make_office, make_ready_article, make_user
from tests.forms import filled

from .test_remarks import at

pytestmark = pytest.mark.django_db


def test_who_acts_next_is_told_and_shown_in_list_form_and_desk(client, article, aziz, walt):
    client.force_login(aziz)
    until = timezone.localdate() - timedelta(days=1)
    page = client.get(at(article)).content.decode()
    assert f'<option value="{walt.pk}">walt</option>' in page
    client.post(at(article, "assign/"), {"assignee": walt.pk, "until": until.isoformat()})
    row = Assignment.objects.get()
    assert (row.assignee, row.until, row.by) == (walt, until, aziz)
    assert [notice.recipient.user for notice in Notice.objects.filter(kind="assigned")] == [walt]
    client.post(at(article, "assign/"), {"assignee": walt.pk, "until": until.isoformat()})
    assert Notice.objects.filter(kind="assigned").count() == 1  # nothing changed
    client.force_login(walt)
    assert [one.pk for one in desk(walt)["assigned"]] == [article.pk]
    make_ready_article(headline="Another")
    listed = client.get("/admin/articles/article/?assigned=me").content.decode()
    assert ("Floods" in listed, "Another" in listed, "late" in listed) == (True, False, True)
    assert client.get("/admin/articles/article/?assigned=nobody").status_code == 302
    client.post(at(article, "assign/"), {"assignee": "", "until": ""})
    assert not Assignment.objects.exists()


def test_all_are_offered_however_many_there_are_and_with_the_same_number_of_queries(article, walt):
    def offered():
        row = Article.objects.get(pk=article.pk)
        with CaptureQueriesContext(connection) as queries:
            return [user.username for user in assignments.candidates(row)], len(queries)

    people = [User(username=f"a{number}", first_name="Ann", is_staff=True) for number in range(310)]
    User.objects.filter(pk=walt.pk).update(first_name="Walt")
    Membership.objects.bulk_create(
        Membership(user=user, role="translator") for user in User.objects.bulk_create(people)
    )
    named, queries = offered()
    assert named == ["walt"], "the others translate only"
    limiting.limit(article, [walt, *User.objects.filter(first_name="Ann")[:5]])
    User.objects.filter(username="a1").update(is_superuser=True)
    assert offered() == (["a1", "walt"], queries)


def test_an_approved_text_has_nobody_who_acts_next(article, aziz, walt):
    Assignment.objects.create(article=article, assignee=aziz, until=date(2026, 1, 1))
    move(article, "publish", aziz)
    assert not Assignment.objects.exists()


def test_a_removed_text_has_nobody_who_acts_next(client, aziz, walt):
    """Its form has no panel in which somebody else could be named."""
    article = make_ready_article(state="approved", first_published_at=timezone.now())
    client.force_login(aziz)
    client.post(at(article, "assign/"), {"assignee": walt.pk, "until": "2026-01-01"})
    page = at(article, "move/remove/")
    client.post(page, filled(client.get(page), reason="Wrong."))
    assert Article.objects.get(pk=article.pk).state == "gone"
    assert not Assignment.objects.exists()
    client.force_login(walt)
    assert list(desk(walt)["assigned"]) == []
    for chosen in ("me", "late"):
        assert not client.get(f"/admin/articles/article/?assigned={chosen}").context["cl"].result_list


def test_only_those_who_can_do_something_are_offered_or_accepted(client, article, aziz):
    nairobi = make_office("nairobi", "Nairobi Office")
    stranger, gone = make_user("nora", "writer", nairobi), make_user("gone", "writer", is_active=False)
    client.force_login(aziz)
    for user in (stranger, gone):
        client.post(at(article, "assign/"), {"assignee": user.pk})
    client.post(at(article, "assign/"), {"assignee": aziz.pk, "until": "tomorrow"})
    assert not Assignment.objects.exists()
