"""The record of fixture imports: the runs, and what each of them wrote."""

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _


class ImportRun(models.Model):
    """One run of `import_fixture`: who, when, which files, how many records of each kind."""

    class State(models.TextChoices):
        DONE = "done", _("done")
        UNDONE = "undone", _("undone")

    started_at = models.DateTimeField(_("started"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    by = models.CharField(
        _("by"), max_length=150, blank=True, help_text=_("The user, or the server account that ran the command.")
    )
    source = models.TextField(_("files"))
    sha256 = models.CharField("SHA-256", max_length=64)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.DONE)
    counts = models.JSONField(_("counts"), default=dict, help_text="{model: {action: number of records}}")

    class Meta:
        verbose_name = _("import run")
        verbose_name_plural = _("import runs")
        ordering = ["-id"]

    def __str__(self):
        return f"{capfirst(self._meta.verbose_name)} {self.pk}"


class ImportRecord(models.Model):
    """What one run wrote into one row, and the row's content before. The newest record of a row counts.

    A row whose content no longer has this `digest` was edited since: the next import reports a conflict, and undo
    leaves the row alone.
    """

    model = models.CharField(max_length=60)
    key = models.CharField(max_length=1024, help_text="The natural key as compact JSON.")
    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="records")
    digest = models.CharField(max_length=32, help_text="BLAKE2b-128 of the row's content as written, in hex.")
    before = models.JSONField(null=True, blank=True, help_text="Content before this run; empty if the run created it.")

    class Meta:
        verbose_name = _("imported record")
        verbose_name_plural = _("imported records")
        constraints = [models.UniqueConstraint(fields=["model", "key", "run"], name="articles_importrecord_key")]

    def __str__(self):
        return f"{self.model} {self.key}"
