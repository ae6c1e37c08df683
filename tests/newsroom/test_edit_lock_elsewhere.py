"""The lock beside the form: deleted rows, lost rights, deletions, steps of the workflow, and two saves at one moment."""

import re
import threading

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Topic
from articles.publishing import workflow, working_copies
from contacts.models import Contact, ContactTranslation, Phone
from tests.cast import make_article, make_contact, make_topic, make_user
from tests.forms import errors, filled
from tests.newsroom.two_editors import TOLD, address, browser_of, contact_with_two_numbers, numbers, save


@pytest.fixture
def ada(db):
    return browser_of("ada")


@pytest.fixture
def bela(db):
    return browser_of("bela")


@pytest.fixture
def contact(db):
    return contact_with_two_numbers()


def test_a_contact_that_was_deleted_meanwhile_comes_back_as_a_new_form(ada, bela, contact):
    opened = filled(bela.get(address(contact)), email="bela@example.org")
    assert ada.post(address(contact, "delete"), {"post": "yes"}).status_code == 302
    answer = bela.post(address(contact), opened)
    assert answer.status_code == 200
    assert "This was deleted after you opened it. Nothing was saved." in errors(answer)["__all__"][0]
    assert "ada deleted it at" in errors(answer)["__all__"][0]
    assert not Contact.objects.exists()
    html = answer.content.decode()
    assert f'action="{reverse("admin:contacts_contact_add")}"' in html
    again = bela.post(reverse("admin:contacts_contact_add"), filled(answer, code="media-unit"))
    assert again.status_code == 302
    assert numbers(Contact.objects.get(email="bela@example.org")) == ["+41 22 555 01 50", "+41 22 555 01 51"]


def test_whoever_may_no_longer_change_it_gets_the_typed_words(bela, contact):
    editor = make_user("edna", "editor", office=contact.office)
    client = Client()
    client.force_login(editor)
    opened = filled(client.get(address(contact)), **{"translations-0-job_title": "A long life"})
    editor.memberships.update(role="writer")
    answer = client.post(address(contact), opened)
    html = answer.content.decode()
    assert answer.status_code == 403
    assert "A long life" in html
    assert ContactTranslation.objects.get().job_title == ""


def test_the_words_for_an_article_that_is_public_by_now_can_be_copied_without_their_scripts(db):
    client = Client()
    client.force_login(make_user("edna", "editor"))
    article = make_article(state="draft")
    opened = filled(client.get(address(article)), body="<p>My <strong>words</strong></p><script>bad()</script>")
    Article.objects.filter(pk=article.pk).update(state="approved", first_published_at=article.publish_at)
    answer = client.post(address(article), opened)
    assert answer.status_code == 403
    assert "<p>My <strong>words</strong></p>" in answer.content.decode()
    assert "bad()" not in answer.content.decode()


def merged_by_the_clock(copy):
    now = timezone.now()
    Article.objects.filter(pk=copy.pk).update(state="approved", publish_at=now)
    workflow.merge_due(Article.objects.get(pk=copy.pk))


def discarded(copy):
    working_copies.discard(copy, None)


@pytest.mark.parametrize(
    ("end", "told"),
    [(merged_by_the_clock, "This edition was published"), (discarded, "This working copy was discarded")],
)
def test_a_working_copy_that_is_gone_is_not_added_again(ada, end, told):
    public = make_article(headline="Rain")
    copy = working_copies.start(public, None)
    form = address(copy)
    opened = filled(ada.get(form), headline="Rain and hail", body="<p>My words</p>")
    end(copy)
    answer = ada.post(form, opened)
    html = answer.content.decode()
    assert answer.status_code == 403
    assert f"{told} after you opened it. Nothing was saved." in html
    assert "Rain and hail" in html
    assert "<p>My words</p>" in html
    assert f'href="{address(public)}"' in html
    assert list(Article.objects.values_list("headline", flat=True)) == ["Rain"]


