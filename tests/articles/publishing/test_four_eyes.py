"""With four eyes, nobody approves what they had a hand in."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article
from articles.publishing import revisions
from articles.publishing.workflow import Refused, move
from tests.cast import make_ready_article, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _four_eyes(settings):
    settings.FOUR_EYES = True


@pytest.fixture
def people():
    return make_user("walt", "writer"), make_user("edna", "approver"), make_user("aziz", "approver")


def write(article, by, body):
    Article.objects.filter(pk=article.pk).update(body=body)
    article.body = body
    revisions.record(article, by)


def test_who_wrote_the_middle_of_it_cannot_approve_it_although_another_saved_last(people):
    walt, edna, aziz = people
    article = make_ready_article(publish_at=timezone.now())
    for by, body in ((walt, "<p>One.</p>"), (edna, "<p>Two.</p>"), (walt, "<p>Three.</p>")):
        write(article, by, body)
    move(article, "submit", walt)
    with pytest.raises(Refused):
        move(article, "approve", edna)
    move(article, "approve", aziz)
    assert article.is_live


def test_a_new_edition_counts_hands_anew(people):
    walt, edna, aziz = people
    article = make_ready_article(publish_at=timezone.now())
    write(article, edna, "<p>One.</p>")
    move(article, "submit", walt)
    move(article, "approve", aziz)
    copy = move(article, "revise", walt)
    write(copy, walt, "<p>Two.</p>")
    move(copy, "submit", walt)
    assert move(copy, "publish", edna).body == "<p>Two.</p>"


def test_a_hand_in_a_working_copy_counts(people):
    walt, edna, _ = people
    article = make_ready_article(state="approved", publish_at=timezone.now())
    copy = move(article, "revise", walt)
    write(copy, edna, "<p>Two.</p>")
    write(copy, walt, "<p>Three.</p>")
    move(copy, "submit", walt)
    with pytest.raises(Refused):
        move(copy, "publish", edna)


def test_choosing_the_hour_is_no_hand_in_the_text(people):
    walt, edna, _ = people
    article = make_ready_article(publish_at=timezone.now())
    write(article, walt, "<p>One.</p>")
    move(article, "submit", walt)
    article.publish_at = timezone.now() + timedelta(hours=2)
    revisions.record(article, edna)
    move(article, "approve", edna)
    move(article, "recall", walt)
    move(article, "submit", walt)
    assert move(article, "approve", edna).state == "approved"


def test_what_somebody_else_must_do_is_no_primary_button(client, people):
    _walt, edna, aziz = people
    article = make_ready_article(state="approved", publish_at=timezone.now(), first_published_at=timezone.now())
    copy = move(article, "revise", edna)
    write(copy, edna, "<p>Two.</p>")
    move(copy, "submit", edna)
    for person, button in ((edna, None), (aziz, "publish")):
        client.force_login(person)
        shown = client.get(f"/admin/articles/article/{copy.pk}/change/").context["next_step"]
        assert (shown and shown.name) == button
