"""Who may see an article that is limited to named people, as long as it is not public."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..article import Article


class ArticleReader(models.Model):
    """A person who may see an article with `restricted`. Nobody else may, whatever their rights."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="reader_rows")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("user"))

    class Meta:
        verbose_name = _("named person")
        verbose_name_plural = _("named people")
        constraints = [models.UniqueConstraint(fields=["article", "user"], name="articles_articlereader_key")]

    def __str__(self):
        return f"{self.article_id}: {self.user_id}"  # no headline: pages that delete accounts list these rows
