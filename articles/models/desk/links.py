"""What `manage.py check_links` found: links of public articles that lead nowhere, and how far it has got."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..article import Article


class BrokenLink(models.Model):
    """A link of an article that did not work when it was last checked.

    `fault` is a code of `checks.links.addresses`, or "answer" (another site answers `status`) or "unreachable".
    """

    # The faults that are reported at once; a site that does not answer is asked again before it is reported.
    CERTAIN = ("nowhere", "withdrawn", "gone", "ended", "answer")

    article = models.ForeignKey(Article, models.CASCADE, related_name="broken_links", verbose_name=_("article"))
    address = models.TextField(_("address"))
    fault = models.CharField(_("fault"), max_length=12)
    status = models.PositiveSmallIntegerField(_("answer"), default=0)
    times = models.PositiveSmallIntegerField(_("times in a row"), default=1)
    since = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("broken link")
        verbose_name_plural = _("broken links")
        ordering = ["id"]
        default_permissions = ()

    def __str__(self):
        return self.address


class LinkCheck(models.Model):
    """One run of the check. `next_article`: the id below which the next run goes on with the links to other sites."""

    started_at = models.DateTimeField(default=timezone.now)
    articles = models.PositiveIntegerField(default=0)
    asked = models.PositiveIntegerField(default=0)
    broken = models.PositiveIntegerField(default=0)
    next_article = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = verbose_name_plural = "check of links"
        ordering = ["-id"]
        default_permissions = ()

    def __str__(self):
        return f"{self.started_at:%Y-%m-%d %H:%M}"
