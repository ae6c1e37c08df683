"""What subscribers are told: what becomes public, once; corrections and withdrawals, if they got the article."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.utils import timezone

from articles.alerts import announcements, deliveries, sending
from articles.models import Announcement, Article, Delivery
from articles.publishing.revisions import publish_edition
from articles.publishing.workflow import move
from tests.cast import make_article, make_ready_article, make_region, make_topic, make_user

from .conftest import later, subscribe, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def aziz():
    return make_user("aziz", "approver", is_superuser=True)


def subjects():
    return [message.subject for message in mail.outbox]


def correct(article, kind="correction", note="Ten people.", wrong="It said two."):
    """A new edition of a public article."""
    article.refresh_from_db()
    article.change_kind, article.change_note, article.was_wrong = kind, note, wrong
    article.version += 1
    article.save()
    publish_edition(article, is_told=True)


def published(**changes):
    article = make_article(**changes)
    publish_edition(article)
    return article


def test_what_is_published_is_sent_once_to_those_whose_list_has_it():
    europe, africa = make_region(), make_region("africa", "Africa")
    subscribe("all@example.org")
    subscribe("europe@example.org", "region=europe")
    subscribe("africa@example.org", "region=africa")
    subscribe("topic@example.org", "region=europe&topic=diaspora")
    subscribe("words@example.org", "q=river+dams")
    subscribe("others@example.org", "q=volcano")
    subscribe("french@example.org", language="fr")
    subscribe("unconfirmed@example.org", confirmed_at=None)
    subscribe("unknown@example.org", "topic=gone-by-now")
    published(headline="A river has dams", regions=[europe], topics=[make_topic()])
    work()
    later()
    work()
    told = ["all", "europe", "topic", "words"]
    assert sorted(message.to[0] for message in mail.outbox) == [f"{name}@example.org" for name in told]
    assert set(subjects()) == {"A river has dams"}
    assert africa  # nothing of it was published


def test_an_address_with_several_lists_gets_an_article_once_and_at_the_earliest_time():
    subscribe(frequency="weekly")
    subscribe(query="region=europe", frequency="immediate")
    published(regions=[make_region()])
    assert work() == 1
    later()
    assert work() == 0


def test_several_articles_go_in_one_mail():
    subscribe()
    published(headline="One")
    published(headline="Two")
    assert work() == 1
    assert "2 items" in subjects()[0]
    assert "One" in mail.outbox[0].body
    assert "Two" in mail.outbox[0].body


def test_what_is_scheduled_is_told_when_its_moment_has_come():
    subscribe()
    article = published(publish_at=timezone.now() + timedelta(hours=1))
    assert work() == 0
    Article.objects.filter(pk=article.pk).update(publish_at=timezone.now())
    assert work() == 1


def test_the_archive_and_what_was_public_before_are_no_news():
    subscribe()
    published(publish_at=timezone.now() - timedelta(days=30))
    assert work() == 0
    announcements.AlertPosition.objects.all().delete()
    published()
    assert work() == 0
    assert work() == 0


def test_a_translation_goes_to_the_subscribers_of_its_language():
    subscribe("en@example.org")
    subscribe("ar@example.org", language="ar")
    source = published()
    work()
    published(language="ar", translation_of=source, headline="خبر")
    assert work() == 1
    message = mail.outbox[-1]
    assert message.to == ["ar@example.org"]
    assert 'dir="rtl"' in message.alternatives[0].content
    assert message.extra_headers["Content-Language"] == "ar"


def test_minor_changes_are_told_to_nobody_and_major_ones_to_all_of_the_list():
    subscribe("first@example.org")
    article = published()
    work()
    subscribe("second@example.org")
    correct(article, "minor", "", "")
    assert work() == 0
    correct(article, "major", "A paragraph about money.", "")
    assert work() == 2
    by_address = {message.to[0]: message for message in mail.outbox[-2:]}
    assert by_address["first@example.org"].subject.startswith("Changed: ")
    assert "A paragraph about money." in by_address["first@example.org"].body
    assert by_address["second@example.org"].subject == article.headline


def test_a_correction_goes_to_those_who_got_the_wrong_text_at_once():
    subscribe("got@example.org", frequency="immediate")
    subscribe("waits@example.org", frequency="weekly")
    article = published()
    work()
    subscribe("new@example.org")
    correct(article)
    correct(article, note="Eleven people.", wrong="It said ten.")
    assert work() == 1
    message = mail.outbox[-1]
    assert message.to == ["got@example.org"]
    assert message.subject.startswith("Corrected: ")
    for text in ("It said two.", "Ten people.", "It said ten.", "Eleven people."):
        assert text in message.body
        assert text in message.alternatives[0].content
    later()
    assert work() == 1  # who waited for a digest gets the right text, as news
    assert mail.outbox[-1].to == ["waits@example.org"]
    assert mail.outbox[-1].subject == article.headline


def test_what_was_corrected_while_the_worker_was_away_is_told(clock):
    subscribe("got@example.org")
    article = published()
    work()
    clock.shift(3600)
    correct(article)
    clock.shift(5 * 24 * 3600)
    assert work() == 1
    assert subjects()[-1].startswith("Corrected: ")
    assert work() == 0


def test_a_withdrawal_is_told_to_those_who_got_the_article_and_then_its_return(aziz):
    subscribe("got@example.org")
    subscribe("waits@example.org", frequency="daily")
    article = published(headline="A rumour")
    work()
    move(article, "withdraw", aziz, reason="It was not true.")
    assert work() == 1
    assert subjects()[-1] == "Withdrawn: A rumour"
    assert "It was not true." in mail.outbox[-1].body
    later()
    assert work() == 0
    move(Article.objects.get(pk=article.pk), "reinstate", aziz, reason="It was true.")
    assert work() == 1
    assert (mail.outbox[-1].to, subjects()[-1]) == (["got@example.org"], "Public again: A rumour")
    later()
    assert work() == 1
    assert (mail.outbox[-1].to, subjects()[-1]) == (["waits@example.org"], "A rumour")


def test_of_what_was_removed_neither_headline_nor_text_is_told(aziz):
    subscribe()
    article = published(headline="A private matter", reference="2026-00007", summary="Of Mr Smith.")
    work()
    move(article, "remove", aziz, reason="Private.")
    assert work() == 1
    message = mail.outbox[-1]
    text = message.subject + message.body + message.alternatives[0].content
    assert "2026-00007" in text
    assert "private" not in text.lower()
    assert "Smith" not in text


def test_what_is_withdrawn_before_its_mail_is_sent_is_not_sent(aziz):
    subscribe("one@example.org")
    subscribe("two@example.org", frequency="daily")
    article = published()
    announcements.run()
    move(article, "withdraw", aziz, reason="No.")
    announcements.run()
    later()
    assert sending.send_due() == 0
    assert not Delivery.objects.waiting().exists()


def test_what_the_workflow_publishes_is_told(aziz):
    subscribe()
    article = make_ready_article(headline="By the workflow")
    move(article, "submit", aziz)
    writer = make_user("ann", "approver", is_superuser=True)
    move(Article.objects.get(pk=article.pk), "publish", writer)
    assert work() == 1
    assert subjects() == ["By the workflow"]


def test_digests_are_sent_at_seven_in_the_time_of_the_headquarters(monkeypatch):
    monkeypatch.setattr(deliveries, "zone", lambda: "Europe/Zurich")
    zurich = ZoneInfo("Europe/Zurich")
    saturday = datetime(2026, 3, 28, 9, 0, tzinfo=zurich)  # the clock goes forward in the night
    assert deliveries.due_at("immediate", saturday) == saturday
    assert deliveries.due_at("daily", saturday) == datetime(2026, 3, 29, 7, 0, tzinfo=zurich)
    assert deliveries.due_at("weekly", saturday) == datetime(2026, 3, 30, 7, 0, tzinfo=zurich)
    assert deliveries.due_at("weekly", datetime(2026, 3, 30, 7, 0, tzinfo=zurich)).day == 6


def test_filters_are_tried_once_however_many_have_them(django_assert_max_num_queries):
    for number in range(30):
        subscribe(f"reader-{number}@example.org", "region=europe")
    published(regions=[make_region()])
    announcements.look()
    with django_assert_max_num_queries(30):
        deliveries.address_all()
    assert Delivery.objects.count() == 30
    assert Announcement.objects.exclude(addressed_at=None).count() == 1


def test_headers_of_lists():
    subscribe()
    published()
    work()
    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe"].startswith("<https://news.example.org/en/alerts/end/")
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "<alerts.en." in headers["List-Id"]
    assert mail.outbox[0].body.count("https://news.example.org/en/news/story-") == 1
