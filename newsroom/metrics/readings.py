"""What /metrics reads at each scrape: about fifteen queries, each with an index and few rows, and the disks.

What could be a long queue is counted up to `COUNT_UP_TO`, so that a scrape costs the same with a million articles.
"""

import shutil
import time
from collections import Counter

from django.db import DatabaseError, InterfaceError
from django.db.models import Max
from django.utils import timezone

from articles import jobs
from articles.desk import lateness
from articles.media import renditions
from articles.models import Article, BackgroundJob, Delivery, ImportRun, Move, Subscription, WebhookMessage
from articles.publishing import due_editions

from ..doctor import background, database, storage
from .exposition import Metric

COUNT_UP_TO = 1000
LATEST = 1000  # deliveries whose outcomes are counted


def metrics():
    """[Metric]; while the database is away, only that it is, and the disks."""
    began, up = time.perf_counter(), Metric("newsroom_database_up", "Whether the database answers.")
    try:
        found = [*_overdue(), *_queues(), *_deliveries(), *_last_import(), *_jobs()]
    except (DatabaseError, InterfaceError):
        found = []
    seconds = Metric("newsroom_database_scrape_seconds", "How long the queries of this scrape took.")
    return [
        up.add(bool(found)),
        *([seconds.add(time.perf_counter() - began)] if found else []),
        *found,
        *_replica(),
        *_disks(),
    ]


def _overdue():
    metric = Metric("newsroom_overdue", "Articles that are due for ten minutes and not public, by what they wait for.")
    numbers = lateness.numbers(timezone.now() - due_editions.LATE)
    yield (
        metric.add(due_editions.overdue(), what="edition")
        .add(numbers[lateness.PAST_ITS_HOUR], what="review")
        .add(numbers[lateness.EMBARGO_PAST], what="embargo")
    )


def _queues():
    """How many wait, and for how long the first has waited; of what is sent at a given time, since that time."""
    number = Metric("newsroom_waiting", f"What waits, counted up to {COUNT_UP_TO}.")
    age = Metric("newsroom_waiting_oldest_seconds", "For how long the oldest of it has waited; 0 if nothing waits.")
    now = timezone.now()
    for name, (count, oldest) in _waiting(now).items():
        number.add(count, queue=name)
        age.add(max(0.0, (now - oldest).total_seconds()) if oldest else 0.0, queue=name)
    yield from (number, age)


def _waiting(now):
    """{queue: (number, the oldest moment or None)}"""
    to_webhooks = WebhookMessage.objects.filter(state="waiting", next_at__lte=now, webhook__is_active=True)
    queues = {
        "mails": (background.mails_to_editors(), "created_at"),
        "deliveries": (Delivery.objects.due(now), "due_at"),
        "confirmations": (Subscription.objects.filter(mail_wanted_at__isnull=False), "mail_wanted_at"),
        "webhooks": (to_webhooks.exclude(webhook__secret=""), "next_at"),
        "pictures": (renditions.due(), "created_at"),
    }
    found = {"review": _in_review()}
    for name, (rows, moment) in queues.items():
        moments = list(rows.order_by(moment).values_list(moment, flat=True)[:COUNT_UP_TO])
        found[name] = len(moments), moments[0] if moments else None
    return found


def _in_review():
    """By when each article was last submitted: what was imported in review has waited since nobody knows when."""
    ids = Article.objects.filter(state=Article.State.IN_REVIEW).order_by().values("pk")[:COUNT_UP_TO]
    submitted = Move.objects.filter(name="submit", article__in=ids).values("article").annotate(last=Max("at"))
    return ids.count(), submitted.order_by("last").values_list("last", flat=True).first()


def _deliveries():
    latest = Delivery.objects.order_by("-pk").values_list("sent_at", "left_out", "due_at")[:LATEST]
    metric = Metric("newsroom_latest_deliveries", f"What became of the latest {LATEST} deliveries to subscribers.")
    now, counts = timezone.now(), Counter(dict.fromkeys(("sent", "waiting", "later", *Delivery.LeftOut.values), 0))
    for sent_at, left_out, due_at in latest:
        counts["sent" if sent_at else left_out or ("waiting" if due_at <= now else "later")] += 1
    for outcome, number in counts.items():
        metric.add(number, outcome=outcome)
    yield metric


def _last_import():
    run = ImportRun.objects.first()
    finished = Metric("newsroom_last_import_timestamp_seconds", "When the last import was finished.")
    records = Metric("newsroom_last_import_records", "The records of the last import, by what became of them.")
    if run:
        finished.add(run.finished_at and run.finished_at.timestamp())
        for action, number in sum((Counter(counts) for counts in run.counts.values()), Counter()).items():
            records.add(number, action=action)
    yield from (finished, records)


def _jobs():
    success = Metric("newsroom_job_last_success_timestamp_seconds", "When a background job last succeeded.")
    fails = Metric("newsroom_job_fails", "Whether its last run failed.")
    late = Metric("newsroom_job_late", "Whether it has not succeeded for longer than it may take.")
    rows, now = {row.name: row for row in BackgroundJob.objects.all()}, timezone.now()
    for job in jobs.registered():
        if row := rows.get(job.name):
            success.add(row.succeeded_at and row.succeeded_at.timestamp(), job=job.name)
            fails.add(row.fails, job=job.name)
        late.add(background.is_late(job, rows.get(job.name), now), job=job.name)
    yield from (success, fails, late)


def _replica():
    """A read replica, where there is one (`doctor.database.REPLICA`)."""
    seconds = database.replica_lag()
    if seconds is not None:
        yield Metric("newsroom_replica_lag_seconds", "How far the read replica is behind.").add(seconds)


def _disks():
    metric = Metric("newsroom_disk_free_bytes", "Free space on the disks that fill up.")
    for what, folder in storage.places().items():
        metric.add(shutil.disk_usage(folder).free, of=what)
    yield metric
