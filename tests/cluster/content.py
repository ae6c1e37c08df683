"""People, drafts and subscribers for the cluster, made in its database; prints what the command must know as JSON.

Run as a process of its own, with the environment of the site: `python -m tests.cluster.content 20`. With --from-nothing
it makes tables, static files and the import, too, in a tenth of the time that the commands of operators take.
"""

import json
import os
import sys
from datetime import timedelta
from importlib import import_module

DRAFTS = 8
EXAMPLE = "articles/importing/example/newsroom.jsonl"
SETTINGS = "tests.cluster.quick_settings"


def main(subscribers, is_from_nothing):
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    import django

    django.setup()
    if is_from_nothing:
        from_nothing()
    print(json.dumps({"drafts": people_and_drafts(subscribers)}))


def from_nothing():
    """The tables are those of the models. Migrations make the same, which `makemigrations --check` proves."""
    from django.apps import apps
    from django.core.management import call_command
    from django.db import connection
    from django.test import override_settings

    with override_settings(MIGRATION_MODULES=dict.fromkeys(config.label for config in apps.get_app_configs())):
        call_command("migrate", run_syncdb=True, verbosity=0)
    with connection.schema_editor() as editor:
        import_module("articles.migrations.0001_initial").create_search_tables(apps, editor)
    call_command("migrate", fake=True, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("import_fixture", EXAMPLE)


def people_and_drafts(subscribers):
    """Returns the ids of the drafts."""
    from django.utils import timezone

    from articles.alerts import announcements
    from articles.models import AlertPosition, Subscriber, Subscription
    from tests.cast import make_office, make_ready_article, make_user

    office = make_office()
    make_user("walt", "writer", office)
    make_user("aziz", "approver")
    drafts = [make_ready_article(headline=f"Draft {number}", slug=f"draft-{number}") for number in range(DRAFTS)]
    announcements.run()
    AlertPosition.objects.update(began_at=timezone.now() - timedelta(days=2))
    since = timezone.now() - timedelta(days=1)
    for number in range(subscribers):
        person = Subscriber.objects.create(email=f"reader-{number}@example.org")
        Subscription.objects.create(subscriber=person, language="en", filter="", confirmed_at=since)
    return [draft.pk for draft in drafts]


if __name__ == "__main__":
    main(int(sys.argv[-1]), "--from-nothing" in sys.argv)
