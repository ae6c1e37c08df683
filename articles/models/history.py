"""The history of an article: revisions and editions, moves, earlier addresses; and the counter of reference numbers."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from contacts.languages import language_choices

from .article import Article

USER = settings.AUTH_USER_MODEL


class Revision(models.Model):
    """The content after one save. A published one is an edition: numbered and chained by SHA-256."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="revisions")
    created_at = models.DateTimeField(_("saved at"), auto_now_add=True)
    by = models.ForeignKey(USER, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by"))
    content = models.JSONField(_("content"))
    edition = models.PositiveIntegerField(_("edition"), null=True, blank=True)
    contact_lines = models.JSONField(_("contact lines as published"), default=list)
    change_kind = models.CharField(_("kind of change"), max_length=12, choices=Article.Change, blank=True)
    change_note = models.TextField(_("change note"), blank=True)
    previous_sha256 = models.CharField(max_length=64, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["article", "edition"], name="articles_revision_edition")]

    def __str__(self):
        return f"{self.article_id} {self.created_at:%Y-%m-%d %H:%M}"


class Move(models.Model):
    """One move of the workflow: who made it, when, from which state to which, and why."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="moves")
    name = models.CharField(_("move"), max_length=24)
    from_state = models.CharField(_("from"), max_length=12)
    to_state = models.CharField(_("to"), max_length=12)
    by = models.ForeignKey(USER, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("move")
        verbose_name_plural = _("moves")
        ordering = ["-id"]

    def __str__(self):
        return f"{self.name}: {self.from_state} → {self.to_state}"


class SlugHistory(models.Model):
    """An earlier address of an article, which redirects. It is deleted when the address is used again: no loops."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="old_slugs")
    language = models.CharField(max_length=12, choices=language_choices)
    slug = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("earlier address")
        verbose_name_plural = _("earlier addresses")
        constraints = [models.UniqueConstraint(fields=["language", "slug"], name="articles_slughistory_address")]

    def __str__(self):
        return f"{self.language}/{self.slug}"


class ReferenceCounter(models.Model):
    """The last reference number given in a year. Its row is locked while numbers are given."""

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self):
        return f"{self.year}-{self.last:05}"
