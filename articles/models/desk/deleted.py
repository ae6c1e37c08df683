"""Copies of articles that were deleted as drafts, with their moves, revisions and remarks."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from contacts.languages import direction, language_choices
from contacts.models import Office

USER = settings.AUTH_USER_MODEL


class DeletedArticle(models.Model):
    """A deleted article: its last content, and its moves, revisions and remarks as JSON.

    `publishing.afterwards.deleted_copy` writes it.

    The article's own moves, revisions and remarks were deleted with it; these are copies.
    """

    article = models.PositiveBigIntegerField(_("former number"), editable=False)
    headline = models.CharField(_("headline"), max_length=250)
    language = models.CharField(_("language"), max_length=12, choices=language_choices)
    office = models.ForeignKey(Office, models.SET_NULL, null=True, related_name="+", verbose_name=_("office"))
    author = models.CharField(_("author"), max_length=300, blank=True)
    by = models.ForeignKey(USER, models.SET_NULL, null=True, related_name="+", verbose_name=_("deleted by"))
    at = models.DateTimeField(_("deleted"), auto_now_add=True, db_index=True)
    restricted = models.BooleanField(default=False)  # only `readers` may see it, as the article before
    readers = models.ManyToManyField(USER, related_name="+")
    content = models.JSONField(_("last text"))
    history = models.JSONField(_("history"))

    class Meta:
        verbose_name = _("deleted article")
        verbose_name_plural = _("deleted articles")
        ordering = ["-at", "-id"]

    def __str__(self):
        return self.headline

    @property
    def direction(self):
        return direction(self.language)
