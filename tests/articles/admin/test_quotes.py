"""Quotes belong to an article's editions, are found by speaker and words, and are told at approval if not approved."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Quote
from articles.publishing.workflow import move
from tests.cast import NOW, make_article, make_office, make_ready_article, make_user
from tests.forms import errors, filled

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

LIST = reverse("admin:articles_quote_changelist")
WORDS = {"quotes-0-speaker": "Biira Masika", "quotes-0-role": "Farmer", "quotes-0-text": "I harvest\nby canoe."}


def browser_of(name, role, **changes):
    client = Client()
    client.user = make_user(name, role, **changes)
    client.force_login(client.user)
    return client


@pytest.fixture
def aziz(db):
    return browser_of("aziz", "approver")


def at(article):
    return reverse("admin:articles_article_change", args=[article.pk])


def save(client, article, **changes):
    return client.post(at(article), filled(client.get(at(article)), **changes))


def make_quote(article, **changes):
    return article.quotes.create(**({"speaker": "Biira Masika", "text": "I harvest by canoe."} | changes))


def test_a_quote_is_written_in_the_form_and_part_of_the_revision(aziz):
    article = make_article(state="draft")
    assert (
        save(aziz, article, **WORDS, **{"quotes-1-speaker": "Pascal", "quotes-1-text": "Rivers wander."}).status_code
        == 302
    )
    assert list(article.quotes.values_list("number", "speaker", "text")) == [
        (1, "Biira Masika", "I harvest\nby canoe."),
        (2, "Pascal", "Rivers wander."),
    ]
    said = article.revisions.first().content["quotes"]
    assert said[0] == ["Biira Masika", "Farmer", "I harvest\nby canoe.", "", "", None]


def test_who_approved_and_when_belong_together(aziz):
    article = make_article(state="draft")
    answer = save(aziz, article, **WORDS, **{"quotes-0-approved_by": "Her office"})
    assert errors(answer)["quotes"] == ["Say both who approved the words and when."]
    save(aziz, article, **WORDS, **{"quotes-0-approved_by": "Her office", "quotes-0-approved_on": "2026-03-01"})
    assert article.quotes.get().approved_on == date(2026, 3, 1)


def test_approval_tells_of_quotes_that_nobody_approved(aziz):
    article = make_ready_article(publish_at=NOW())
    make_quote(article)
    make_quote(article, approved_by="Her office", approved_on=date(2026, 3, 1))
    move(article, "submit", aziz.user)
    assert "Not approved by their speakers yet:" in aziz.get(at(article)).content.decode()
    page = aziz.post(at(article), filled(aziz.get(at(article)), _move="approve"), follow=True).content.decode()
    assert "One quote in it has not been approved by its speaker." in page
    article.refresh_from_db()
    assert article.state == "approved"


def test_a_new_edition_carries_the_quotes_and_their_approval_back(aziz):
    article = make_ready_article(publish_at=NOW())
    make_quote(article)
    move(article, "submit", aziz.user)
    copy = move(move(article, "publish", aziz.user), "revise", aziz.user)
    quote = copy.quotes.get()
    save(aziz, copy, **{"quotes-0-approved_by": "Her office", "quotes-0-approved_on": "2026-03-01"})
    copy.refresh_from_db()
    move(copy, "submit", aziz.user)
    copy.refresh_from_db()
    live = move(copy, "publish", aziz.user)
    assert (live.pk, live.quotes.get().approved_by, live.quotes.get().number) == (
        article.pk,
        "Her office",
        quote.number,
    )


def test_the_list_finds_words_and_what_is_not_approved(aziz):
    article = make_article()
    make_quote(article, approved_by="Her office", approved_on=date(2026, 3, 1))
    make_quote(article, speaker="Pascal", text="Rivers <wander.")
    page = aziz.get(LIST, {"q": "wander"}).content.decode()
    assert "Rivers &lt;wander." in page
    assert "Biira" not in page
    page = aziz.get(LIST, {"approved": "no"}).content.decode()
    assert "Pascal" in page
    assert "Biira" not in page
    assert f'<a href="{at(article)}#quotes-group">' in page


def test_quotes_of_another_office_are_not_seen_and_none_is_changed_here(aziz):
    quote = make_quote(make_article(office=make_office(), state="draft"))
    one = reverse("admin:articles_quote_change", args=[quote.pk])
    walt = browser_of("walt", "writer", office=make_office("nairobi", "Nairobi Office"))
    assert "Biira" not in walt.get(LIST).content.decode()
    assert walt.get(one).status_code == 302
    assert aziz.get(one).status_code == 200
    assert aziz.post(one, {"speaker": "Other"}).status_code == 403
    assert aziz.post(reverse("admin:articles_quote_delete", args=[quote.pk]), {"post": "yes"}).status_code == 403
    assert Quote.objects.get().speaker == "Biira Masika"


def test_a_draft_is_deleted_with_its_quotes(aziz):
    article = make_article(state="draft", publish_at=None)
    make_quote(article)
    delete = reverse("admin:articles_article_delete", args=[article.pk])
    assert aziz.post(delete, {"post": "yes"}).status_code == 302
    assert not Quote.objects.exists()


def test_the_list_costs_the_same_for_ten_quotes_and_for_twenty(aziz, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for _number in range(10):
        make_quote(make_article())
    aziz.get(LIST)
    with CaptureQueriesContext(
        connection,
    ) as first:
        aziz.get(LIST)
    for _number in range(10):
        make_quote(make_article())
    with django_assert_num_queries(len(first)):
        aziz.get(LIST)
