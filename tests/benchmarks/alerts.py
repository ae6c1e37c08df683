"""E-mail alerts with a mail server of this machine: whether each mail comes once, and what 100,000 of them cost.

    python -m tests.benchmarks.alerts kills              200 subscribers, three articles, a server that fails one time in
                                                         three, `manage.py work` killed ten times (SIGKILL)
    python -m tests.benchmarks.alerts many [NUMBER]      so many subscribers (100,000), one article: memory and rate

On SQLite in a temporary file, or on the server of DATABASE_URL in a database of its own. `kills` ends with 1 if a mail
is missing, or if more came twice than a worker was killed after the server had taken a mail.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter

PEOPLE, ARTICLES, KILLS = 200, 3, 10
SUBJECTS = [f"The news of article {number}" for number in range(ARTICLES)]


def kills():
    """Whether each of the subscribers got each article, and once."""
    from articles.alerts import announcements
    from articles.models import Delivery, Subscriber
    from tests.articles.alerts.mailserver import MailServer
    from tests.cast import make_article

    _subscribe(PEOPLE)
    draw, killed = random.Random(1), 0
    with MailServer(lambda recipient: draw.choice(["", "", "451 Later"])) as server:
        for subject in SUBJECTS:
            make_article(headline=subject)
        announcements.run()
        while Delivery.objects.waiting().exists():
            worker = _worker(server.port)
            before = len(server.taken)
            while worker.poll() is None and (killed >= KILLS or len(server.taken) < before + draw.randint(3, 25)):
                time.sleep(0.002)
                _as_if_hours_had_passed(Subscriber)
                if not Delivery.objects.waiting().exists():
                    break
            if killed < KILLS:
                killed += 1
                worker.send_signal(signal.SIGKILL)
            else:
                worker.terminate()
            worker.wait()
            Subscriber.objects.update(claimed_until=None, claimed_by="", next_at=None, recent=[])
    return _judge(server.got, killed)


def _judge(got, killed):
    pairs = Counter((message["To"], subject) for message in got for subject in _subjects_in(message))
    ids = Counter(message["Message-ID"] for message in got)
    missing = PEOPLE * ARTICLES - len(pairs)
    twice = sum(number - 1 for number in pairs.values())
    unknown_copies = twice - sum(number - 1 for number in ids.values()) * ARTICLES
    print(
        f"{len(got)} mails with {sum(pairs.values())} articles to {PEOPLE} people; the worker was killed {killed} times"
    )
    print(f"missing: {missing}; twice: {twice}, of which not to be known by their Message-ID: {max(0, unknown_copies)}")
    return missing == 0 and twice <= killed * ARTICLES


def _subjects_in(message):
    text = message.get_body(("plain",)).get_content()
    return [subject for subject in SUBJECTS if subject in text]


def _as_if_hours_had_passed(subscribers):
    subscribers.objects.filter(claimed_until=None).exclude(next_at=None).update(next_at=None, recent=[])


def _worker(port):
    from django.db import connection

    own = connection.settings_dict
    name = own["NAME"]
    address = f"sqlite:///{name}" if connection.vendor == "sqlite" else _server(own) + name
    environment = {**os.environ, "DATABASE_URL": address, "EMAIL_URL": f"smtp://127.0.0.1:{port}"}
    return subprocess.Popen([sys.executable, "manage.py", "work"], env=environment, stderr=subprocess.DEVNULL)


def _server(own):
    return f"postgres://{own['USER']}:{own['PASSWORD']}@{own['HOST']}:{own['PORT']}/"


def many(number):
    """Sign up so many people to one list, publish an article, and send it to all."""
    from django.conf import settings

    from articles.alerts import announcements, sending
    from articles.models import Delivery
    from tests.articles.alerts.mailserver import MailServer
    from tests.cast import make_article

    _subscribe(number)
    before = _memory()
    with MailServer() as server:
        server.taken = _Counted()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        make_article(headline=SUBJECTS[0], summary="What it is about, in a sentence or two. " * 4)
        begun = time.perf_counter()
        announcements.run()
        written = time.perf_counter()
        print(
            f"{Delivery.objects.count():,} deliveries written in {written - begun:.1f} s; {_memory() - before:.0f} MB more"
        )
        sent = sending.send_due()
        took = time.perf_counter() - written
    print(f"{sent:,} mails sent in {took:.0f} s: {sent / took:.0f} a second (the server beside it)")
    print(f"memory: {before:.0f} MB before, {_memory():.0f} MB at most; the server took {server.taken.number:,}")
    return sent == number == server.taken.number


class _Counted:
    """Counts what a server takes, and keeps none of it."""

    number = 0

    def append(self, message):
        self.number += 1


def _memory():
    """The most that this process ever had, in MB."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _subscribe(number):
    from datetime import timedelta

    from django.utils import timezone

    from articles.alerts import announcements
    from articles.models import AlertPosition, Subscriber, Subscription

    announcements.run()
    AlertPosition.objects.update(began_at=timezone.now() - timedelta(days=2))
    since = timezone.now() - timedelta(days=1)
    for start in range(0, number, 1000):
        some = range(start, min(start + 1000, number))
        rows = Subscriber.objects.bulk_create(Subscriber(email=f"reader-{one}@example.org") for one in some)
        Subscription.objects.bulk_create(
            Subscription(subscriber=row, language="en", filter="", confirmed_at=since) for row in rows
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["kills", "many"])
    parser.add_argument("number", type=int, nargs="?", default=100_000)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    os.environ["DEBUG"] = "0" if os.environ.get("SECRET_KEY") else "1"
    folder = tempfile.TemporaryDirectory()
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder.name}/base.sqlite3")
    import django
    from django.conf import settings
    from django.db import connection

    django.setup()
    settings.DEBUG = False
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = f"{folder.name}/test.sqlite3"
    else:
        connection.settings_dict["TEST"]["NAME"] = "test_alerts_benchmark"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        is_right = kills() if options.what == "kills" else many(options.number)
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)
        folder.cleanup()
    sys.exit(not is_right)


if __name__ == "__main__":
    main()
