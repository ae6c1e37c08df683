"""Corrections: what an article said wrongly, and what it says now. Readers always see them."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.models.text_fields import LinesField

from ..article import Article
from ..history import ByModel, OfArticleManager


class CorrectionManager(OfArticleManager):
    def readable(self, language):
        """The corrections of articles in a language that readers can open, the newest first."""
        return self.of_articles(Article.objects.readable().in_language(language)).order_by("-at", "-id")

    def of_articles(self, articles):
        """Those of the articles of a queryset; each correction asks for its own article, however many there are."""
        return self.filter(models.Exists(articles.order_by().filter(pk=models.OuterRef("article"))))


class Correction(ByModel):
    """Belongs to the edition of its article that corrected it. It is never changed or deleted."""

    part_key = ("edition",)

    article = models.ForeignKey(Article, models.CASCADE, related_name="corrections", verbose_name=_("article"))
    edition = models.PositiveIntegerField(_("edition"))
    wrong = LinesField(_("what was wrong"), blank=True)
    now = LinesField(_("what it says now"), blank=True)
    at = models.DateTimeField(_("at"), default=timezone.now)

    objects = CorrectionManager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-at", "-id"]
        indexes = [models.Index(models.F("at").desc(), models.F("id").desc(), name="articles_correction_newest")]
        constraints = [models.UniqueConstraint(fields=["article", "edition"], name="articles_correction_edition")]

    def __str__(self):
        return f"{self.article_id} {self.edition}"

    def natural_key(self):
        return (*self.article.natural_key(), self.edition)
