"""A source is corrected at the moment in which its translation is approved."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from articles.models import Article
from articles.publishing import workflow
from articles.publishing.workflow import move
from tests.cast import approve_for, make_user

from .test_source_states import corrected, published, state, translated

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_source_that_is_corrected_while_its_translation_is_approved_holds_it(monkeypatch):
    edna = make_user("edna", "approver")
    source = published(edna)
    french = translated(source, edna, publish=False)
    move(french, "submit", edna)

    def correct():
        corrected(Article.objects.get(pk=source.pk), edna)
        connection.close()

    meanwhile, check = threading.Thread(target=correct), workflow.check

    def check_and_wait(article, *args):
        step = check(article, *args)
        if article.pk == french.pk:
            meanwhile.start()
            meanwhile.join(timeout=2)
        return step

    monkeypatch.setattr(workflow, "check", check_and_wait)
    approve_for(french, edna, timezone.now() + timedelta(hours=5))
    meanwhile.join()
    french.refresh_from_db()
    assert (state(french).behind, french.state) == (1, "in_review")
