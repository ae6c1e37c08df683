"""Whoever opens a form is told who else has it open and when they typed, and nobody who may not see the article is."""

from datetime import timedelta

import pytest
from django.utils import timezone

from contacts.models import OpenForm
from tests.articles.admin.test_unsaved import KEEP, at, browser_of, keep
from tests.cast import make_article, make_office, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(db):
    return make_article(state="draft", publish_at=None, office=make_office())


@pytest.fixture
def edna(db):
    return browser_of("edna")


def beat(client, article, **fields):
    return client.post(KEEP, {"user": client.user.pk, "row": article.pk} | fields)


def test_the_other_is_named_with_the_time_and_when_they_typed(edna, draft):
    aziz = browser_of("aziz", "approver", first_name="Aziz", last_name="Approver")
    beat(aziz, draft)
    opened = OpenForm.objects.get().opened_at
    sentence = f"Aziz Approver has had this open since {opened:%H:%M} (UTC)"
    assert f"{sentence}." in edna.get(at(draft)).content.decode()
    keep(aziz, {"headline": "x"}, draft.pk)
    assert beat(edna, draft).json()["others"] == [f"{sentence} and typed 1 minute ago."]
    assert beat(aziz, draft).json()["others"][0].startswith("edna has had this open since")


def test_a_form_that_is_closed_or_silent_for_minutes_is_forgotten(edna, draft):
    aziz = browser_of("aziz", "approver")
    beat(aziz, draft)
    beat(aziz, draft, closed="1")
    assert beat(edna, draft).json()["others"] == []
    beat(aziz, draft)
    OpenForm.objects.filter(user=aziz.user).update(
        seen_at=timezone.now() - timedelta(minutes=3), opened_at=timezone.now() - timedelta(hours=3)
    )
    assert beat(edna, draft).json()["others"] == []
    beat(aziz, draft)
    assert timezone.now() - OpenForm.objects.get(user=aziz.user).opened_at < timedelta(minutes=1)


def test_who_may_not_see_the_article_learns_nothing(draft):
    aziz = browser_of("aziz", "approver")
    beat(aziz, draft)
    other = browser_of("walt", "writer", office=make_office("nairobi", "Nairobi Office"))
    assert beat(other, draft).status_code == 404
    assert "aziz" not in other.get(at(draft), follow=True).content.decode()


def test_who_may_only_look_is_told_and_told_of_to_nobody(edna, draft):
    beat(edna, draft)
    tara = browser_of("tara", "translator")
    assert "edna has had this open" in tara.get(at(draft)).content.decode()
    assert beat(tara, draft).status_code == 403
    assert beat(edna, draft).json()["others"] == []


def test_ten_people_cost_as_many_queries_as_twenty(edna, draft, django_assert_num_queries):
    def open_for(number):
        OpenForm.objects.create(user=make_user(f"user{number}"), model="articles.article", row=draft.pk)

    for number in range(10):
        open_for(number)
    beat(edna, draft)
    with django_assert_num_queries(7) as first:
        beat(edna, draft)
    for number in range(10, 20):
        open_for(number)
    with django_assert_num_queries(len(first)):
        assert len(beat(edna, draft).json()["others"]) == 20
