"""What editors put on the front page and on the pages of regions: pinned articles, and banners in an emergency."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contacts.models import Region
from contacts.models.base import Coded, Translation, code_field
from contacts.models.text_fields import LongLineField, URLField

from ..article import Article

HOME = "home"
DAYS = 3  # that a pin stays, unless an editor says otherwise


def in_some_days():
    return (timezone.now() + timedelta(days=DAYS)).replace(minute=0, second=0, microsecond=0)


class PinManager(models.Manager):
    def get_by_natural_key(self, *key):
        *article, place = key
        return self.get(article=Article.objects.get_by_natural_key(*article), place=place)


class Pin(models.Model):
    """An article that stands at the top of the front page or of a region's page in its language, until a time."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="pins", verbose_name=_("article"))
    place = models.CharField(
        _("page"), max_length=80, default=HOME, help_text=_("The front page, or the page of a region.")
    )
    is_lead = models.BooleanField(
        _("lead story"), default=False, help_text=_("Large, above all others. Of several the first is shown so.")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    until = models.DateTimeField(
        _("until"), default=in_some_days, help_text=_("From then on the page shows the newest stories first again.")
    )

    objects = PinManager()

    class Meta:
        verbose_name = _("pinned article")
        verbose_name_plural = _("pinned articles")
        ordering = ["place", "-is_lead", "order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "place"],
                name="articles_pin_key",
                violation_error_message=_("This article is pinned there already."),
            )
        ]

    def __str__(self):
        return f"{self.article} ({self.place_name})"

    def natural_key(self):
        return (*self.article.natural_key(), self.place)

    @property
    def place_name(self):
        """“front page”, or the name of the region; its code if there is no such region any more."""
        if self.place == HOME:
            return gettext("front page")
        if not hasattr(self, "region_name"):  # lists annotate it
            region = Region.objects.filter(code=self.place).with_name().first()
            self.region_name = region and region.name
        return self.region_name or self.place

    def clean(self):
        if self.article_id and self.article.revises_id:
            raise ValidationError({"article": _("Pin the public version: this is a working copy.")})
        if self.place != HOME and not Region.objects.filter(code=self.place).exists():
            raise ValidationError({"place": _("There is no such region.")})


class Banner(Coded):
    """A notice above the front page and the pages of regions, in an emergency, until a time."""

    name_field = "text"

    code = code_field()
    until = models.DateTimeField(_("until"), default=in_some_days)
    link = URLField(_("address"), max_length=500, blank=True, help_text=_("Where readers find out more."))

    class Meta:
        verbose_name = _("banner")
        verbose_name_plural = _("banners")
        ordering = ["-until", "code"]


class BannerTranslation(Translation):
    owner_field = "banner"

    banner = models.ForeignKey(Banner, models.CASCADE, related_name="translations")
    text = LongLineField(_("text"))

    class Meta(Translation.Meta):
        verbose_name = _("text in a language")
        verbose_name_plural = _("texts in the languages")
        constraints = [models.UniqueConstraint(fields=["banner", "language"], name="articles_bannertranslation_key")]
