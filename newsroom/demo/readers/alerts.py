"""What the demo shows of e-mail alerts: readers of several languages, and the log of mails of the last days."""

from datetime import timedelta

from django.utils import timezone

from articles.alerts import deliveries
from articles.models import AlertPosition, Announcement, Article, Delivery, Subscriber, Subscription

READERS = [
    ("newsdesk@lakescourier.example", "en", "", "immediate"),
    ("newsdesk@lakescourier.example", "en", "topic=floods", "immediate"),
    ("m.traore@radiofleuve.example", "fr", "region=africa", "immediate"),
    ("sprado@ribera.example", "es", "", "daily"),
    ("akhbar@alnahr.example", "ar", "", "daily"),
    ("redaktsiya@volna.example", "ru", "", "weekly"),
    ("xinwen@jianghe.example", "zh", "", "weekly"),
    ("jonas@norrlandradio.example", "en", "q=forecasts", "daily"),
]
UNCONFIRMED = ("student@hydrology.example", "en", "", "daily")


def show(users):
    now = timezone.now()
    for number, (email, language, query, frequency) in enumerate([*READERS, UNCONFIRMED]):
        subscriber, _made = Subscriber.objects.get_or_create(email=email)
        since = now - timedelta(days=100 - number if email != UNCONFIRMED[0] else 1)
        Subscription.objects.create(
            subscriber=subscriber, language=language, filter=query, frequency=frequency, created_at=since,
            confirmed_at=since if email != UNCONFIRMED[0] else None,
        )  # fmt: skip
    for article in Article.objects.live().order_by("-listed_at", "-pk")[:12]:
        announcement = Announcement.objects.create(article=article, kind="published", at=article.publish_at)
        deliveries.address(announcement)
        Announcement.objects.filter(pk=announcement.pk).update(addressed_at=now)
    for delivery in Delivery.objects.select_related("announcement"):
        Delivery.objects.filter(pk=delivery.pk).update(
            due_at=delivery.announcement.at, sent_at=delivery.announcement.at + timedelta(minutes=1), edition=1
        )
    last = Delivery.objects.order_by("pk").last()
    if last:
        Delivery.objects.filter(pk=last.pk).update(sent_at=None, edition=0, left_out=Delivery.LeftOut.NOT_PUBLIC)
    # What the demo has published is no news; from now on, it is mailed as anywhere.
    AlertPosition.objects.all().delete()
