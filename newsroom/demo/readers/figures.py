"""What the demo shows of readers: three months of invented numbers, more on weekdays and after a publication."""

import random
from datetime import timedelta

from django.utils import timezone

from articles.models import Article, ReaderCount

DAYS = 90
SITES = ["search.example", "lakescourier.example", "radiofleuve.example", "unions.example", "norrlandradio.example"]
PAGES = ["home", "list", "region africa", "region europe", "topic floods", "media-contacts", "offices"]
WEIGHTS = {"en": 50, "fr": 18, "es": 14, "ar": 12, "ru": 8, "zh": 7}
Kind = ReaderCount.Kind


def show(users):
    chance, today, rows = random.Random(11), timezone.now().date(), []
    articles = list(Article.objects.live().order_by("-listed_at", "-pk").values_list("pk", "language", "published_on"))
    for back in range(DAYS):
        day = today - timedelta(days=back)
        weekday = 0.35 if day.weekday() >= 5 else 1
        read = dict.fromkeys(WEIGHTS, 0)
        for pk, language, published in articles[:60]:
            age = (day - published).days
            if age >= 0:
                number = int(weekday * WEIGHTS[language] * chance.uniform(0.5, 1.5) * 4 / (1 + age / 3))
                rows.append(ReaderCount(day=day, kind=Kind.ARTICLE, article=pk, language=language, number=number))
                read[language] += number
        for language, number in read.items():
            for position, key in enumerate(PAGES):
                pages = int(number * chance.uniform(0.05, 0.12) / (1 + position / 2)) + chance.randrange(3)
                rows.append(ReaderCount(day=day, kind=Kind.PAGE, key=key, language=language, number=pages))
                number += pages
            rows.append(ReaderCount(day=day, kind=Kind.ALL, language=language, number=number))
            site = chance.choice(SITES)
            of = chance.choice([pk for pk, its, _ in articles[:30] if its == language] or [0])
            led = {"article": of, "language": language, "number": number // 9}
            rows.append(ReaderCount(day=day, kind=Kind.SITE, key=site, **led))
        pk, language, _published = chance.choice(articles[:20])
        taken = {"article": pk, "language": language, "number": chance.randrange(9)}
        rows.append(ReaderCount(day=day, kind=Kind.DOWNLOAD, key="kit", **taken))
    ReaderCount.objects.bulk_create([row for row in rows if row.number], batch_size=500)
