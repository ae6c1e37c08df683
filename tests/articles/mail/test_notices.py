"""Who is told of what: approvers of submissions, authors of what became of their text; in their language or not at all."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.mail import digest, notices, sending
from articles.models import Article, Notice, Recipient
from articles.publishing import limiting
from articles.publishing.workflow import move
from tests.cast import make_office, make_ready_article, make_user
from tests.forms import filled

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def walt():
    return make_user("walt", "writer")


@pytest.fixture
def aziz():
    return make_user("aziz", "approver")


def told():
    return sorted(Notice.objects.values_list("recipient__user__username", "kind"))


def test_a_submission_is_told_to_the_approvers_of_its_office_and_of_all(walt, aziz):
    geneva, nairobi = make_office(), make_office("nairobi", "Nairobi Office")
    make_user("gina", "approver", geneva)
    make_user("nora", "approver", nairobi)
    make_user("edna", "editor")
    make_user("gone", "approver", is_active=False)
    move(make_ready_article(office=geneva), "submit", walt)
    assert told() == [("aziz", "submitted"), ("gina", "submitted")]


def test_to_find_the_approvers_takes_one_query_however_many_they_are():
    gina, nora = (make_user(name, "approver", make_office()) for name in ("gina", "nora"))
    make_user("lima", "approver", make_office("lima", "Lima Office"))
    public, limited = make_ready_article(), make_ready_article()
    limiting.limit(limited, [nora, make_user("walt", "writer")])
    for article, told in ((public, {gina, nora}), (limited, {nora})):
        article = Article.objects.get(pk=article.pk)
        with CaptureQueriesContext(connection) as queries:
            assert notices.approvers(article) == told
        assert len(queries) == 1


def test_authors_are_told_that_their_text_was_sent_back_with_the_reason(walt, aziz):
    article = make_ready_article(created_by=make_user("ann", "writer"))
    move(article, "submit", walt)
    Notice.objects.all().delete()
    move(article, "request_changes", aziz, reason="Name the source.")
    assert told() == [("ann", "sent_back"), ("walt", "sent_back")]
    sending.send_due()
    assert "Name the source." in mail.outbox[0].body


def test_authors_are_told_of_approval_and_publication_also_of_a_copy_that_is_gone(walt, aziz):
    article = make_ready_article(created_by=walt, publish_at=timezone.now() + timedelta(days=1))
    move(article, "submit", walt)
    move(article, "approve", aziz)
    move(article, "publish", aziz)
    copy = move(article, "revise", walt)
    move(copy, "submit", walt)
    move(copy, "publish", aziz)
    kinds = [kind for name, kind in told() if name == "walt"]
    assert kinds == ["approved", "published", "published"]
    assert set(Notice.objects.values_list("article", flat=True)) == {article.pk}


def test_an_emergency_publication_is_told_to_the_other_approvers(walt, aziz):
    other = make_user("abe", "approver")
    move(make_ready_article(created_by=walt), "emergency", aziz, reason="Flood.")
    assert told() == [("abe", "emergency"), ("walt", "emergency")]
    assert other.recipient.notices.get().text == "Flood."


def test_a_move_that_is_rolled_back_tells_nobody(walt, aziz):
    article = make_ready_article(body="")
    with pytest.raises(Exception, match="Write the text"):
        move(article, "submit", walt)
    assert told() == []


def test_a_mail_is_in_the_language_of_its_reader_with_a_link_and_its_direction(walt, aziz, settings):
    settings.NEWSROOM_BASE_URL = "https://news.example.org"
    Recipient.objects.create(user=aziz, language="ar")
    article = make_ready_article(headline="Rain & 3 < 4")
    move(article, "submit", walt)
    assert sending.send_due() == 1
    (message,) = mail.outbox
    address = f"https://news.example.org/admin/articles/article/{article.pk}/change/"
    html = message.alternatives[0][0]
    assert (message.to, address in message.body, address in html) == (["aziz@example.org"], True, True)
    assert '<html lang="ar" dir="rtl">' in html
    assert "Rain &amp; 3 &lt; 4" in html
    assert "Rain & 3 < 4" in message.body
    assert message.extra_headers["Content-Language"] == "ar"


def test_a_headline_cannot_add_a_header(walt, aziz):
    move(make_ready_article(), "submit", walt)
    notice = Notice.objects.get()
    notice.article.headline = "Rain\r\nBcc: all@example.org\n\nBody"
    message = digest.message(notice.recipient, [notice])
    assert message.message()["Bcc"] is None
    assert message.message()["Subject"] == "Submitted for review: Rain Bcc: all@example.org Body"
    assert message.recipients() == ["aziz@example.org"]


def test_several_notices_within_ten_minutes_are_one_mail(walt, aziz):
    for _number in range(3):
        move(make_ready_article(), "submit", walt)
    assert sending.send_due() == 1
    assert mail.outbox[0].body.count("/change/") == 3
    move(make_ready_article(), "submit", walt)
    assert sending.send_due() == 0
    Recipient.objects.update(next_at=timezone.now())
    assert (sending.send_due(), len(mail.outbox)) == (1, 2)
    assert sending.send_due() == 0


def test_who_wants_none_gets_none_and_who_wants_one_a_day_gets_it_in_the_morning(walt, aziz):
    nora = make_user("nora", "approver", make_office("nairobi", "Nairobi", timezone="Africa/Nairobi"))
    Recipient.objects.create(user=aziz, mails="off")
    Recipient.objects.create(user=nora, mails="daily")
    move(make_ready_article(office=make_office("nairobi")), "submit", walt)
    assert told() == [("nora", "submitted")]
    assert sending.send_due() == 0
    due = Recipient.objects.get(user=nora).next_at
    assert (due.hour, due.minute) == (4, 0)  # seven in Nairobi
    assert due > timezone.now()


@pytest.mark.parametrize(
    ("change", "reason"),
    [({"is_active": False}, "no account"), ({"email": "not an address"}, "no address"), ({"email": ""}, "no address")],
)
def test_what_cannot_be_sent_is_left_out_with_the_reason(walt, aziz, change, reason):
    move(make_ready_article(), "submit", walt)
    type(aziz).objects.filter(pk=aziz.pk).update(**change)
    assert sending.send_due() == 0
    assert Notice.objects.get().left_out == reason


def test_nothing_is_told_of_an_article_that_one_may_no_longer_see(walt, aziz):
    article = make_ready_article()
    move(article, "submit", walt)
    aziz.memberships.update(office=make_office("nairobi", "Nairobi Office"))
    assert sending.send_due() == 0
    assert Notice.objects.get().left_out == "may not be seen"


def test_everybody_chooses_language_and_frequency_on_a_page_of_their_own(client, walt, aziz):
    client.force_login(walt)
    page = client.get("/admin/my-settings/")
    assert "walt@example.org" in page.content.decode()
    assert client.post("/admin/my-settings/", filled(page, mails="daily", language="fr")).status_code == 302
    own = Recipient.objects.get(user=walt)
    assert (own.mails, own.language, own.next_at > timezone.now()) == ("daily", "fr", True)
    assert client.post("/admin/my-settings/", {"mails": "never", "language": "xx"}).status_code == 200
    own.refresh_from_db()
    assert (own.mails, own.language) == ("daily", "fr")
    client.logout()
    assert client.get("/admin/my-settings/").status_code == 302


def test_to_open_the_settings_stores_nothing(client, walt):
    client.force_login(walt)
    client.get("/admin/my-settings/")
    assert not Recipient.objects.exists()


def test_the_morning_is_that_of_the_office(walt):
    now = timezone.datetime(2026, 5, 14, 6, 59, tzinfo=timezone.get_fixed_timezone(0))
    assert notices.next_morning(walt, now).hour == 7
    assert notices.next_morning(walt, now + timedelta(minutes=1)).day == 15
