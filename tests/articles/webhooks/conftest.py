"""An endpoint that listens, and the people who publish."""

import pytest

from articles.models import Webhook
from articles.publishing import due_editions
from articles.publishing.workflow import move
from articles.webhooks import sending, signing
from tests.cast import make_ready_article, make_user

from .receiver import Receiver


@pytest.fixture
def receiver(settings):
    settings.WEBHOOKS_ALLOW_PRIVATE = True
    settings.NEWSROOM_BASE_URL = "https://news.example.org"
    with Receiver() as receiver:
        yield receiver


@pytest.fixture
def webhook(receiver):
    return make_webhook(receiver)


@pytest.fixture
def chief():
    return make_user("chief", "approver")


@pytest.fixture(autouse=True)
def _one_person_is_enough(settings):
    settings.FOUR_EYES = False


def make_webhook(receiver, **changes):
    webhook = Webhook.objects.create(name="Partner", address=receiver.address, **changes)
    signing.renew(webhook)
    return webhook


def published(chief, **changes):
    article = make_ready_article(**changes)
    move(article, "submit", chief)
    move(article, "publish", chief)
    return article


def work():
    due_editions.by_clock()
    return sending.send_due()


def edit(article, chief, kind):
    copy = move(article, "revise", chief)
    copy.headline = f"{copy.headline} again"
    copy.change_kind, copy.change_note, copy.was_wrong = kind, "Eleven.", "Nine."
    copy.save()
    move(copy, "submit", chief)
    return move(copy, "publish", chief)
