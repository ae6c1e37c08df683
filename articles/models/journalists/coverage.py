"""Coverage: who published a story of ours, where and when."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from contacts.languages import direction, language_choices
from contacts.models.text_fields import LineField, URLField

from ..article import Article


class CoverageManager(models.Manager):
    def get_by_natural_key(self, *key):
        *article, address = key
        return self.get(article=Article.objects.get_by_natural_key(*article), address=address)


class Coverage(models.Model):
    """One report about an article. Readers see it beside the article if `is_public`."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="coverage", verbose_name=_("article"))
    outlet = LineField(_("outlet"), max_length=160)
    title = LineField(_("title"), max_length=250)
    address = URLField(_("address"), max_length=500)
    published_on = models.DateField(_("date"))
    language = models.CharField(_("language"), max_length=12, choices=language_choices)
    is_public = models.BooleanField(
        _("shown to readers"), default=False, help_text=_("Listed on the article’s public page.")
    )

    objects = CoverageManager()

    class Meta:
        verbose_name = _("media coverage")
        verbose_name_plural = _("media coverage")
        ordering = ["-published_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "address"],
                name="articles_coverage_key",
                violation_error_message=_("This report is listed already."),
            )
        ]

    def __str__(self):
        return f"{self.outlet}: {self.title}"

    def natural_key(self):
        return (*self.article.natural_key(), self.address)

    def clean(self):
        if self.article_id and self.article.revises_id:
            raise ValidationError({"article": _("Choose the public version: this is a working copy.")})

    @property
    def direction(self):
        return direction(self.language)
