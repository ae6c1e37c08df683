"""On top of the article's form: its state, the next step, how much the checks found, and a link to the page or preview."""

import pytest
from django.contrib.auth import get_user_model

from tests.cast import make_article, make_ready_article, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def form(client):
    client.force_login(make_user("aziz", "approver", first_name="Aziz", last_name="Approver"))
    return lambda article: client.get(f"/admin/articles/article/{article.pk}/change/").content.decode()


def test_the_bar_says_what_the_checks_found_and_leads_there(form):
    html = form(make_ready_article(state="in_review", publish_at=None, summary=""))
    bar = html[html.index('<div class="article-bar">') : html.index('id="article_form"')]
    for part in (
        "in review",
        "Approve</button>",
        "Needed before approval: 1",
        "Worth another look: 1",
        'href="#checks-heading"',
    ):
        assert part in bar
    assert html.count('id="checks-heading"') == 1
    assert html.index('id="checks-heading"') < html.index('<div class="article-panels">')


def test_it_says_nothing_if_they_found_nothing(form):
    html = form(make_ready_article(state="in_review"))
    assert "Needed before approval:" not in html[: html.index('id="article_form"')]


def test_a_draft_has_a_preview_and_a_public_article_a_page(form):
    draft, live = make_article(state="draft", publish_at=None), make_article()
    assert f'/article/{draft.pk}/preview/" class="viewsitelink">Preview<' in form(draft)
    assert f'{live.get_absolute_url()}" class="viewsitelink">View on site<' in form(live)


def test_people_are_called_by_their_names(form):
    article = make_ready_article(state="in_review")
    aziz = get_user_model().objects.get()
    article.moves.create(name="submit", from_state="draft", to_state="in_review", by=aziz)
    assert "<bdi>Aziz Approver</bdi>" in form(article)
