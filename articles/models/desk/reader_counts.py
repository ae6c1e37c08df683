"""How often readers opened something on a day."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReaderCount(models.Model):
    """`number` of readers' requests of a day (UTC) and language. `article`: its id, 0 if it is of none.

    `key` is of a page "home", "list", "region europe"; of a download "kit", "text", "attachment 7" (its id); of a site
    that led here its host. ALL is the sum of the pages, one row for each day and language. No row is of a person.
    """

    class Kind(models.TextChoices):
        ALL = "all", _("all pages")
        ARTICLE = "article", _("articles")
        PAGE = "page", _("other pages")
        DOWNLOAD = "download", _("downloads")
        SITE = "site", _("sites that led here")

    day = models.DateField()
    kind = models.CharField(max_length=8, choices=Kind)
    article = models.BigIntegerField(default=0)  # not a foreign key: the number stays when the article goes
    key = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=10, blank=True)
    number = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("reader count")
        verbose_name_plural = _("reader counts")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["day", "kind", "article", "key", "language"], name="articles_readers_of_a_day"
            )
        ]
        indexes = [models.Index(fields=["article", "day"], name="articles_readers_of_article")]

    def __str__(self):
        return f"{self.day} {self.kind} {self.article or self.key}"
