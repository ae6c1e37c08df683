"""Who is told of what time has brought: a translation is held, a text is late, a contact ends. Each is told once."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from articles.desk import reminders
from articles.mail import sending
from articles.models import Assignment, Notice, Recipient
from articles.publishing import after_save, revisions
from articles.publishing.locking import claim_version
from articles.publishing.workflow import move
from articles.translating.begin import begin_translation
from contacts.models import Contact
from tests.cast import approve_for, make_article, make_contact, make_office, make_ready_article, make_user

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def walt():
    return make_user("walt", "writer")


@pytest.fixture
def aziz():
    return make_user("aziz", "approver")


def told(kind):
    return sorted(Notice.objects.filter(kind=kind).values_list("recipient__user__username", flat=True))


def held_translation(walt, tara, aziz, kind="minor"):
    """Tara's French text was scheduled when its source changed."""
    source = make_ready_article(created_by=walt)
    move(source, "submit", walt)
    move(source, "publish", aziz)
    french = begin_translation(source, "fr", tara)
    french.slug = "un-titre"
    french.save()
    move(french, "submit", tara)
    approve_for(french, aziz, timezone.now() + HOUR)
    Notice.objects.all().delete()
    claim_version(source)
    source.body, source.change_kind = "<p>Another text.</p>", kind
    source.save()
    after_save.sync(source)
    revisions.publish_edition(source, walt)
    french.refresh_from_db()
    return french


def test_a_translator_and_the_approvers_are_told_once_that_a_translation_is_held(walt, aziz):
    tara = make_user("tara", "translator")
    Recipient.objects.create(user=tara, language="fr", mails="daily", next_at=timezone.now() + 9 * HOUR)
    french = held_translation(walt, tara, aziz)
    assert french.state == "in_review"
    assert told("held") == ["aziz", "tara"]
    assert sending.send_due() == 2
    (mine,) = [message for message in mail.outbox if message.to == ["tara@example.org"]]
    assert mine.extra_headers["Content-Language"] == "fr"
    assert f"/admin/articles/article/{french.pk}/change/" in mine.body
    assert "la source a changé" in mine.body
    Recipient.objects.update(next_at=None)
    assert sending.send_due() == 0


def look_after(gap):
    """The job runs several times, so much later."""
    with time_machine.travel(timezone.now() + gap):
        for _run in range(3):
            reminders.tell_late()


def in_review(walt, **changes):
    now = timezone.now()
    article = make_ready_article(created_by=walt, **{"publish_at": now + HOUR} | changes)
    move(article, "submit", walt)
    Notice.objects.all().delete()
    return article


def test_a_text_in_review_past_its_hour_is_told_once_to_those_who_can_act(walt, aziz):
    edna = make_user("edna", "editor")
    article = in_review(walt)
    Assignment.objects.create(article=article, assignee=edna)
    reminders.tell_late()
    assert told("past_hour") == []
    look_after(HOUR)
    assert told("past_hour") == ["aziz", "edna", "walt"]


def test_an_hour_that_is_moved_and_passes_again_is_told_again(walt, aziz):
    article = in_review(walt)
    moved = timezone.now() - timedelta(seconds=1)
    article.moves.update(at=moved - HOUR)
    type(article).objects.update(publish_at=moved)
    reminders.tell_late()
    assert told("past_hour") == ["aziz", "walt"]
    Notice.objects.update(created_at=moved - HOUR)
    reminders.tell_late()
    assert told("past_hour") == ["aziz", "aziz", "walt", "walt"]


def test_an_embargo_that_begins_before_the_approval_is_told_and_then_its_hour(walt, aziz):
    in_review(walt, press_from=timezone.now() + HOUR, publish_at=timezone.now() + 2 * HOUR)
    look_after(HOUR)
    assert (told("embargo"), told("past_hour")) == (["aziz", "walt"], [])
    look_after(2 * HOUR)
    assert told("past_hour") == ["aziz", "walt"]


def test_what_was_submitted_after_its_hour_is_told_as_a_submission_only(walt, aziz):
    in_review(walt, publish_at=timezone.now() - HOUR)
    move(in_review(walt), "approve", aziz)
    make_article(state="draft", publish_at=timezone.now() - HOUR)
    reminders.tell_late()
    assert not Notice.objects.filter(kind__in=["past_hour", "embargo"]).exists()


def test_who_edits_a_contact_is_told_that_it_has_ended_and_whom_that_leaves_alone(walt, aziz):
    geneva, lima = make_office("geneva"), make_office("lima", "Lima Office")
    make_user("gina", "editor", geneva)
    make_user("lola", "editor", lima)
    contact = make_contact("marie", "Marie", office=geneva, valid_until=timezone.now().date())
    for number in range(12):
        make_article(headline=f"Release {number}", contacts=[contact])
    make_article(headline="A secret", state="in_review", contacts=[contact])
    make_article(headline="Reached", contacts=[contact, make_contact("other", "Other")])
    reminders.tell_ended()
    assert told("unreachable") == []
    Contact.objects.filter(pk=contact.pk).update(valid_until=timezone.now().date() - timedelta(days=1))
    for _run in range(3):
        reminders.tell_ended()
    assert told("unreachable") == ["aziz", "gina"]
    sending.send_due()
    text = mail.outbox[0].body
    assert mail.outbox[0].subject == "Nobody to ask any more: Marie"
    assert f"/admin/contacts/contact/{contact.pk}/end/" in text
    assert ("Release 11" in text, text.count("Release"), "…" in text) == (True, 10, True)
    assert "A secret" not in text
    assert "Reached" not in text


def test_a_contact_with_a_successor_or_without_articles_or_that_ended_long_ago_is_no_news(aziz):
    today = timezone.now().date()
    ended = {"valid_until": today - timedelta(days=1)}
    successor = make_contact("next", "Next")
    make_article(contacts=[make_contact("followed", "Followed", replaced_by=successor, **ended)])
    make_article(contacts=[make_contact("old", "Old", valid_until=today - timedelta(days=30))])
    make_contact("unused", "Unused", **ended)
    reminders.tell_ended()
    assert not Notice.objects.exists()


def test_contacts_of_whom_nobody_is_told_keep_no_other_waiting(aziz):
    ended = {"valid_until": timezone.now().date() - timedelta(days=1)}
    for number in range(101):
        make_contact(f"unused-{number}", "Unused", **ended)
    make_article(headline="Left alone", contacts=[make_contact("last", "Last", **ended)])
    reminders.tell_ended()
    assert Notice.objects.get().text == "Left alone"


def test_the_end_of_a_successor_is_told_with_the_articles_of_those_it_stood_for(aziz):
    ended = {"valid_until": timezone.now().date() - timedelta(days=1)}
    last = make_contact("last", "Last", **ended)
    make_article(headline="Long ago", contacts=[make_contact("first", "First", replaced_by=last, **ended)])
    reminders.tell_ended()
    assert set(Notice.objects.values_list("kind", "text")) == {("unreachable", "Long ago")}


def test_who_may_not_edit_the_contact_any_more_is_not_told(aziz):
    contact = make_contact(valid_until=timezone.now().date() - timedelta(days=1))
    make_article(contacts=[contact])
    reminders.tell_ended()
    aziz.memberships.update(role="writer")
    assert sending.send_due() == 0
    assert Notice.objects.get().left_out == "may not be seen"
