"""Remarks of people of the desk on an article, and who acts next."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from contacts.models.text_fields import LinesField

from ..article import Article
from ..history import ByModel, Revision

USER = settings.AUTH_USER_MODEL


class Remark(ByModel):
    """A remark beside a paragraph, or the answer to one. `paragraph` counts the parts of the text from 0 (headline).

    `paragraph_text` is the part's text when the remark was written: it finds the paragraph again in later revisions.
    """

    article = models.ForeignKey(Article, models.CASCADE, related_name="remarks")
    revision = models.ForeignKey(Revision, models.SET_NULL, null=True, blank=True, related_name="+")
    answer_to = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="answers")
    paragraph = models.PositiveIntegerField(_("paragraph"), default=0)
    paragraph_text = models.TextField(_("text of the paragraph"), blank=True)
    text = LinesField(_("remark"), max_length=5000)
    at = models.DateTimeField(_("at"), auto_now_add=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = models.ForeignKey(USER, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["id"]

    def __str__(self):
        return self.text[:80]


class Assignment(ByModel):
    """Who acts next on an article, and until when."""

    article = models.OneToOneField(Article, models.CASCADE, related_name="assignment")
    assignee = models.ForeignKey(USER, models.CASCADE, related_name="assignments", verbose_name=_("who acts next"))
    until = models.DateField(_("until"), null=True, blank=True)
    at = models.DateTimeField(_("at"), auto_now=True)

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")

    def __str__(self):
        return f"{self.article_id}: {self.assignee}"