def test_nor_is_a_copy_whose_public_article_is_gone(ada):
    public = make_article(headline="Rain")
    copy = working_copies.start(public, None)
    form = address(copy)
    opened = filled(ada.get(form), headline="Rain and hail")
    public.delete()
    answer = ada.post(form, opened)
    assert answer.status_code == 403
    assert "Rain and hail" in answer.content.decode()
    assert not Article.objects.exists()


def test_what_was_changed_meanwhile_is_not_deleted(ada, bela, contact):
    page = bela.get(address(contact, "delete")).content.decode()
    opened = {"post": "yes", "_opened": re.search('name="_opened" value="([^"]+)"', page)[1]}
    save(ada, contact, **{"phones-0-display": "+41 22 555 01 99"})
    answer = bela.post(address(contact, "delete"), opened, follow=True)
    assert "da changed this at" in answer.content.decode()
    assert "Nothing was deleted." in answer.content.decode()
    assert Contact.objects.exists()
    again = re.search('name="_opened" value="([^"]+)"', answer.content.decode())[1]
    bela.post(address(contact, "delete"), {"post": "yes", "_opened": again})
    assert not Contact.objects.exists()


def test_a_list_does_not_delete_what_was_changed_meanwhile(ada, bela):
    topics = [make_topic(), make_topic("labour", "Labour")]
    at = reverse("admin:articles_topic_changelist")
    chosen = {"action": "delete_selected", "_selected_action": [topic.pk for topic in topics]}
    page = bela.post(at, chosen).content.decode()
    opened = chosen | {"post": "yes", "_opened": re.search('name="_opened" value="([^"]+)"', page)[1]}
    save(ada, topics[1], **{"translations-0-name": "Work"})
    answer = bela.post(at, opened)
    assert "Nothing was deleted." in answer.content.decode()
    assert Topic.objects.count() == 2
    again = re.search('name="_opened" value="([^"]+)"', answer.content.decode())[1]
    assert bela.post(at, opened | {"_opened": again}).status_code == 302
    assert not Topic.objects.exists()


def test_a_step_of_the_workflow_is_not_taken_with_what_nobody_has_seen(ada, bela):
    article = make_article(state="draft", publish_at=None)
    opened = filled(bela.get(address(article)), _move="submit")
    save(ada, article, headline="New")
    answer = bela.post(address(article), opened)
    article.refresh_from_db()
    assert (answer.status_code, article.state) == (200, "draft")
    assert any(TOLD in text for text in errors(answer)["__all__"])


def test_nor_on_its_page_of_confirmation(ada, bela):
    article = make_article()
    at = reverse("admin:articles_article_move", args=[article.pk, "withdraw"])
    version = bela.get(at).context["original"].version
    save(ada, article, headline="New")
    answer = bela.post(at, {"reason": "A reason", "version": version})
    article.refresh_from_db()
    assert article.state == "approved"
    assert "Somebody else changed this article" in answer.content.decode()
    assert "A reason" in answer.content.decode()
    assert bela.post(at, {"reason": "A reason", "version": article.version}).status_code == 302


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("make", [make_contact, lambda: make_article(state="draft", publish_at=None)])
def test_of_two_saves_at_one_moment_one_is_refused(make):
    row = make()
    field = "email" if isinstance(row, Contact) else "summary"
    clients, forms = [], []
    for name in ("ada", "bela"):
        client = browser_of(name)
        clients.append(client)
        forms.append(filled(client.get(address(row)), **{field: f"{name}@example.org"}))
    gate, answers = threading.Barrier(2), {}

    def post(client, form):
        gate.wait(timeout=20)
        try:
            answers[form[field]] = client.post(address(row), form).status_code
        finally:
            connection.close()

    threads = [threading.Thread(target=post, args=pair) for pair in zip(clients, forms, strict=True)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(answers.values()) == [200, 302]
    row.refresh_from_db()
    assert answers[getattr(row, field)] == 302
    assert Phone.objects.count() == 0
