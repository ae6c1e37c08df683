"""Enquiries from the contact page: they reach the log and who must act, without a cookie, and not from programs."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from articles.mail import enquiries, sending
from articles.models import Enquiry, Notice
from articles.pages import contact_page
from contacts.models import Membership
from tests.cast import make_article, make_contact, make_office, make_user
from tests.forms import read

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
TYPED = {"name": "Ann", "outlet": "The Daily", "email": "ann@example.org", "question": "How many?\nAnd why?"}


@pytest.fixture
def form(client):
    """What a browser would post: the form as it is, with what is typed into it."""
    page = client.get("/en/contact/")
    assert not page.cookies

    def post(**typed):
        return client.post("/en/contact/", read(page).sent() | TYPED | typed)

    return post


def refused(response, words, status=400):
    assert response.status_code == status
    assert words in response.content.decode()
    assert not Enquiry.objects.exists()
    assert not response.cookies
    return response.content.decode()


def test_an_enquiry_reaches_the_log_and_the_sender_is_told(client, form):
    article = make_article(slug="wells", reference="2026-00007")
    response = form(about="2026-00007", telephone="+41 22 717 93 89")
    assert (response.status_code, response["Location"]) == (302, "/en/contact/sent/")
    assert "Thank you" in client.get("/en/contact/sent/").content.decode()
    enquiry = Enquiry.objects.get()
    assert (enquiry.name, enquiry.outlet, enquiry.email) == ("Ann", "The Daily", "ann@example.org")
    assert (enquiry.question, enquiry.language, enquiry.state) == ("How many?\nAnd why?", "en", "new")
    assert enquiry.article == article
    assert {field.name for field in Enquiry._meta.fields} - {"id", *Enquiry.PERSONAL} == {
        "received_at", "language", "article", "deadline", "state", "owner", "erased_at",
    }  # fmt: skip


def test_a_deadline_is_on_the_clock_of_the_headquarters(form, client):
    make_office("hq", "Headquarters", kind="headquarters", timezone="Africa/Nairobi")
    assert "Date and time in Nairobi." in client.get("/en/contact/").content.decode()
    later = timezone.now() + timedelta(days=2)
    form(deadline=f"{later:%Y-%m-%d}T15:00")
    assert Enquiry.objects.get().deadline == datetime(later.year, later.month, later.day, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": ""}, "This field is required."),
        ({"question": " "}, "This field is required."),
        ({"email": "", "telephone": ""}, "so that we can answer"),
        ({"email": "ann@"}, "Enter a valid email address."),
        ({"question": "x" * 5001}, "at most 5000 characters"),
        ({"deadline": "2001-01-01T10:00"}, "This moment is past."),
        ({"deadline": "0001-01-01T00:00"}, "This moment is past."),
        ({"deadline": "3026-01-01T10:00"}, "Type a date and a time."),
        ({"deadline": "soon"}, "Enter a valid date/time."),
        ({"website": "https://spam.example"}, "Leave this field empty."),
        ({"opened": ""}, "open for too long"),
        ({"opened": "1:1sxXXX:forged"}, "open for too long"),
    ],
)
def test_what_is_refused_comes_back_as_it_was_typed(form, typed, words):
    page = refused(form(**typed), words)
    if "name" not in typed:
        assert 'value="Ann"' in page
    assert "no-store" in form(**typed)["Cache-Control"]


def test_a_form_that_was_open_too_long_is_sent_once_more(client):
    with time_machine.travel(timezone.now() - timedelta(hours=13)):
        old = read(client.get("/en/contact/")).sent()
    response = client.post("/en/contact/", old | TYPED)
    refused(response, "open for too long")
    again = client.post("/en/contact/", read(response).sent())
    assert again.status_code == 302
    assert Enquiry.objects.get().name == "Ann"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_other_sites_send_nothing(client, headers):
    typed = read(client.get("/en/contact/")).sent() | TYPED
    refused(client.post("/en/contact/", typed, headers=headers), "from another site", 403)
    own = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
    assert client.post("/en/contact/", typed, headers=own).status_code == 302


def test_nobody_sends_many(form, monkeypatch):
    for number in range(contact_page.MOST):
        assert form(question=str(number)).status_code == 302
    assert form().status_code == 429
    assert Enquiry.objects.count() == contact_page.MOST
    monkeypatch.setattr(enquiries, "MOST_IN_AN_HOUR", 3)
    assert enquiries.are_too_many()


def test_a_hidden_article_is_not_named(form):
    make_article(slug="secret", reference="2026-00009", publish_at=timezone.now() + timedelta(days=1))
    form(about="2026-00009 /en/news/secret/")
    assert Enquiry.objects.get().article is None


def test_who_must_act_is_told_without_a_word_of_the_enquiry(form):
    geneva, lima = make_office(), make_office("lima", "Lima")
    for name, role, office in (
        ("edna", "editor", geneva), ("lola", "editor", lima), ("chief", "approver", None), ("walt", "writer", geneva),
    ):  # fmt: skip
        make_user(name, role, office)
    make_article(slug="wells", reference="2026-00007", office=geneva)
    form(about="2026-00007", name="Ann\r\nBcc: all@example.org", email="ann@example.org")
    assert {notice.recipient.user.username for notice in Notice.objects.all()} == {"edna", "chief"}
    assert sending.send_due() == 2
    for message in mail.outbox:
        assert message.subject == f"Enquiry: {Enquiry.objects.get().pk}"
        for word in ("Ann", "Bcc", "How many", "2026-00007"):
            assert word not in str(message.message())
        assert f"/articles/enquiry/{Enquiry.objects.get().pk}/change/" in message.body
    Membership.objects.filter(office=None).delete()
    assert {user.username for user in enquiries.people()} == {"edna", "lola"}


def test_who_may_no_longer_answer_gets_no_mail(form):
    user = make_user("edna", "editor")
    form()
    user.memberships.update(role="writer")
    assert sending.send_due() == 0
    assert Notice.objects.get().left_out == "may not be seen"


def test_personal_data_is_deleted_after_some_days(form, settings, capsys):
    form(telephone="+41 22 717 93 89", about="2026-00007")
    Enquiry.objects.update(answer="Forty.", outcome="Story by Ann", state="answered")
    call_command("erase_enquiries")
    assert Enquiry.objects.get().name == "Ann"
    Enquiry.objects.update(received_at=timezone.now() - timedelta(days=settings.ENQUIRY_DAYS, minutes=1))
    call_command("erase_enquiries")
    assert "deleted: 1" in capsys.readouterr().out
    enquiry = Enquiry.objects.get()
    assert {getattr(enquiry, name) for name in Enquiry.PERSONAL} == {""}
    assert (enquiry.state, enquiry.language, enquiry.erased_at is not None) == ("answered", "en", True)
    assert enquiries.erase_old() == 0


def test_the_page_shows_general_contacts_and_says_how_long_words_are_kept(client, settings):
    make_contact("general", "Front desk", purpose="general")
    make_contact("press", "Press desk")
    settings.ENQUIRY_DAYS = 90
    page = client.get("/en/contact/").content.decode()
    assert "Front desk" in page
    assert "Press desk" not in page
    assert "After 90 days we delete" in page


def test_the_page_is_cached_and_posts_go_through(cached):
    first = cached.get("/en/contact/")
    assert "s-maxage" in first["Cache-Control"]
    assert cached.get("/en/contact/").content == first.content
    assert cached.client.post("/en/contact/", read(first).sent() | TYPED).status_code == 302
