"""The background jobs (`articles.jobs`) and the alarms of operators, as the database knows them."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone


class BackgroundJobManager(models.Manager):
    def claim(self, name, every):
        """Whether the job is due; it is due again in so many seconds. Only one process gets True."""
        now = timezone.now()
        self.get_or_create(name=name, defaults={"next_at": now})
        return bool(self.filter(name=name, next_at__lte=now).update(next_at=now + timedelta(seconds=every)))

    def note(self, name, **outcome):
        """Store when the job last succeeded or failed: `succeeded_at`, or `failed_at` and `error`."""
        if not self.filter(name=name).update(**outcome):
            self.update_or_create(name=name, defaults=outcome)


class BackgroundJob(models.Model):
    """When one process runs a job for all again, and how its last runs ended, in whichever process that was.

    `error` is the class of the exception; the log has the rest.
    """

    name = models.CharField(max_length=60, unique=True)
    next_at = models.DateTimeField(default=timezone.now)
    succeeded_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=100, blank=True, default="", db_default="")

    objects = BackgroundJobManager()

    def __str__(self):
        return self.name

    @property
    def fails(self):
        """Whether its last run failed."""
        return self.failed_at is not None and (self.succeeded_at is None or self.failed_at > self.succeeded_at)


class AlarmManager(models.Manager):
    def claim(self, row, seconds):
        """Whether the caller may send the mail about this row; for so many seconds no other process may."""
        now = timezone.now()
        free = self.filter(Q(claimed_until=None) | Q(claimed_until__lte=now), pk=row.pk, told_at=row.told_at)
        return bool(free.update(claimed_until=now + timedelta(seconds=seconds)))


class Alarm(models.Model):
    """Something that is wrong and that is mailed to the operators, once when it begins and once when it is over.

    `key` names the check and what it found, "jobs: mail". The row is deleted when its end was mailed.
    """

    key = models.CharField(max_length=150, unique=True)
    sentence = models.TextField()
    began_at = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(null=True)
    claimed_until = models.DateTimeField(null=True)

    objects = AlarmManager()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.key
