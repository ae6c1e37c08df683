"""Mails that come back switch off the address that does not exist any more, and no other one."""

import io
from datetime import timedelta
from email import message_from_bytes
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.alerts import announcements, subscriptions
from articles.mail import bounces
from articles.models import Delivery, Journalist, PressDelivery, Subscriber, Subscription
from articles.press_lists import planning
from articles.publishing.revisions import publish_edition
from tests.articles.alerts.conftest import subscribe
from tests.articles.alerts.conftest import work as send_alerts
from tests.articles.press_lists.conftest import confirmed
from tests.articles.press_lists.conftest import work as send_to_press
from tests.cast import make_article, make_journalist, make_user

pytestmark = pytest.mark.django_db

POSTFIX = """\
Return-Path: <>
From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
To: news@example.org
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B/mx"

This is a MIME-encapsulated message.

--B/mx
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

<{to}>: host mail.example.net said: 550 5.1.1 User unknown (in reply to RCPT TO command)

--B/mx
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
X-Postfix-Queue-ID: 4D1B2C3
Arrival-Date: Mon, 30 Nov 2026 09:00:00 +0000 (UTC)

Final-Recipient: rfc822; {to}
Original-Recipient: rfc822;{to}
Action: {action}
Status: {status}
Remote-MTA: dns; mail.example.net
Diagnostic-Code: smtp; {diagnostic}

--B/mx
Content-Description: Undelivered Message{headers}
Content-Type: {kind}

{original}
--B/mx--
"""


def report(original, kind="message/rfc822", action="failed", status="5.1.1", diagnostic="550 User unknown", to=""):
    headers = original.partition("\n\n")[0]
    text = POSTFIX.format(
        to=to or message_from_bytes(original.encode())["To"], action=action, status=status, diagnostic=diagnostic,
        headers=" Headers" if "headers" in kind else "", kind=kind, original=headers if "headers" in kind else original,
    )  # fmt: skip
    return text.encode()


@pytest.fixture
def alert(settings):
    """A mail to a subscriber as it was sent."""
    settings.NEWSROOM_BASE_URL = "https://news.example.org"
    announcements.run()
    announcements.AlertPosition.objects.update(began_at=timezone.now() - timedelta(days=2))
    subscribe("ann@example.net")
    publish_edition(make_article(headline="A river"))
    assert send_alerts() == 1
    return mail.outbox[-1].message().as_string()


def is_off(row):
    row.refresh_from_db()
    return row.switched_off_at is not None


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers", "message/rfc822-headers"])
@pytest.mark.parametrize(
    "status", [("5.1.1", "550 User unknown"), ("5.0.0", "550 5.1.10 RESOLVER.ADR.RecipientNotFound")]
)
def test_a_mailbox_that_does_not_exist_gets_no_more_mails(alert, kind, status):
    told = bounces.read(report(alert, kind, status=status[0], diagnostic=status[1]))
    assert "switched off" in told
    assert "ann@" not in told
    assert is_off(Subscriber.objects.get())
    publish_edition(make_article())
    assert send_alerts() == 0
    assert not Delivery.objects.waiting().exists()


def test_a_subscription_that_nobody_can_confirm_ends(settings):
    settings.NEWSROOM_BASE_URL = "https://news.example.org"
    announcements.run()
    kept = subscribe("bob@example.net")
    for email in ("ann@example.net", "bob@example.net"):
        subscriptions.subscribe(email, "en", "topic=floods", "weekly")
    assert send_alerts() == 2
    for message in mail.outbox:
        assert "switched off" in bounces.read(report(message.message().as_string()))
    assert list(Subscriber.objects.values_list("email", flat=True)) == ["bob@example.net"]
    assert list(Subscription.objects.values_list("pk", flat=True)) == [kept.pk]
    assert is_off(Subscriber.objects.get())


def test_what_may_pass_changes_nothing(alert):
    for changes in (
        {"status": "4.4.1", "action": "delayed", "diagnostic": "connection timed out"},
        {"status": "5.2.2", "diagnostic": "552 5.2.2 Mailbox full"},
        {"status": "5.7.1", "diagnostic": "550 5.7.1 Message rejected as spam by 5.1.1.example"},
        {"status": "2.1.5", "action": "delivered", "diagnostic": "250 OK"},
    ):
        assert "Nothing was changed" in bounces.read(report(alert, **changes)), changes
    assert not is_off(Subscriber.objects.get())


def test_nobody_switches_off_an_address_by_a_report_of_their_own(alert):
    subscribe("bob@example.net")
    forged = alert.replace("ann@example.net", "bob@example.net")
    broken = alert.replace("/alerts/end/", "/alerts/end/x")
    junk = [
        b"",
        b"\xff\x00" * 1000,
        b"Content-Type: multipart/report; boundary=b\n\n--b\n",
        b"Subject: Holidays\n\nBack soon.",
    ]
    for data in (report(forged), report(broken), report("Subject: Hello\nTo: ann@example.net\n\nHello"), *junk):
        assert "Nothing was changed" in bounces.read(data), data
    assert not any(is_off(row) for row in Subscriber.objects.all())


def test_the_address_may_have_changed_since(alert):
    Subscriber.objects.update(email="ann@new.example.net")
    assert "Nothing was changed" in bounces.read(report(alert))
    assert not is_off(Subscriber.objects.get())


def test_a_mail_to_a_journalist_counts_as_refused(settings):
    settings.NEWSROOM_BASE_URL = "https://news.example.org"
    aziz, ann = make_user("aziz", "approver"), make_journalist()
    story = make_article()
    publish_edition(story)
    confirmed(story, ann, by=aziz)
    assert send_to_press() == 1
    assert "switched off" in bounces.read(report(mail.outbox[-1].message().as_string()))
    assert is_off(Journalist.objects.get())
    row = PressDelivery.objects.get()
    assert (row.left_out, row.sent_at, row.edition) == ("refused", None, 0)
    assert not planning.who_were_sent(story, "corrected").exists()


def test_the_command_reads_stdin_and_files(alert, tmp_path, monkeypatch):
    file, out = tmp_path / "bounce.eml", StringIO()
    file.write_bytes(report(alert))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(report(alert, status="4.2.0", action="delayed"))))
    call_command("read_bounces", stdout=out)
    assert "-: This reports no address" in out.getvalue()
    with pytest.raises(CommandError, match="1 of 2 files"):
        call_command("read_bounces", str(file), str(tmp_path / "none"), stdout=out, stderr=out)
    assert "bounce.eml: The address of subscriber" in out.getvalue()
    assert is_off(Subscriber.objects.get())
