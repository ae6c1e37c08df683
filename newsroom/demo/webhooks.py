"""What the demo shows of webhooks: an endpoint of a partner with its log. It is switched off: nothing is sent."""

from datetime import timedelta

from django.utils import timezone

from articles.models import Article, Webhook
from articles.webhooks import signing
from articles.webhooks.events import note

ANSWERS = [[(503, 812, "Busy"), (204, 140, "")], [(204, 96, "")], [(0, 10_000, "took longer than 10 seconds")]]


def show(users):
    webhook = Webhook.objects.create(
        name="River Basin Portal", address="https://portal.riverbasin.example/hooks/news", owner=users["aziz"]
    )
    signing.renew(webhook)
    for article, answers in zip(Article.objects.live().order_by("-listed_at", "-pk")[:3], ANSWERS, strict=False):
        note(article, "article.published", at=article.publish_at)
        message = webhook.messages.latest("pk")
        for number, (status, milliseconds, answer) in enumerate(answers):
            at = timezone.now() - timedelta(minutes=10 - number)
            message.log.create(at=at, status=status, milliseconds=milliseconds, answer=answer)
        message.state = message.State.DELIVERED if answers[-1][0] == 204 else message.State.WAITING
        message.attempts, message.next_at = len(answers), timezone.now() + timedelta(minutes=5)
        message.save()
    Webhook.objects.filter(pk=webhook.pk).update(is_active=False)
