"""Enquiries in the admin: editors of every office answer them, and what an enquiry is about stays with it."""

from urllib.parse import parse_qs, unquote

import lxml.html
import pytest
from django.urls import reverse

from articles.models import Enquiry
from tests.cast import make_article, make_office, make_user
from tests.forms import filled

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def ask(article):
    return Enquiry.objects.create(language="en", question="Since when?", article=article)


def save(client, enquiry, **changes):
    at = reverse("admin:articles_enquiry_change", args=[enquiry.pk])
    page = client.get(at)
    assert client.post(at, filled(page, **changes)).status_code == 302
    enquiry.refresh_from_db()
    return page.content.decode()


def test_an_enquiry_is_answered_in_the_e_mail_program_with_its_question(client, nora):
    enquiry = ask(make_article(office=make_office()))
    Enquiry.objects.update(email="ada+press@example.org", about="Levels & tides?", question="Since when?\nAnd why?")
    page = lxml.html.fromstring(
        client.get(reverse("admin:articles_enquiry_change", args=[enquiry.pk])).content.decode()
    )
    [link] = page.xpath("//a[starts-with(@href, 'mailto:')]/@href")
    address, _, query = link.partition("?")
    assert unquote(address) == "mailto:ada+press@example.org"
    assert "+" not in query  # programs do not read it as a blank
    assert parse_qs(query) == {"subject": ["Re: Levels & tides?"], "body": ["\r\n\r\n> Since when?\r\n> And why?\r\n"]}
    assert "Saving sends nothing" in page.text_content()
    Enquiry.objects.update(email="")
    assert "mailto:" not in client.get(reverse("admin:articles_enquiry_change", args=[enquiry.pk])).content.decode()


@pytest.fixture
def nora(client):
    user = make_user("nora", "editor", office=make_office("nairobi", "Nairobi Office"))
    client.force_login(user)
    return user


def test_an_editor_of_another_office_answers_and_the_article_stays(client, nora):
    article = make_article(office=make_office(), headline="The lake rises")
    enquiry = ask(article)
    assert "The lake rises" in save(client, enquiry, owner=nora.pk)
    assert (enquiry.owner, enquiry.article) == (nora, article)


def test_an_article_that_is_limited_to_others_is_not_named_and_stays(client, nora):
    article = make_article(office=make_office(), headline="The lake rises", state="draft", restricted=True)
    enquiry = ask(article)
    assert "The lake rises" not in save(client, enquiry, owner=nora.pk)
    assert (enquiry.owner, enquiry.article) == (nora, article)
    assert "The lake rises" not in client.get(reverse("admin:articles_enquiry_changelist")).content.decode()
    article.reader_rows.create(user=nora)
    assert "The lake rises" in client.get(reverse("admin:articles_enquiry_changelist")).content.decode()
