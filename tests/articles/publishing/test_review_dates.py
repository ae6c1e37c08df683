"""Public texts that are to be looked at again: on the desk, in the list, and one click that says they are right."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from articles.desk.panels import desk
from articles.models import Article
from articles.publishing import workflow
from tests.cast import make_article, make_office, make_ready_article, make_user
from tests.forms import filled

pytestmark = pytest.mark.django_db

TODAY = timezone.now().date()
OVERDUE = TODAY - timedelta(days=3)


def at(article, page="still-right/"):
    return f"/admin/articles/article/{article.pk}/{page}"


def test_the_desk_and_the_list_have_what_is_due(client, edna):
    due = make_article(headline="Due today", review_by=TODAY)
    longer = make_article(headline="Due before", review_by=OVERDUE)
    make_article(headline="Later", review_by=TODAY + timedelta(days=1))
    make_article(headline="A draft", state="draft", review_by=OVERDUE)
    make_article(headline="Never")
    assert list(desk(edna)["ageing"]) == [longer, due]
    assert "To be looked at again" in client.get("/admin/").content.decode()
    for chosen, headlines in (("due", ["Due before", "Due today"]), ("later", ["Later"]), ("never", ["Never"])):
        shown = client.get(f"/admin/articles/article/?again={chosen}").context["cl"].result_list
        assert sorted(row.headline for row in shown) == headlines


def test_one_click_sets_a_new_day_and_is_recorded(client, edna):
    article = make_article(review_by=OVERDUE)
    html = client.get(at(article, "change/")).content.decode()
    again = TODAY + timedelta(days=365)
    assert f'name="again" value="{again}"' in html
    assert client.post(at(article), {"again": str(again)}).url == at(article, "change/")
    article.refresh_from_db()
    assert article.review_by == again
    move = article.moves.get()
    assert (move.name, move.by) == ("still_right", edna)
    assert "<strong>Still right</strong>" in client.get(at(article, "change/")).content.decode()
    assert list(desk(edna)["ageing"]) == []


@pytest.mark.parametrize("again", ["", "x", str(TODAY), "9999-12-31", "0001-01-01"])
def test_a_day_that_is_none_is_refused_with_a_sentence(client, edna, again):
    article = make_article(review_by=OVERDUE)
    answer = client.post(at(article), {"again": again}, follow=True)
    assert "Give a day within the next ten years." in answer.content.decode()
    assert Article.objects.get().review_by == OVERDUE
    assert not article.moves.exists()


def test_only_who_may_edit_it_may_say_so(client):
    geneva, nairobi = make_office(), make_office("nairobi", "Nairobi")
    foreign, own = make_article(office=nairobi, review_by=OVERDUE), make_article(office=geneva, review_by=OVERDUE)
    draft = make_article(office=geneva, state="draft")
    client.force_login(make_user("tara", "translator", office=geneva))
    assert client.post(at(foreign), {"again": "2030-01-01"}).status_code == 404
    assert client.post(at(own), {"again": "2030-01-01"}).status_code == 403
    client.force_login(make_user("walt", "writer", office=geneva))
    assert client.get(at(own)).status_code == 405
    assert client.post(at(draft), {"again": "2030-01-01"}).status_code == 403
    assert Article.objects.filter(review_by=OVERDUE).count() == 2


def test_the_day_is_typed_in_the_form_and_goes_with_a_new_edition(client, chief):
    article = make_ready_article(state="draft")
    client.post(at(article, "change/"), filled(client.get(at(article, "change/")), review_by="2030-02-03"))
    article.refresh_from_db()
    assert article.review_by == date(2030, 2, 3)
    article.state = "approved"
    article.save()
    copy = workflow.move(article, "revise", chief)
    assert copy.review_by == date(2030, 2, 3)
    client.post(at(copy, "change/"), filled(client.get(at(copy, "change/")), review_by="2031-01-01"))
    copy.refresh_from_db()
    copy.publish_at = timezone.now()
    copy.state = "approved"
    copy.save()
    workflow.merge_due(copy)
    article.refresh_from_db()
    assert article.review_by == date(2031, 1, 1)
