"""Queues of mails to people outside: the state of an e-mail address, and what is to be sent to it, once."""

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _


def new_key():
    return secrets.token_urlsafe(16)


def is_free(now, path=""):
    """Condition: a mail can be sent to the e-mail address now. `path`: from the row to its queue, "subscriber__"."""
    free = models.Q(**{f"{path}switched_off_at": None})
    for name in ("next_at", "claimed_until"):
        free &= models.Q(**{f"{path}{name}": None}) | models.Q(**{f"{path}{name}__lte": now})
    return free


class MailQueue(models.Model):
    """An e-mail address with the state of its queue; `articles.mail.queues` sends.

    Links to it are signed with the SECRET_KEY from `key`; no link is stored. A worker that sends claims the row until
    `claimed_until`; after a failure, or with five mails in the last hour (`recent`), it waits until `next_at`.
    """

    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    claimed_until = models.DateTimeField(null=True, editable=False)
    claimed_by = models.CharField(max_length=32, blank=True, editable=False, db_index=True)
    next_at = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveIntegerField(default=0, editable=False)
    recent = models.JSONField(default=list, editable=False)  # when the last mails were sent, at most five
    refusals = models.PositiveSmallIntegerField(_("refusals"), default=0, editable=False)  # permanent ones, in a row
    switched_off_at = models.DateTimeField(_("switched off"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True


class QueuedQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(sent_at=None, left_out="")

    def due(self, now):
        return self.waiting().filter(due_at__lte=now)


class Queued(models.Model):
    """One thing to send to one e-mail address. A subclass has a unique constraint, so that nobody gets it twice.

    `edition` is the one whose text was sent. `left_out` says why it was not sent, if it was not.
    """

    due_at = models.DateTimeField(_("due"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    edition = models.PositiveIntegerField(_("edition"), default=0)
    left_out = models.CharField(_("not sent"), max_length=24, blank=True)

    objects = QueuedQuerySet.as_manager()

    class Meta:
        abstract = True
