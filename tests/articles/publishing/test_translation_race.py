"""Two people who begin the same translation at the same moment write one, and both land there."""

import threading
from contextlib import suppress

import pytest
from django.db import IntegrityError, connection
from django.test import Client

from articles.models import Article
from articles.translating import begin as beginning
from tests.cast import make_article, make_ready_article, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def together(monkeypatch):
    """Whoever has seen that there is no translation waits a moment for the other to see it, too."""
    gate, begin, refused = threading.Barrier(2), beginning.begin_translation, []

    def begin_together(*args):
        with suppress(threading.BrokenBarrierError):
            gate.wait(timeout=5)
        try:
            return begin(*args)
        except IntegrityError as error:
            refused.append(str(error))
            raise

    monkeypatch.setattr(beginning, "begin_translation", begin_together)
    return refused


def press(*buttons):
    """Each (user, source) presses "Add French" in a thread of its own: the pages on which they land, one by one."""
    pressed = []

    def one(user, source):
        client = Client(raise_request_exception=False)
        client.force_login(user)
        pressed.append((client, client.post(f"/admin/articles/article/{source.pk}/translate/fr/")))
        connection.close()

    threads = [threading.Thread(target=one, args=button) for button in buttons]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert [response.status_code for _, response in pressed] == [302] * len(buttons)
    return [client.get(response["Location"]) for client, response in pressed]


def test_both_land_on_the_one_translation(together):
    source = make_ready_article()
    pages = press(*((make_user(name, "translator"), source) for name in ("tara", "timo")))
    french = Article.objects.get(language="fr")
    assert len(together) == 1  # the constraint was hit, not a look before it
    assert [page.context["original"] for page in pages] == [french, french]
    told = [str(message) for page in pages for message in page.context["messages"]]
    assert told == ["There is a translation into this language already."]
    assert french.region_rows.count() == french.revisions.count() == 1


def test_two_stories_of_the_same_address_get_one_each(together):
    sources = [make_ready_article(slug="rain"), make_article(language="es", slug="rain")]
    pages = press(*zip((make_user(name, "translator") for name in ("tara", "timo")), sources, strict=True))
    assert {page.context["original"].slug for page in pages} == {"rain", "rain-2"}
    # SQLite has one writer, who looks for a free address when it is alone.
    assert len(together) == (connection.vendor == "postgresql")
