"""Among the random moves of `test_workflow_machine`: mails to subscribers tell what is public, each article once."""

import re
from datetime import timedelta

from django.core import mail
from django.utils import timezone
from hypothesis.stateful import rule

from articles.alerts import announcements, sending
from articles.models import AlertPosition, Announcement, Article, Delivery, Subscriber, Subscription

LANGUAGES = ("en", "fr", "es")
ADDRESS = re.compile(r"https?://[^/\s]+(/\w+/news/[^/\s\"]+/)")


class ToldByMail:
    """Mixed into the state machine. A reader of each language subscribes to all news before anything is looked at."""

    @rule()
    def the_worker_sends_mails(self):
        if not AlertPosition.objects.exists():
            self._sign_up()
        before = len(mail.outbox)
        announcements.run()
        Delivery.objects.waiting().update(due_at=timezone.now())
        Subscriber.objects.update(recent=[], next_at=None)
        sending.send_due()
        live = set(Article.objects.live())
        readable = set(Article.objects.readable())
        for message in mail.outbox[before:]:
            text = f"{message.subject}\n{message.body}\n{message.alternatives[0].content}"
            told = set(ADDRESS.findall(text))
            assert told <= {row.get_absolute_url() for row in readable}
            if "ithdrawn" not in text and "etiré" not in text and "etirado" not in text:
                assert told <= {row.get_absolute_url() for row in live}
            shown = {words for row in readable for words in (row.headline, row.summary)}
            hidden = {words for row in Article.objects.all() for words in (row.headline, row.summary)} - shown
            assert [words for words in hidden if words and words in text] == []
        self._nothing_is_told_twice()

    def _sign_up(self):
        announcements.run()
        long_ago = timezone.now() - timedelta(days=2)
        AlertPosition.objects.update(began_at=long_ago)
        for language in LANGUAGES:
            subscriber = Subscriber.objects.create(email=f"{language}@example.org")
            Subscription.objects.create(subscriber=subscriber, language=language, confirmed_at=long_ago)

    def _nothing_is_told_twice(self):
        """Every publication and edition was sent to its reader once, in the language of the reader."""
        sent = Delivery.objects.filter(sent_at__isnull=False)
        for delivery in sent.select_related("announcement__article", "subscription"):
            assert delivery.announcement.article.language == delivery.subscription.language
        published = sent.filter(announcement__kind=Announcement.Kind.PUBLISHED)
        pairs = list(published.values_list("subscriber", "announcement__article"))
        assert len(pairs) == len(set(pairs))
