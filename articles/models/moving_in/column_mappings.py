"""How the columns of a table become fields of articles, kept for the next table; tables that wait to be imported."""

import hashlib

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from contacts.models.text_fields import LineField


def headers_key(headers):
    """One text for a set of headers, whatever their order and capitals."""
    names = sorted({" ".join(header.lower().split()) for header in headers})
    return hashlib.sha256("\n".join(names).encode()).hexdigest()


class ColumnMapping(models.Model):
    """Which column is which field, and what holds for all rows; found again by the headers, or by its name.

    `columns`: {header: field}, a field of `articles.importing.tables.fields`, or "" for what is left out. `values`:
    what all rows share: language, kind, office, region, topic, state, order of dates, time zone.
    """

    name = LineField(_("name"), max_length=120, unique=True)
    headers = models.CharField(max_length=64, unique=True, editable=False)  # see `headers_key`
    columns = models.JSONField(default=dict)
    values = models.JSONField(default=dict)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        default_permissions = ()
        ordering = ["name"]

    def __str__(self):
        return self.name


class WaitingTable(models.Model):
    """A table that somebody has uploaded and not imported yet. Importing deletes it, or an upload a day later.

    A large one is planned and imported in the background (`articles.importing.tables.large`). `wanted`: "plan" or
    "import" until that is done; `outcome`: what it gave. `done`: percent of the rows that were read.
    """

    name = LineField(_("file"), max_length=200)
    data = models.BinaryField()
    encoding = models.CharField(max_length=20, blank=True)
    header_line = models.PositiveIntegerField(default=0)
    mapping = models.ForeignKey(ColumnMapping, models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    is_large = models.BooleanField(default=False)
    wanted = models.CharField(max_length=6, blank=True)
    leave_out = models.BooleanField(default=False)  # import without the rows that cannot be imported
    language = models.CharField(max_length=12, blank=True)  # of the sentences of the outcome
    claimed_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveSmallIntegerField(default=0)
    outcome = models.JSONField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.name
