"""Checks of the background: that jobs run, that mails and messages leave, that there is a new backup."""

from datetime import timedelta

from django.conf import settings
from django.core import mail
from django.utils import timezone

from articles import jobs
from articles.alerts import sending as alert_sending
from articles.mail.notices import waiting
from articles.models import BackgroundJob, Subscription, WebhookMessage

from .finding import WRONG, Finding

WORKERS = "Run manage.py serve or manage.py work, and see their log."
# Mail to an editor waits ten minutes for the next one, and after a failure an hour at most.
WAITING_LONG = timedelta(hours=1, minutes=15)
FAILS_LONG = timedelta(minutes=10)
ALARMS = "alarms"  # the job that mails what is found here: when it fails, it cannot mail that
BACKUP = "backup"  # the name under which a command that makes backups notes its success in BackgroundJob
BACKUP_OLD = timedelta(hours=26)
COUNT_UP_TO = 1000


def jobs_run():
    """Each job has succeeded of late in some process. When all stand still, there is no process that runs them."""
    rows = {row.name: row for row in BackgroundJob.objects.all()}
    now, expected = timezone.now(), jobs.registered()
    latest = max((row.succeeded_at for row in rows.values() if row.succeeded_at and row.name != BACKUP), default=None)
    if latest is None:
        yield Finding("none", "No background job has ever run: nothing is published by the clock or mailed.", WORKERS)
        return
    heartbeat = next(job for job in expected if job.name == jobs.NOTING)
    if now - latest > timedelta(seconds=heartbeat.is_late_after):
        sentence = f"No background job has run since {_moment(latest)}: nothing is published by the clock or mailed."
        yield Finding("none", sentence, WORKERS)
        return
    for job in expected:
        row = rows.get(job.name)
        if row and _fails_for_long(row, now) and job.name != ALARMS:
            sentence = f"The job “{job.name}” fails ({row.error}), last at {_moment(row.failed_at)}."
            yield Finding(f"{job.name} fails", sentence, f"The log says why: “The job “{job.name}” failed”.")
        elif is_late(job, row, now):
            sentence = f"The job “{job.name}” has not succeeded since {_moment(row.succeeded_at or row.next_at)}."
            yield Finding(f"{job.name} stands", sentence, "See the log. Restart serve or work if it hangs.")


def _fails_for_long(row, now):
    """One failure of a job that is soon tried again alarms nobody."""
    return row.fails and (row.succeeded_at is None or now - row.succeeded_at > FAILS_LONG)


def is_late(job, row, now):
    """Whether a job has not succeeded for too long. One without a row is new: it runs within a minute, or all stand."""
    return row is not None and now - (row.succeeded_at or row.next_at) > timedelta(seconds=job.is_late_after)


def _moment(at):
    return f"{at:%Y-%m-%d %H:%M} UTC"


def mails_to_editors():
    """The notices that wait to be mailed. Daily mails wait for their hour, unless the mail server has refused them."""
    return waiting().exclude(recipient__mails="daily", recipient__attempts=0)


def mails_leave():
    before = timezone.now() - WAITING_LONG
    late = mails_to_editors().filter(created_at__lt=before)
    numbers = {
        "to editors": late.order_by().values("pk")[:COUNT_UP_TO].count(),
        "to subscribers": sum(alert_sending.late_numbers().values()),
        "to confirm subscriptions": Subscription.objects.filter(mail_wanted_at__lt=before).count(),
    }
    for what, number in numbers.items():
        if number:
            sentence = f"{number:,} {'message' if number == 1 else 'messages'} {what} wait for more than an hour."
            yield Finding(what, sentence, "Does the mail server in EMAIL_URL answer? The log says what it refuses.")


def mail_server_answers():
    """Asked as if there were a mail, with the password, and left again."""
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        return
    try:
        with mail.get_connection():
            pass
    except OSError as error:  # smtplib's errors, too
        code = getattr(error, "smtp_code", None)
        why = f"answers {code}" if code else f"does not answer ({error.strerror or type(error).__name__})"
        sentence = f"The mail server {settings.EMAIL_HOST}:{settings.EMAIL_PORT} {why}: mails wait."
        yield Finding("away", sentence, "Is EMAIL_URL right: host, port, user, password, and smtp+tls or smtps?")


def webhooks_leave():
    """Owners get mails about endpoints that fail; here it is about messages that nobody tries to send."""
    rows = WebhookMessage.objects.filter(state="waiting", next_at__lt=timezone.now() - WAITING_LONG)
    rows = rows.filter(webhook__is_active=True).exclude(webhook__secret="")
    if number := rows.order_by().values("pk")[:COUNT_UP_TO].count():
        sentence = f"{number:,} messages to webhooks are due for more than an hour and were not tried."
        yield Finding("waiting", sentence, WORKERS)


def backup_is_new():
    """Only where backups are made by a command that notes them."""
    row = BackgroundJob.objects.filter(name=BACKUP).exclude(succeeded_at=None).first()
    if row and timezone.now() - row.succeeded_at > BACKUP_OLD:
        sentence = f"The last backup is of {_moment(row.succeeded_at)}."
        yield Finding("old", sentence, "See the log of the timer that makes backups.", WRONG)
