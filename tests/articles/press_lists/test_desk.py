"""Writing to the press from the desk: from an article to the plan, its preview, and what became of the mails."""

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.admin.sharing.writing_to_press import SendingForm
from articles.models import PressDelivery, PressList, Sending
from articles.press_lists import confirming, planning
from articles.publishing.revisions import publish_edition
from articles.publishing.workflow import move
from tests.cast import make_article, make_journalist, make_office, make_user
from tests.forms import read

from .conftest import confirmed, planned, under_embargo, work
from .test_mails import correct

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def edna(client):
    user = make_user("edna", "editor", make_office())
    client.force_login(user)
    return user


def fill(client, address, **changes):
    form = read(client.get(address))
    for name, value in changes.items():
        form.change(name, value)
    return client.post(address, form.sent())


def test_from_the_article_to_the_mail(client, edna):
    story = make_article(headline="A river", office=make_office())
    publish_edition(story)
    make_article(language="fr", translation_of=story, headline="Un fleuve", office=make_office())
    press_list, ann = PressList.objects.create(name="Water press"), make_journalist(language="fr")
    press_list.journalists.add(ann)
    bob = make_journalist("bob@example.org", "Bob")
    page = client.get(f"/admin/articles/article/{story.pk}/press/").content.decode()
    assert "Water press (1)" in page
    assert 'value="Un fleuve"' in page
    answer = fill(
        client, f"/admin/articles/article/{story.pk}/press/", lists=[press_list.pk], journalists=[bob.pk],
        subject_fr="Un fleuve, ce soir", note_fr="Bonjour",
    )  # fmt: skip
    plan = Sending.objects.get()
    assert answer["Location"] == f"/admin/articles/sending/{plan.pk}/change/"
    assert not PressDelivery.objects.exists()
    page = client.get(answer["Location"])
    assert "Un fleuve, ce soir" in page.content.decode()
    assert "frame-src 'self'" in page["Content-Security-Policy"]
    shown = client.get(f"/admin/articles/sending/{plan.pk}/preview/fr/")
    assert "Bonjour" in shown.content.decode()
    assert shown["X-Frame-Options"] == "SAMEORIGIN"
    assert "default-src 'none'" in shown["Content-Security-Policy"]
    client.post(f"/admin/articles/sending/{plan.pk}/confirm/", {"plan": page.context["plan"].fingerprint})
    assert work() == 2
    assert {message.subject for message in mail.outbox} == {"Un fleuve, ce soir", "A river"}
    page = client.get(answer["Location"]).content.decode()
    assert "Ann Reed (The Daily)" in page
    assert "The Daily" in client.get(f"/admin/articles/journalist/{ann.pk}/change/").content.decode()
    assert client.post(f"/admin/articles/sending/{plan.pk}/throw-away/").status_code == 302
    assert Sending.objects.exists()  # what was confirmed stays


def test_a_plan_is_changed_or_thrown_away(client, edna):
    story = make_article(office=make_office())
    ann, bob = make_journalist(), make_journalist("bob@example.org", "Bob")
    plan = planned(story, ann, by=edna)
    address = f"/admin/articles/article/{story.pk}/press/?plan={plan.pk}"
    fill(client, address, journalists=[bob.pk], subject_en="Better")
    plan = Sending.objects.get()
    assert [*plan.journalists.all(), plan.texts["en"]["subject"]] == [bob, "Better"]
    other = make_article(office=make_office())
    assert client.get(f"/admin/articles/article/{other.pk}/press/?plan={plan.pk}").status_code == 404
    client.post(f"/admin/articles/sending/{plan.pk}/throw-away/")
    assert not Sending.objects.exists()


def test_a_plan_that_is_confirmed_while_it_is_changed_stays_confirmed(client, edna, monkeypatch):
    plan, is_valid = planned(make_article(office=make_office()), make_journalist(), by=edna), SendingForm.is_valid

    def meanwhile(form):
        confirming.confirm(plan, edna, planning.plan(plan, edna).fingerprint)
        return is_valid(form)

    address = f"/admin/articles/article/{plan.article_id}/press/?plan={plan.pk}"
    form = read(client.get(address))
    monkeypatch.setattr(SendingForm, "is_valid", meanwhile)
    assert client.post(address, form.sent()).status_code == 404
    assert Sending.objects.get().confirmed_at


def test_nobody_chosen_and_a_text_without_an_embargo_are_told(client, edna):
    story = make_article(office=make_office())
    answer = fill(client, f"/admin/articles/article/{story.pk}/press/")
    assert "Choose a list or a journalist" in answer.content.decode()
    draft = make_article(office=make_office(), state="draft")
    assert "the press cannot read it" in client.get(f"/admin/articles/article/{draft.pk}/press/").content.decode()
    assert not Sending.objects.exists()


def test_the_form_under_embargo_proposes_no_word_of_the_text(client, edna):
    story = under_embargo(office=make_office())
    form = read(client.get(f"/admin/articles/article/{story.pk}/press/")).sent()
    assert "Secret headline" not in str(form)
    assert form["subject_en"] == "Under embargo: a text for you to read"


def test_the_article_says_who_has_the_wrong_text_and_leads_to_telling_them(client, edna):
    story = make_article(headline="A river", office=make_office())
    publish_edition(story)
    confirmed(story, make_journalist(), by=edna)
    work()
    form = f"/admin/articles/article/{story.pk}/change/"
    assert "not right any more" not in client.get(form).content.decode()
    correct(story)
    page = client.get(form).content.decode()
    assert "1 journalist was sent a text that is not right any more (correction)" in page
    answer = fill(client, f"/admin/articles/article/{story.pk}/press/?wrong", note_en="Sorry.")
    page = client.get(answer["Location"])
    client.post(
        f"/admin/articles/sending/{Sending.objects.first().pk}/confirm/", {"plan": page.context["plan"].fingerprint}
    )
    assert work() == 1
    assert mail.outbox[-1].subject == "Corrected: A river"
    assert "not right any more" not in client.get(form).content.decode()


def test_the_article_says_who_was_told_that_it_is_withdrawn_and_does_not_know_that_it_is_back(client, edna):
    story = make_article(headline="A river", office=make_office())
    publish_edition(story)
    confirmed(story, make_journalist(), by=edna)
    work()
    aziz = make_user("aziz", "approver")
    move(story, "withdraw", aziz, reason="Wrong figures.")
    story.refresh_from_db()
    confirmed(story, kind="withdrawn", by=edna)
    work()
    move(story, "take_back", aziz)
    page = client.get(f"/admin/articles/article/{story.pk}/change/").content.decode()
    assert "1 journalist was told that this text was taken away, and not that it is public again." in page
    assert "not right any more" not in page
    form = read(client.get(f"/admin/articles/article/{story.pk}/press/?wrong")).sent()
    assert form["subject_en"] == "Public again: A river"


def test_the_list_needs_the_same_number_of_queries_for_ten_rows_and_for_twenty(client, edna):
    client.get("/admin/")  # the first request of a session notes it
    numbers = []
    for count in (10, 20):
        for number in range(count):
            ann = make_journalist(f"{count}.{number}@example.org")
            confirmed(make_article(office=make_office()), ann, by=edna)
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/admin/articles/sending/").status_code == 200
            client.get("/admin/articles/sending/1/change/")
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]
