"""An emergency publication needs no second person before, but one afterwards: until then it stays in a queue."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.desk.panels import desk
from articles.models import Article
from articles.publishing import workflow
from articles.publishing.workflow import Refused, move
from tests.cast import make_office, make_ready_article, make_user
from tests.forms import filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def aziz():
    return make_user("aziz", "approver")


def published(by, **changes):
    article = make_ready_article(**changes)
    return move(article, "emergency", by, reason="A dam broke.")


@pytest.mark.parametrize("days", [None, -1, 3])
def test_it_publishes_now_whatever_the_form_says(settings, aziz, days):
    settings.FOUR_EYES = True
    in_days = days and timezone.now() + timedelta(days=days)
    embargo = in_days and in_days - timedelta(hours=1)
    article = published(aziz, publish_at=in_days, press_from=embargo, created_by=aziz)
    article.refresh_from_db()
    assert article.is_live
    assert timezone.now() - article.publish_at < timedelta(minutes=1)
    assert article.press_from is None or article.press_from <= article.publish_at
    assert list(desk(make_user("lola", "approver"))["emergencies"]) == [article]


def test_another_approver_looks_at_it_and_it_leaves_the_queue(aziz):
    lola, article = make_user("lola", "approver"), published(aziz)
    assert "look" not in {step.name for step in workflow.moves_for(article, aziz)}
    with pytest.raises(Refused):
        move(article, "look", aziz)
    move(article, "look", lola, reason="The figures are right.")
    article.refresh_from_db()
    assert (article.emergency_at, article.is_live) == (None, True)
    assert article.moves.first().reason == "The figures are right."
    assert article.revisions.exclude(edition=None).count() == 1
    with pytest.raises(Refused):
        move(article, "look", lola)


def test_who_published_it_looks_at_it_neither_after_somebody_else_s_emergency(client, aziz):
    lola, paula = make_user("lola", "approver"), make_user("paula", "approver")
    article = published(aziz)
    copy = move(article, "revise", lola)
    Article.objects.filter(pk=copy.pk).update(body="<p>A right figure.</p>")
    copy.refresh_from_db()
    move(copy, "emergency", lola, reason="A wrong figure.")
    look = f"/admin/articles/article/{article.pk}/move/look/"
    for user in (aziz, lola, paula):
        client.force_login(user)
        client.post(look, {"reason": ""})
        article.refresh_from_db()
        assert (article.emergency_at is None) == (user == paula), user
    move(move(article, "revise", lola), "emergency", lola, reason="A dam broke again.")
    client.force_login(aziz)
    client.post(look, {"reason": ""})
    article.refresh_from_db()
    assert article.emergency_at is None, "paula has looked at what aziz published"


def test_a_writer_or_an_approver_elsewhere_does_not_count(aziz):
    article = published(aziz)
    lima = make_user("lola", "approver", office=make_office("lima", "Lima Office"))
    for user in (lima, make_user("edna", "editor")):
        assert "look" not in {step.name for step in workflow.moves_for(article, user)}
    assert not desk(lima)["emergencies"]


@pytest.mark.parametrize("taken", ["withdraw", "remove"])
def test_what_was_taken_away_meanwhile_is_still_to_look_at(aziz, taken):
    article = move(published(aziz), taken, aziz, reason="Wrong.")
    assert "look" in {step.name for step in workflow.moves_for(article, make_user("lola", "approver"))}


def test_of_a_new_edition_the_public_text_stays_in_the_queue(aziz):
    live = make_ready_article(state="approved", first_published_at=timezone.now())
    copy = move(live, "revise", aziz)
    Article.objects.filter(pk=copy.pk).update(headline="New", publish_at=timezone.now() + timedelta(days=1))
    copy.refresh_from_db()
    article = move(copy, "emergency", aziz, reason="A wrong figure.")
    assert (article.pk, article.headline) == (live.pk, "New")
    assert Article.objects.get(pk=live.pk).emergency_at


def test_form_list_and_desk_show_it(client, aziz):
    article = make_ready_article(publish_at=timezone.now() + timedelta(days=1))
    client.force_login(aziz)
    address = f"/admin/articles/article/{article.pk}/"
    confirm = client.post(f"{address}change/", filled(client.get(f"{address}change/"), _confirm="emergency"))
    assert "published at once" in client.get(confirm.url).content.decode()
    client.post(confirm.url, {"reason": "A dam broke."})
    assert "Another approver must look at it." in client.get(f"{address}change/").content.decode()
    client.force_login(make_user("lola", "approver"))
    for page in ("/admin/", "/admin/articles/article/?state=emergency"):
        assert f"{address}change/" in client.get(page).content.decode()
    assert "Note (you may leave it empty)" in client.get(f"{address}move/look/").content.decode()
    assert client.post(f"{address}move/look/", {"reason": ""}).status_code == 302
    assert f"{address}change/" not in client.get("/admin/articles/article/?state=emergency").content.decode()
