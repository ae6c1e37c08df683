"""The plan of a sending: who gets which language, who is left out and why; it is confirmed as it was shown, once."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from articles.models import Article, Pass, PressDelivery, PressList, Sending
from articles.press_lists import confirming, journalists, planning, versions
from articles.publishing.revisions import publish_edition
from articles.publishing.workflow import move
from contacts import clock
from tests.cast import make_article, make_journalist, make_office, make_user

from .conftest import HOUR, confirmed, planned, under_embargo, work

pytestmark = pytest.mark.django_db


def told(plan):
    return {one.journalist.name: one.language for one in plan.recipients}


def test_everybody_gets_their_language_or_what_stands_in_for_it(aziz):
    story = make_article()
    make_article(language="fr", translation_of=story)
    make_article(language="ar", translation_of=story, state="draft", publish_at=None)
    people = [
        make_journalist("a@example.org", "A", language="fr"),
        make_journalist("b@example.org", "B", language="ar", other_languages=["es", "fr"]),
        make_journalist("c@example.org", "C", language="ru"),
    ]
    plan = planning.plan(planned(story, *people, by=aziz), aziz)
    assert told(plan) == {"A": "fr", "B": "fr", "C": "en"}
    assert sorted(plan.languages) == [("en", 1, 1), ("fr", 2, 1)]


def test_who_is_left_out_is_told_with_the_reason(aziz):
    story = make_article()
    fresh = make_journalist("fresh@example.org", "Fresh")
    had = make_journalist("had@example.org", "Had")
    confirmed(story, had, by=aziz)
    picked = PressList.objects.create(name="All")
    picked.journalists.set([
        fresh, had, make_journalist("no@example.org", "No", consent_on=None, consent_source=""),
        make_journalist("off@example.org", "Off", is_active=False),
        make_journalist("bad@example.org", "Bad", switched_off_at=timezone.now()),
    ])  # fmt: skip
    plan = planning.plan(planned(story, fresh, lists=[picked], by=aziz), aziz)
    assert told(plan) == {"Fresh": "en"}
    assert {reason: rows[0].name for reason, rows in plan.left_out.items()} == {
        "no consent": "No", "not active": "Off", "refused": "Bad", "has it": "Had"
    }  # fmt: skip


def test_a_list_of_another_office_adds_nobody(aziz):
    edna = make_user("edna", "editor", make_office())
    foreign = PressList.objects.create(name="Lima", office=make_office("lima", "Lima Office"))
    foreign.journalists.add(make_journalist())
    story = make_article(office=make_office())
    assert planning.plan(planned(story, lists=[foreign], by=edna), edna).refusal
    assert told(planning.plan(planned(story, lists=[foreign], by=aziz), aziz)) == {"Ann Reed": "en"}


def test_a_plan_is_confirmed_once_and_as_it_was_shown(aziz):
    ann, bob = make_journalist(), make_journalist("bob@example.org", "Bob")
    row = planned(make_article(), ann, bob, by=aziz)
    shown = planning.plan(row, aziz).fingerprint
    journalists.end_consent(bob, None, "By telephone")
    with pytest.raises(confirming.NotSent, match="has changed"):
        confirming.confirm(row, aziz, shown)
    assert not PressDelivery.objects.exists()
    shown = planning.plan(row, aziz).fingerprint
    assert confirming.confirm(row, aziz, shown) == 1
    with pytest.raises(confirming.NotSent, match="twice"):
        confirming.confirm(row, aziz, shown)
    row.refresh_from_db()
    assert (row.confirmed_by, row.left_out) == (aziz, {"no consent": 1})
    assert work() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "draft"}, {"state": "in_review"}, {"press_from": None}, {"state": "withdrawn", "withdrawal_note": "Wrong."},
        {"press_from": None, "state": "draft", "publish_at": None},
    ],
)  # fmt: skip
def test_what_no_embargo_lets_the_press_read_is_refused(aziz, changes):
    row = planned(under_embargo(**changes), make_journalist(), kind="embargo", by=aziz)
    with pytest.raises(confirming.NotSent, match="not public"):
        confirming.confirm(row, aziz, planning.plan(row, aziz).fingerprint)
    assert not PressDelivery.objects.exists()
    assert not Pass.objects.exists()
    row.refresh_from_db()
    assert row.confirmed_at is None


def test_a_public_sending_of_what_is_not_public_is_refused(aziz):
    row = planned(under_embargo(), make_journalist(), by=aziz)
    assert "not in the state" in planning.plan(row, aziz).refusal


def test_rights_are_asked_when_it_is_confirmed(aziz):
    edna = make_user("edna", "editor", make_office("lima", "Lima Office"))
    story = make_article(office=make_office())
    row = planned(story, make_journalist(), by=aziz)
    with pytest.raises(confirming.NotSent, match="may not write"):
        confirming.confirm(row, edna, planning.plan(row, aziz).fingerprint)


def test_a_text_limited_to_named_people_is_sent_by_none_else(aziz):
    story = under_embargo(restricted=True)
    row = planned(story, make_journalist(), kind="embargo", by=aziz)
    assert planning.plan(row, aziz).refusal
    story.reader_rows.create(user=aziz)
    row = planned(story, make_journalist("b@example.org"), kind="embargo", by=aziz)
    assert not planning.plan(row, aziz).refusal


def test_under_embargo_everybody_gets_a_pass_in_their_languages_and_the_mail_waits_until_it_opens(aziz):
    opens = timezone.now() + timedelta(minutes=30)
    story = under_embargo(press_from=opens)
    under_embargo(language="fr", translation_of=story, press_from=opens, slug="titre")
    ann = make_journalist(language="fr", other_languages=["en"])
    confirmed(story, ann, kind="embargo", by=aziz)
    given = Pass.objects.get()
    assert (given.holder, given.email, given.languages) == ("Ann Reed, The Daily", "ann@example.org", ["fr", "en"])
    assert given.created_by == aziz
    delivery = PressDelivery.objects.get()
    assert (delivery.given, delivery.due_at) == (given, opens)
    assert work() == 0
    assert Sending.objects.get().deliveries.get().left_out == ""


def test_a_clock_that_is_set_back_brings_no_embargo_back(aziz):
    story = make_article()
    publish_edition(story)
    now = timezone.now()
    copy = Article.objects.filter(pk=move(story, "revise", aziz).pk)
    copy.update(state="approved", press_from=now - HOUR, publish_at=now + HOUR)
    sending = Sending(article=story, kind="embargo")
    assert versions.versions(sending, aziz)
    clock.remember()
    with time_machine.travel(now + HOUR, tick=False):
        clock.now()
    with time_machine.travel(now, tick=False):
        assert not versions.versions(sending, aziz)


def test_texts_that_were_changed_meanwhile_are_not_confirmed(aziz):
    row = planned(make_article(), make_journalist(), by=aziz)
    shown = planning.plan(row, aziz).fingerprint
    Sending.objects.update(texts={"en": {"subject": "Another", "note": ""}})
    with pytest.raises(confirming.NotSent, match="changed"):
        confirming.confirm(row, aziz, shown)
    assert Sending.objects.get().confirmed_at is None
