"""What stands in the mails to the press: what is public now, or the address of a pass; never a text that is not public."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from articles.models import Article, Journalist, Pass, PressDelivery, Sending
from articles.personal_links import passes
from articles.press_lists import journalists, planning, versions
from articles.publishing.revisions import publish_edition
from articles.publishing.workflow import move
from tests.cast import make_article, make_journalist

from .conftest import HOUR, confirmed, later, left_out, planned, under_embargo, work

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
SECRET = ("Secret headline", "Secret summary", "Secret.")


def text_of(message):
    return f"{message.subject}\n{message.body}\n{message.alternatives[0].content}"


def published(**changes):
    article = make_article(**changes)
    publish_edition(article)
    return article


def correct(article, wrong="It said two."):
    article.refresh_from_db()
    article.change_kind, article.change_note, article.was_wrong = "correction", "Ten people.", wrong
    article.version += 1
    article.save()
    publish_edition(article, is_told=True)


def test_a_public_text_goes_out_with_its_note_and_one_click_to_end_the_mails(aziz):
    ann = make_journalist()
    confirmed(published(headline="A river", summary="Water & dams"), ann, by=aziz, note="Call us.\nPlease")
    assert work() == 1
    [message] = mail.outbox
    assert (message.to, message.subject) == (["ann@example.org"], "A river")
    assert "Water & dams" in message.body
    assert "Call us.<br>Please" in message.alternatives[0].content
    assert "Water &amp; dams" in message.alternatives[0].content
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "/en/press-mails/end/" in message.extra_headers["List-Unsubscribe"]
    assert "<img" not in message.alternatives[0].content
    later()
    assert work() == 0


def test_an_arabic_mail_runs_from_right_to_left(aziz):
    story = published()
    published(language="ar", translation_of=story, headline="نهر")
    confirmed(story, make_journalist(language="ar"), by=aziz)
    work()
    assert '<html lang="ar" dir="rtl">' in mail.outbox[0].alternatives[0].content
    assert mail.outbox[0].extra_headers["Content-Language"] == "ar"


def test_the_preview_is_the_mail_but_for_its_secret_addresses(aziz):
    from articles.press_lists import mails

    for story, kind in ((published(headline="A river"), "public"), (under_embargo(), "embargo")):
        row = planned(story, make_journalist(f"{kind}@example.org"), kind=kind, by=aziz, note="Call us.")
        preview = mails.preview(planning.plan(row, aziz), "en")
        assert not Pass.objects.exists()
        confirmed(story, Journalist.objects.get(email=f"{kind}@example.org"), kind=kind, by=aziz, note="Call us.")
        work()
        sent = mail.outbox.pop()
        hidden = re.compile(r"(?<=/end/)[^/\"]+|(?<=/press/)[^/\"]+")
        assert hidden.sub("…", text_of(preview)) == hidden.sub("…", text_of(sent))


def test_under_embargo_the_mail_has_a_pass_that_opens_and_no_word_of_the_text(aziz, client):
    ann = make_journalist()
    confirmed(under_embargo(), ann, kind="embargo", by=aziz)
    assert work() == 1
    [message] = mail.outbox
    assert message.subject == "Under embargo: a text for you to read"
    assert not [word for word in SECRET if word in text_of(message)]
    address = re.search(r"https://news\.example\.org(/press/\S+)", message.body).group(1)
    assert address.encode() not in b"".join(str(row.__dict__).encode() for row in Pass.objects.all())
    page = client.get(address).content.decode()
    assert "Secret headline" in page
    assert "Ann Reed" in page
    assert PressDelivery.objects.get().given.openings.count() == 1


def _recall(story):
    move(story, "recall", story.created_by or story.updated_by)


BEFORE_SENDING = {
    "revoked": (lambda story, aziz: passes.revoke(Pass.objects.all(), aziz), "revoked"),
    "recalled": (lambda story, aziz: move(story, "recall", aziz), "not public"),
    "no embargo": (lambda story, aziz: Article.objects.filter(pk=story.pk).update(press_from=None), "not public"),
    "limited": (lambda story, aziz: Article.objects.filter(pk=story.pk).update(restricted=True), "not public"),
    "no consent": (lambda story, aziz: journalists.end_consent(Journalist.objects.get(), None, "x"), "no consent"),
    "not active": (lambda story, aziz: Journalist.objects.update(is_active=False), "no consent"),
}


@pytest.mark.parametrize("what", BEFORE_SENDING)
def test_whatever_happens_before_it_is_sent_nothing_escapes(aziz, what):
    story = under_embargo()
    confirmed(story, make_journalist(), kind="embargo", by=aziz)
    happens, reason = BEFORE_SENDING[what]
    happens(story, aziz)
    assert work() == 0
    assert mail.outbox == []
    assert left_out() == {reason}


def test_a_pass_that_opens_later_than_planned_is_sent_then(aziz):
    story = under_embargo(press_from=timezone.now() + timedelta(minutes=10))
    confirmed(story, make_journalist(), kind="embargo", by=aziz)
    opens = timezone.now() + timedelta(minutes=40)
    Article.objects.filter(pk=story.pk).update(press_from=opens)
    with time_machine.travel(timezone.now() + timedelta(minutes=20)):
        assert work() == 0
    assert PressDelivery.objects.waiting().get().due_at == opens
    with time_machine.travel(opens):
        assert work() == 1


def test_what_is_public_when_the_mail_goes_out_is_sent_as_a_public_text(aziz):
    story = under_embargo(press_from=timezone.now() + timedelta(minutes=50))
    publish_edition(story)
    confirmed(story, make_journalist(), kind="embargo", by=aziz)
    with time_machine.travel(story.publish_at + timedelta(seconds=5)):
        assert work() == 1
    assert "Secret summary." in mail.outbox[0].body


def test_a_new_edition_under_embargo_is_opened_by_a_pass_and_its_text_not_sent(aziz, client):
    story = published(headline="First headline", summary="First summary.")
    copy = move(story, "revise", aziz)
    now = timezone.now()
    Article.objects.filter(pk=copy.pk).update(
        state="approved", press_from=now - HOUR, publish_at=now + HOUR, headline="Secret headline"
    )
    confirmed(story, make_journalist(), kind="embargo", by=aziz)
    assert PressDelivery.objects.get().number == 2
    assert work() == 1
    assert "headline" not in text_of(mail.outbox[0])
    address = re.search(r"https://news\.example\.org(/press/\S+)", mail.outbox[0].body).group(1)
    assert "Secret headline" in client.get(address).content.decode()


def test_a_public_text_that_was_withdrawn_meanwhile_is_not_sent(aziz):
    story = published()
    confirmed(story, make_journalist(), by=aziz)
    move(story, "withdraw", aziz, reason="Wrong figures.")
    assert work() == 0
    assert left_out() == {"not public"}


def test_who_was_sent_the_wrong_text_is_told_of_its_correction_once(aziz):
    story, ann, bob = published(headline="A river"), make_journalist(), make_journalist("bob@example.org", "Bob")
    confirmed(story, ann, by=aziz)
    work()
    correct(story)
    confirmed(story, bob, by=aziz)  # gets the corrected text at once
    work()
    assert planning.must_be_told(story, "corrected", 2) == 1
    confirmed(story, kind="corrected", by=aziz)
    work()
    last = mail.outbox[-1]
    assert (last.to, last.subject) == (["ann@example.org"], "Corrected: A river")
    assert "It said two." in last.body
    assert len(mail.outbox) == 3
    assert planning.must_be_told(story, "corrected", 2) == 0
    assert planning.plan(planned(story, ann, by=aziz), aziz).recipients == []


def test_who_was_sent_what_is_withdrawn_then_is_told(aziz):
    story = published(headline="A river", reference="2026-00007")
    confirmed(story, make_journalist(), by=aziz)
    work()
    move(story, "withdraw", aziz, reason="Wrong figures.")
    story.refresh_from_db()
    confirmed(story, kind="withdrawn", by=aziz)
    work()
    assert "Do not use its text any more" in mail.outbox[-1].body
    move(story, "remove", aziz, reason="At the court’s request.")
    story.refresh_from_db()
    confirmed(story, kind="removed", by=aziz)
    work()
    assert "A river" not in text_of(mail.outbox[-1])
    assert "2026-00007" in mail.outbox[-1].body


@pytest.mark.parametrize("back", ["take_back", "reinstate"])
def test_who_was_told_of_a_withdrawal_is_told_that_it_is_public_again(aziz, back):
    story, ann, bob = published(headline="A river"), make_journalist(), make_journalist("bob@example.org", "Bob")
    confirmed(story, ann, by=aziz)
    work()
    move(story, "withdraw", aziz, reason="Wrong figures.")
    story.refresh_from_db()
    confirmed(story, kind="withdrawn", by=aziz)
    work()
    move(story, back, aziz, reason="They were right.")
    story.refresh_from_db()
    confirmed(story, bob, by=aziz)  # knows of no withdrawal
    work()
    kind, version = versions.to_tell(story)
    assert (kind, planning.must_be_told(story, kind, version.number)) == ("returned", 1)
    confirmed(story, kind="returned", by=aziz)
    assert versions.to_tell(story) is None
    work()
    last = mail.outbox[-1]
    assert (last.to, last.subject) == (["ann@example.org"], "Public again: A river")
    assert "is public again" in last.body
    assert len(mail.outbox) == 4
    correct(story)
    assert versions.to_tell(story)[0] == "corrected"
    move(story, "withdraw", aziz, reason="Wrong after all.")
    story.refresh_from_db()
    kind, version = versions.to_tell(story)
    assert (kind, planning.must_be_told(story, kind, version.number)) == ("withdrawn", 2)


def test_the_return_is_not_told_of_what_was_taken_away_once_more(aziz):
    story = published()
    confirmed(story, make_journalist(), by=aziz)
    work()
    move(story, "withdraw", aziz, reason="Wrong figures.")
    story.refresh_from_db()
    confirmed(story, kind="withdrawn", by=aziz)
    work()
    move(story, "reinstate", aziz, reason="They were right.")
    story.refresh_from_db()
    confirmed(story, kind="returned", by=aziz)
    move(story, "withdraw", aziz, reason="Wrong after all.")
    assert work() == 0
    assert left_out() == {"not public"}


def test_a_plan_that_nobody_confirms_is_deleted_after_two_weeks(aziz):
    story = published()
    old, new, sent = planned(story, by=aziz), planned(story, by=aziz), confirmed(story, make_journalist(), by=aziz)
    Sending.objects.exclude(pk=new.pk).update(created_at=timezone.now() - planning.UNCONFIRMED_FOR - HOUR)
    planning.clean()
    assert set(Sending.objects.all()) == {new, sent}
    assert old.pk not in (new.pk, sent.pk)


def test_the_link_of_a_mail_ends_the_consent_by_a_button_or_one_click(aziz, client):
    ann = make_journalist()
    row = confirmed(published(), ann, by=aziz)
    confirmed(published(), ann, by=aziz)
    work()
    address = re.search(r"https://news\.example\.org(/en/press-mails/end/\S+)", mail.outbox[0].body).group(1)
    page = client.get(address)  # by a person, or a program that looks at mails
    assert "End the mails" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    ann.refresh_from_db()
    assert ann.consent_on
    answer = client.post(address, {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, answer.cookies) == (200, {})
    ann.refresh_from_db()
    assert ann.consent_on is None
    entry = ann.consent_log.get()
    assert (entry.given_on, entry.source, entry.by) == (None, "by the link in a mail", None)
    assert row.deliveries.get().ended_at
    assert client.post(address).status_code == 200
    assert ann.consent_log.count() == 1
    assert client.get("/en/press-mails/end/nonsense/").status_code == 404


def test_a_deleted_person_leaves_numbers_only(aziz):
    ann = make_journalist()
    sent = confirmed(published(), ann, by=aziz)
    work()
    waiting = confirmed(published(), ann, by=aziz)
    journalists.erase(ann, aziz)
    assert work() == 0
    assert sent.deliveries.get().journalist is None
    assert waiting.deliveries.get().left_out == "no consent"
