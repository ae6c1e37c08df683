"""Where kept words go when the form cannot be shown again, and where they must not be stored."""

import pytest
from axes.models import AccessAttempt
from django.test import Client

from tests.cast import make_article, make_user

from .test_kept_posts import OWN, at, kept_in, log_in, opened

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def desk(db):
    client = Client(enforce_csrf_checks=True, headers=OWN)
    client.force_login(make_user("edna", "editor"))
    return client


def test_words_for_a_row_that_is_gone_are_shown_to_be_copied(desk):
    article = make_article(headline="Gone", state="draft", publish_at=None)
    path, data = at(article), opened(desk, article, headline="My own words")
    article.delete()
    data.pop("_opened")
    answer = desk.post(path, data | {"csrfmiddlewaretoken": "x" * 64})
    assert answer.status_code == 403
    assert "My own words" in answer.content.decode()


def test_words_do_not_go_into_the_record_of_a_wrong_password(desk):
    """django-axes stores the beginning of each refused log-in."""
    article = make_article(headline="Draft", state="draft", publish_at=None)
    data = opened(desk, article, headline="My own words")
    desk.logout()
    answer = desk.post(at(article), data)
    log_in(desk, answer, password="wrong")
    assert kept_in(answer)[:40] not in AccessAttempt.objects.get().post_data
