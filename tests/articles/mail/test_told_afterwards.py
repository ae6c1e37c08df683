"""Who is told what becomes of a public text: all who wrote or translated it, of a correction in every language."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from articles.mail import notices, sending
from articles.models import Notice, Recipient
from articles.publishing import workflow
from articles.publishing.afterwards import taking_away
from articles.publishing.locking import claim_version
from articles.publishing.workflow import move
from articles.translating.begin import begin_translation
from tests.cast import make_ready_article, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def cast():
    """Walt writes, Tara translates, Aziz publishes; Edna has to do with neither text."""
    return [
        make_user("walt", "writer"), make_user("tara", "translator"), make_user("aziz", "approver"), make_user("edna", "editor"),
    ]  # fmt: skip


@pytest.fixture
def story(cast):
    walt, tara, aziz, _edna = cast
    article = make_ready_article(created_by=walt)
    move(article, "submit", walt)
    move(article, "publish", aziz)
    french = begin_translation(article, "fr", tara)
    french.slug = "un-titre"
    french.save()
    move(french, "submit", tara)
    move(french, "publish", aziz)
    Notice.objects.all().delete()
    return article, french


def told(kind):
    rows = Notice.objects.filter(kind=kind).values_list("recipient__user__username", "article__language")
    return sorted(rows)


def correct(article, by, publisher, kind="correction"):
    copy = move(article, "revise", by)
    copy.change_kind, copy.was_wrong, copy.change_note = kind, "It said 3.", "It is 4."
    claim_version(copy)
    copy.body = "<p>Four.</p>"
    copy.save()
    workflow.after_edit(copy, by)
    move(copy, "submit", by)
    return move(copy, "publish", publisher)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_correction_is_told_to_the_writers_of_every_language(cast, story, language):
    walt, tara, aziz, _edna = cast
    article = next(one for one in story if one.language == language)
    correct(article, tara if language == "fr" else walt, aziz)
    names = {"walt", "tara"}
    assert told("corrected") == [(name, language) for name in sorted(names)]
    sending.send_due()
    assert "It said 3.\n\nIt is 4." in mail.outbox[0].body


def test_a_correction_in_place_is_told_too_and_a_minor_change_is_not(cast, story):
    walt, _tara, aziz, _edna = cast
    article = story[0]
    for kind, number in (("minor", 0), ("correction", 2)):
        claim_version(article)
        article.body, article.change_kind = f"<p>{kind}</p>", kind
        article.was_wrong, article.change_note, article.updated_by = "It said 3.", "It is 4.", aziz
        article.save()
        workflow.after_edit(article, aziz, is_told=True)
        assert len(told("corrected")) == number
    correct(article, walt, aziz, kind="major")
    assert len(told("corrected")) == 2


def test_withdrawing_removing_and_publishing_again_is_told_to_those_whose_text_it_is(cast, story):
    _walt, _tara, aziz, _edna = cast
    article, french = story
    taking_away.take_away(french, "withdraw", aziz, {french: "Not ours."})
    assert told("withdrawn") == [("tara", "fr")]
    move(french, "reinstate", aziz, reason="It is ours.")
    assert told("returned") == [("tara", "fr")]
    taking_away.take_away(article, "remove", aziz, {article: "Not ours."})
    assert told("removed") == [("tara", "en"), ("walt", "en")]
    assert Notice.objects.filter(kind="removed").first().text == "Not ours."
    taking_away.take_back(article, aziz)
    assert told("returned") == [("tara", "en"), ("tara", "fr"), ("walt", "en")]
    sending.send_due()
    assert len(mail.outbox) == 2


def test_writers_of_a_removed_language_are_not_told(cast, story):
    walt, _tara, aziz, _edna = cast
    move(story[1], "remove", aziz, reason="Not ours.")
    correct(story[0], walt, aziz)
    assert told("corrected") == [("walt", "en")]


def test_what_is_urgent_does_not_wait_for_the_morning_and_nothing_puts_it_off(cast, story):
    walt, tara, aziz, _edna = cast
    tomorrow = timezone.now() + timedelta(days=1)
    Recipient.objects.update(mails="daily", next_at=tomorrow)
    Recipient.objects.filter(user=walt).update(mails="off")
    correct(story[0], walt, aziz)
    notices.add(Notice.Kind.REMARK, story[1], {tara}, aziz, "A remark.")
    assert sending.send_due() == 1
    (sent,) = mail.outbox
    assert sent.to == ["tara@example.org"]
    assert "A remark." in sent.body
    assert Recipient.objects.get(user=tara).next_at > timezone.now()


def test_a_new_notice_does_not_put_off_the_mail_of_this_morning(cast):
    tara, article = cast[1], make_ready_article()
    Recipient.objects.create(user=tara, mails="daily")
    notices.add(Notice.Kind.REMARK, article, {tara}, None, "First.")
    Recipient.objects.update(next_at=timezone.now() - timedelta(seconds=5))  # the worker looks every 20 seconds
    notices.add(Notice.Kind.REMARK, article, {tara}, None, "Second.")
    assert sending.send_due() == 1
    assert "First." in mail.outbox[0].body
