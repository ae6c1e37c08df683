"""Buttons of the workflow: save and move in one step, refused as a whole, with the fault beside the field."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article
from tests.cast import make_article, make_ready_article, make_user
from tests.forms import errors, filled

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def aziz(client):
    user = make_user("aziz", "approver")
    client.force_login(user)
    return user


def at(article):
    return f"/admin/articles/article/{article.pk}/change/"


def press(client, article, name, **changes):
    return client.post(at(article), filled(client.get(at(article)), _move=name, **changes))


def begin_edition(client, article):
    page = f"/admin/articles/article/{article.pk}/move/revise/"
    return client.post(page, filled(client.get(page), change_kind="minor"))


def live(**changes):
    return make_ready_article(state="approved", first_published_at=timezone.now() - timedelta(hours=1), **changes)


def test_a_button_saves_and_moves(client, aziz):
    article = make_ready_article()
    response = press(client, article, "submit", headline="Ready to be read")
    assert response.url == at(article)
    article.refresh_from_db()
    assert (article.headline, article.state) == ("Ready to be read", "in_review")
    assert article.moves.get().by == aziz


def test_a_refused_move_saves_nothing_and_says_what_is_missing_beside_the_field(client, aziz):
    article = make_article(state="in_review", publish_at=None, body="<p>Text.</p>")
    response = press(client, article, "approve", headline="My new headline")
    told = errors(response)
    assert told["publish_at"] == ["Give the date and time of publication."]
    assert told["topic_rows"] == ["Choose at least one topic."]
    assert told["region_rows"] == ["Choose at least one region."]
    assert response.context["adminform"].form["headline"].value() == "My new headline"
    article.refresh_from_db()
    assert (article.state, article.headline) == ("in_review", Article.objects.get(pk=article.pk).headline)
    assert article.headline != "My new headline"
    assert not article.revisions.exists()


def test_a_date_typed_with_the_button_counts(client, aziz):
    article = make_ready_article(state="in_review", publish_at=None)
    press(client, article, "approve", publish_at="2026-01-05T08:30")
    article.refresh_from_db()
    assert article.is_live
    assert article.revisions.get(edition=1)


def test_only_possible_moves_have_buttons(client, aziz):
    html = client.get(at(make_ready_article())).content.decode()
    assert 'value="submit"' in html
    assert 'value="withdraw"' not in html


def test_a_move_that_is_not_on_the_table_is_refused(client, aziz):
    article = make_ready_article()
    sent = filled(client.get(at(article)), tampered={"_move": "withdraw"})
    response = client.post(at(article), sent)
    assert errors(response)["__all__"] == ["This is not possible now, or not allowed to you."]


def test_withdrawing_asks_why_on_a_page_of_its_own(client, aziz):
    article = live()
    response = client.post(at(article), filled(client.get(at(article)), _confirm="withdraw"))
    assert response.url == f"/admin/articles/article/{article.pk}/move/withdraw/"
    page = client.post(response.url, {"reason": " "})
    assert "Say why." in page.content.decode()
    assert client.post(response.url, {"reason": "The figures were wrong."}).status_code == 302
    article.refresh_from_db()
    assert (article.state, article.withdrawal_note) == ("withdrawn", "The figures were wrong.")


def test_a_confirmation_page_changes_nothing_by_being_opened(client, aziz):
    article = live()
    client.get(f"/admin/articles/article/{article.pk}/move/remove/")
    article.refresh_from_db()
    assert article.state == "approved"


def test_a_new_edition_opens_its_working_copy(client, aziz):
    article = live()
    response = begin_edition(client, article)
    copy = Article.objects.get(revises=article)
    assert response.url == at(copy)
    assert "working copy" in client.get("/admin/articles/article/").content.decode()


def test_a_discarded_copy_leads_back_to_the_public_text(client, aziz):
    article = live()
    begin_edition(client, article)
    copy = Article.objects.get(revises=article)
    response = client.post(f"/admin/articles/article/{copy.pk}/move/discard/", {})
    assert response.url == at(article)
    assert not Article.objects.filter(pk=copy.pk).exists()


def test_a_reason_is_shown_in_the_history_and_never_as_markup(client, aziz):
    article = make_ready_article(state="in_review")
    client.post(f"/admin/articles/article/{article.pk}/move/request_changes/", {"reason": "<script>x</script>"})
    html = client.get(at(article)).content.decode()
    assert "&lt;script&gt;x&lt;/script&gt;" in html
    assert "<script>x" not in html


def told(client, article):
    return client.get(at(article)).content.decode().split('<ul class="messagelist">')[1].split("</ul>")[0]


def test_an_approval_whose_date_is_past_says_that_readers_have_it(client, aziz):
    article = make_ready_article(state="in_review", headline="Rain <at> last")
    press(client, article, "approve")
    article.refresh_from_db()
    assert article.shown_state == "live"
    assert f'“Rain &lt;at&gt; last” is public now. <a href="{article.get_absolute_url()}">' in told(client, article)


def test_an_approval_whose_date_is_to_come_says_that_it_is_scheduled(client, aziz):
    article = make_ready_article(state="in_review", publish_at=timezone.now() + timedelta(days=1), headline="Rain")
    press(client, article, "approve")
    assert "“Rain” is now: scheduled." in told(client, article)


def test_a_submission_says_where_the_article_is_now(client, aziz):
    article = make_ready_article(headline="Rain")
    press(client, article, "submit")
    assert "“Rain” is now: in review." in told(client, article)


def test_a_withdrawal_speaks_of_lists_alone_for_there_are_no_feeds(client, aziz):
    page = client.get(f"/admin/articles/article/{live().pk}/move/withdraw/").content.decode()
    assert "It is removed from the lists." in page
    assert "feeds" not in page
