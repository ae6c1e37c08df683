"""People, drafts and subscribers for the cluster, made in its database; prints what the command must know as JSON.

Run as a process of its own, with the environment of the site: `python -m tests.cluster.content 20`.
"""

import json
import os
import sys
from datetime import timedelta

DRAFTS = 8


def main(subscribers):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    import django

    django.setup()
    from django.utils import timezone

    from articles.alerts import noticing
    from articles.models import AlertPosition, Subscriber, Subscription
    from tests.cast import make_office, make_ready_article, make_user

    office = make_office()
    make_user("walt", "writer", office)
    make_user("aziz", "approver")
    drafts = [make_ready_article(headline=f"Draft {number}", slug=f"draft-{number}") for number in range(DRAFTS)]
    noticing.run()
    AlertPosition.objects.update(began_at=timezone.now() - timedelta(days=2))
    since = timezone.now() - timedelta(days=1)
    for number in range(subscribers):
        person = Subscriber.objects.create(email=f"reader-{number}@example.org")
        Subscription.objects.create(subscriber=person, language="en", filter="", confirmed_at=since)
    print(json.dumps({"drafts": [draft.pk for draft in drafts]}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
