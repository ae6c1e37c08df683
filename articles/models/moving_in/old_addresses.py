"""Addresses of a former system: where each of them leads on this site, and how often it was asked for."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Left, Replace, StrIndex
from django.db.models.lookups import Exact, GreaterThan
from django.utils.translation import gettext_lazy as _

from contacts.models.base import refuse_faults
from contacts.models.text_fields import LineField, TidyField, TidyFormField

from ..article import Article
from . import spelling

SAME_START = 50  # patterns that begin alike, at most: a look-up reads them all


class OldAddressFormField(TidyFormField, forms.CharField):
    tidy = staticmethod(spelling.one_spelling)


class OldAddressField(TidyField, models.CharField):
    """An address of the former system in its one spelling, see `spelling`."""

    form_class = OldAddressFormField
    default_validators = [spelling.validate_address]


def _start():
    """What a look-up finds a row by: the address, or of a pattern what stands before its first wildcard.

    Of a pattern with a wildcard in a parameter: the path and the question mark, see `spelling.starts`.
    """
    wildcard = StrIndex(Replace(models.F("address"), models.Value("{"), models.Value("*")), models.Value("*"))
    query = StrIndex("address", models.Value("?"))
    return models.Case(
        models.When(Exact(wildcard, 0), then=models.F("address")),
        models.When(GreaterThan(query, 0) & GreaterThan(wildcard, query), then=Left("address", query)),
        default=Left("address", wildcard - 1),
        output_field=models.CharField(),
    )


class OldAddressQuerySet(models.QuerySet):
    def get_by_natural_key(self, address):
        return self.get(address=spelling.one_spelling(address))


class OldAddress(models.Model):
    """An address of a former system, or a pattern of addresses, and the article or the path where it leads."""

    key_field = "address"

    address = OldAddressField(
        _("old address"),
        max_length=spelling.LONGEST,
        unique=True,
        error_messages={"unique": _("This address is in the table already.")},
    )
    article = models.ForeignKey(
        Article,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="old_addresses",
        verbose_name=_("article"),
        help_text=_("Its language version is the one that readers get. Until it is public, they get “not found”."),
    )
    path = LineField(
        _("page of this site"),
        max_length=spelling.LONGEST,
        blank=True,
        validators=[spelling.validate_target],
        help_text=_("Or the path of any other public page, such as /en/topics/floods/ or /en/news/{slug}/."),
    )
    note = LineField(_("note"), max_length=250, blank=True, help_text=_("For the desk only."))
    start = models.GeneratedField(
        expression=_start(),
        output_field=models.CharField(max_length=spelling.LONGEST),
        db_persist=True,
        serialize=False,
    )

    objects = OldAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")
        ordering = ["address"]
        indexes = [models.Index(fields=["start"], name="articles_oldaddress_start")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(article=None) & ~models.Q(path="") | models.Q(article__isnull=False, path=""),
                name="articles_oldaddress_target",
                violation_error_message=_("Choose an article or enter a path: one of the two."),
            )
        ]

    def __str__(self):
        return self.address

    def natural_key(self):
        return (self.address,)

    @property
    def is_pattern(self):
        return spelling.is_pattern(self.address)

    def clean(self):
        if self.article_id and self.article.revises_id:
            raise ValidationError({"article": _("Choose the public version: this is a working copy.")})
        refuse_faults(self)
        self._refuse_too_many_alike()

    @staticmethod
    def faults(values):
        path = values["path"]
        if path and spelling.one_spelling(path) == values["address"]:
            yield "path", _("This is an old address itself. Enter where that one leads.")
        used = spelling.names(path) | ({spelling.REST} if "*" in path else set())
        if unknown := sorted(used - spelling.names(values["address"])):
            shown = ", ".join(name if name == spelling.REST else f"{{{name}}}" for name in unknown)
            yield "path", _("The old address has no %(names)s.") % {"names": shown}

    def _refuse_too_many_alike(self):
        if not self.is_pattern:
            return
        alike = OldAddress.objects.filter(start=spelling.start(self.address)).exclude(pk=self.pk)
        if alike[:SAME_START].count() >= SAME_START:
            message = _("There are %(most)s patterns already that begin like this one. Use fewer, wider ones.")
            raise ValidationError({"address": message % {"most": SAME_START}})


class OldAddressUse(models.Model):
    """How often readers came by an old address; apart from it, because many processes write it all day long."""

    old_address = models.OneToOneField(OldAddress, models.CASCADE, primary_key=True, related_name="use")
    hits = models.PositiveBigIntegerField(_("hits"), default=0)
    last_at = models.DateTimeField(_("last hit"))

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.old_address}: {self.hits}"
