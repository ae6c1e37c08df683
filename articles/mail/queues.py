"""Sends what is due to people outside, exactly once: what the jobs that send alerts and mails to the press share.

A run claims some hundred e-mail addresses by one UPDATE, and sends each its mails, at most five in an hour; what was
sent is stored after each mail. A worker that is killed before a mail is handed over leaves it to the next one, when its
claim has ended. Only if it is killed after the mail server has taken the mail and before that is stored is the mail
sent twice; both copies have the same Message-ID.
"""

import contextlib
import secrets
import time
from datetime import datetime, timedelta

from django.core.mail import get_connection
from django.db import DatabaseError, transaction
from django.utils import timezone

from ..models.outgoing.queues import is_free
from . import failures

CLAIM = timedelta(minutes=3)  # what a killed worker had claimed waits so long
WITHIN = 60  # seconds of a claim in which its mails are begun, each of which may take 100; the rest is claimed anew
AT_ONCE = 500  # e-mail addresses of one claim
MOST_IN_AN_HOUR = 5  # mails to one e-mail address
MARK_TRIES = 3
MOST_FAILURES = 3  # of the mail server in a row: then it is left alone until the next run
AN_HOUR = timedelta(hours=1)


class Run:
    """One run of a job: its connection, and how often the server failed. A subclass says what is sent to whom.

    addresses: their model (`MailQueue`). rows: that of what is sent (`Queued`). owner: the name of its
    foreign key to the e-mail address.
    """

    addresses, rows, owner = None, None, ""

    def __init__(self):
        self.worker, self.sent, self.failures = secrets.token_hex(16), 0, 0
        self.connection = get_connection()

    def read(self, claimed):
        """What `mails` needs for these e-mail addresses, read for all of them at once; for subclasses."""

    def mails(self, owner, batch):
        """Yield (mail, what marks it as sent: a function of the moment); each is written when the one before was sent.

        batch: what `read` gave. For subclasses.
        """
        raise NotImplementedError

    def switched_off(self, owner):
        """Called when an e-mail address was refused too often; for subclasses."""

    def send_all(self):
        """Send what is due; the number of mails."""
        try:
            while self.is_working and (claimed := self._claim()):
                self._send_to(claimed)
        finally:
            self._close()
            self._release()
        return self.sent

    @property
    def is_working(self):
        return self.failures < MOST_FAILURES

    def due(self, now, most):
        """The ids of e-mail addresses to which something is due, what waits longest first."""
        found = self.rows.objects.due(now).filter(is_free(now, f"{self.owner}__")).order_by("due_at", "pk")
        return list(found.values_list(self.owner, flat=True)[:most])

    def _claim(self):
        """E-mail addresses to which nobody else sends meanwhile."""
        now = timezone.now()
        ids = self.due(now, AT_ONCE)
        if not ids:
            return []
        rows = self.addresses.objects.filter(is_free(now), pk__in=ids)
        rows.update(claimed_by=self.worker, claimed_until=now + CLAIM)
        return list(self.addresses.objects.filter(claimed_by=self.worker).order_by("pk"))

    def _release(self):
        self.addresses.objects.filter(claimed_by=self.worker).update(claimed_by="", claimed_until=None)

    def _close(self):
        """The server may have ended the connection already, which is no failure of the mails before."""
        with contextlib.suppress(OSError):
            self.connection.close()

    def _send_to(self, claimed):
        end, batch = time.monotonic() + WITHIN, self.read(claimed)
        for owner in claimed:
            if not self.is_working or time.monotonic() > end:
                break
            self._send_each(owner, batch, end)
        self._release()

    def _send_each(self, owner, batch, end):
        """Every mail that is due to one e-mail address until `end`; after one that fails, the rest waits."""
        try:
            for mail, mark in self.mails(owner, batch):
                if time.monotonic() > end or not self._may_get_one(owner):
                    return
                self._send(mail)
                self._mark_sent(owner, mark)
                self.sent, self.failures = self.sent + 1, 0
        except Exception as error:
            self._close()
            if failures.is_about_server(error):
                self.failures += 1
            if failures.postpone(owner, self.rows.objects.waiting().filter(**{self.owner: owner}), error):
                self.switched_off(owner)

    def _send(self, mail):
        self.connection.open()
        self.connection.send_messages([mail])

    def _may_get_one(self, owner):
        """Whether an e-mail address had fewer than five mails in the last hour; if not, it waits until it has."""
        now = timezone.now()
        moments = [moment for text in owner.recent if (moment := datetime.fromisoformat(text)) > now - AN_HOUR]
        if len(moments) < MOST_IN_AN_HOUR:
            return True
        self.addresses.objects.filter(pk=owner.pk).update(next_at=moments[0] + AN_HOUR)
        return False

    def _mark_sent(self, owner, mark):
        """Store that the mail was handed over. Tried again: otherwise it would be sent a second time."""
        for attempt in range(1, MARK_TRIES + 1):
            try:
                return self._store_sent(owner, mark)
            except DatabaseError:
                if attempt == MARK_TRIES:
                    raise
        return None

    @transaction.atomic
    def _store_sent(self, owner, mark):
        now = timezone.now()
        mark(now)
        owner.recent = [*owner.recent, now.isoformat()][-MOST_IN_AN_HOUR:]
        self.addresses.objects.filter(pk=owner.pk).update(recent=owner.recent, next_at=None, attempts=0, refusals=0)
