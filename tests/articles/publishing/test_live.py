"""`live()` and `is_live` agree, for every state, date and kind of row."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article
from tests.cast import make_article

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.mark.parametrize("state", Article.State.values)
@pytest.mark.parametrize("offset", [-60, 0, 60])
@pytest.mark.parametrize("working_copy", [False, True])
def test_queryset_and_article_agree(state, offset, working_copy):
    article = make_article(
        state=state,
        publish_at=NOW + timedelta(minutes=offset),
        withdrawal_note="Figures were wrong.",
        revises=make_article(state="draft") if working_copy else None,
    )
    expected = state == "approved" and offset <= 0 and not working_copy
    assert Article.objects.live(NOW).filter(pk=article.pk).exists() is expected
    assert article.is_live_at(NOW) is expected


def test_without_a_moment_it_is_now():
    past, future = make_article(), make_article(publish_at=NOW + timedelta(days=1))
    assert list(Article.objects.live()) == [past]
    assert past.is_live
    assert not future.is_live
