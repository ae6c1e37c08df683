"""What the open forms of the admin keep on the server: unsaved texts (`Scratch`), and who has which form open."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

NEW = 0  # the `row` of a form that adds one


class OfForm(models.Model):
    """Of one person's form: `model` is a label such as "articles.article", `row` the primary key of the row in it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("by"))
    model = models.CharField(max_length=60)
    row = models.PositiveBigIntegerField(default=NEW)

    class Meta:
        abstract = True


class UnsavedManager(models.Manager):
    def get_queryset(self):
        return self.with_saved().filter(sent_at=None)

    def with_saved(self):
        return super().get_queryset()


class Scratch(OfForm):
    """One person's unsaved text of one form; gone when saved or thrown away. Nobody else ever sees it.

    `data` is what the browser would post, as JSON: [[name, text], …]. Each window has a `key` of its own, so that two
    windows do not overwrite each other's text. `title`: the headline, for lists.

    Once a form of which copies were sent is saved, a row without its words stays: a copy that was sent before the save
    and comes after it is known by `sent_at`, when the saved form was sent, in milliseconds by the clock of its browser;
    0 if it did not say.
    """

    key = models.CharField(max_length=32, unique=True)
    title = models.CharField(max_length=250, blank=True)
    data = models.TextField()
    saved_at = models.DateTimeField(default=timezone.now, db_index=True)
    sent_at = models.BigIntegerField(null=True)

    objects = UnsavedManager()

    class Meta:
        indexes = [models.Index(fields=["user", "model", "row"], name="contacts_scratch_form")]

    def __str__(self):
        return f"{self.model} {self.row} {self.saved_at:%Y-%m-%d %H:%M}"

    @property
    def form_address(self):
        """The URL of the form in the admin in which the text is offered."""
        name = f"admin:{self.model.replace('.', '_')}"
        return reverse(f"{name}_change", args=[self.row]) if self.row else reverse(f"{name}_add")

    @property
    def restore_address(self):
        return reverse(f"admin:{self.model.replace('.', '_')}_restore", args=[self.key])


class OpenForm(OfForm):
    """Somebody has a row's form open: since when, when the browser last said so, and when they last typed."""

    opened_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now, db_index=True)
    typed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["model", "row", "user"], name="contacts_openform_key")]

    def __str__(self):
        return f"{self.model} {self.row} {self.user_id}"
