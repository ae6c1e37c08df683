"""Pages of the site itself, such as "Who we are", its looks, and the site version."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.fields import HTMLField
from contacts.models.base import Coded, CodedQuerySet, Translation, code_field
from contacts.models.links import refuse_circles
from contacts.models.text_fields import LineField, LinesField

from .login import models as login_models  # noqa: F401 - their tables
from .theme.models import Theme, ThemeTranslation

__all__ = ["Page", "PageTranslation", "SiteVersion", "Theme", "ThemeTranslation"]


class PageQuerySet(CodedQuerySet):
    def published(self):
        return self.filter(is_published=True)


class Page(Coded):
    """A page of the site itself, such as "Who we are". Published top-level pages can be in the navigation."""

    name_field = "title"

    code = code_field()
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    order = models.PositiveIntegerField(_("order"), default=0)
    in_navigation = models.BooleanField(_("in the navigation"), default=True)
    is_published = models.BooleanField(_("published"), default=True)

    objects = PageQuerySet.as_manager()

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["order", "code"]

    def get_absolute_url(self):
        return reverse("page", args=[self.code])

    def clean(self):
        refuse_circles(self, "parent")


class PageTranslation(Translation):
    owner_field = "page"

    page = models.ForeignKey(Page, models.CASCADE, related_name="translations")
    title = LineField(_("title"), max_length=160)
    intro = LinesField(_("introduction"), blank=True)
    body = HTMLField(_("text"), blank=True)

    class Meta(Translation.Meta):
        verbose_name = _("texts of a page")
        verbose_name_plural = _("texts of a page")
        constraints = [models.UniqueConstraint(fields=["page", "language"], name="newsroom_pagetranslation_key")]


def pages_showing(sha256, public):
    """The pages whose text shows a media file (by its SHA-256). There are few pages, so their text is searched."""
    pages = Page.objects.published() if public else Page.objects.all()
    return pages.filter(translations__body__contains=sha256).distinct()


def fault_of_page(language, code):
    """For the check of links: why a page cannot be read, a code of `articles.checks.links.addresses`."""
    return "" if Page.objects.published().filter(code=code).exists() else "nowhere"


class SiteVersion(models.Model):
    """A single row whose value changes with every change of public content (see siteversion.py)."""

    value = models.BigIntegerField()

    class Meta:
        verbose_name = verbose_name_plural = "site version"
        default_permissions = ()

    def __str__(self):
        return str(self.value)
