"""Two language versions that are approved at the same moment are one story with one number."""

import threading
from contextlib import suppress

import pytest
from django.db import connection
from django.utils import timezone

from articles.models import Article
from articles.publishing import reference_numbers
from articles.publishing.workflow import move
from tests.cast import make_ready_article, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def at_once(monkeypatch):
    """Runs functions in threads; each that comes to allocate a number waits a moment for the others to."""
    gate, allocate = threading.Barrier(2), reference_numbers.allocate

    def allocate_together(*args):
        with suppress(threading.BrokenBarrierError):  # it is alone, which is the point
            gate.wait(timeout=1)
        return allocate(*args)

    def run(*deeds):
        failed = []

        def guarded(deed):
            try:
                deed()
            except Exception as error:
                failed.append(error)
            finally:
                connection.close()

        monkeypatch.setattr(reference_numbers, "allocate", allocate_together)
        threads = [threading.Thread(target=guarded, args=[deed]) for deed in deeds]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
        assert failed == []

    return run


@pytest.mark.parametrize("languages", [("en", "fr"), ("fr", "es")])
def test_two_approvers_at_once_give_one_number(at_once, languages):
    source = make_ready_article(state="in_review", publish_at=timezone.now())
    for language in ("fr", "es"):
        make_ready_article(state="in_review", publish_at=timezone.now(), language=language, translation_of=source)
    approvers = [make_user(name, "approver") for name in ("edna", "aziz")]

    def approve(language, by):
        return lambda: move(Article.objects.get(language=language), "approve", by)

    at_once(*(approve(*pair) for pair in zip(languages, approvers, strict=True)))
    numbers = set(Article.objects.filter(language__in=languages).values_list("reference", flat=True))
    assert numbers == {f"{timezone.now().year}-00001"}
