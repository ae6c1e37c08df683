"""Texts of their own beside an article's text: boilerplates, such as "About the organisation", and quotes."""

from django.db import models
from django.db.models import F, Max, Q
from django.utils.translation import gettext_lazy as _

from contacts.languages import language_choices
from contacts.models import Office
from contacts.models.base import Coded, CodedQuerySet, Translation, code_field, refuse_faults
from contacts.models.text_fields import LineField, LinesField

from ...fields import HTMLField
from ...html import body_image_keys
from ...kinds import kind_choices
from ..article import Article
from ..history import OfArticleManager
from ..states import State


class BoilerplateQuerySet(CodedQuerySet):
    def text_for(self, article):
        """The BoilerplateTranslation for an article's language, office and kind, the most specific one; or None."""
        texts = BoilerplateTranslation.objects.filter(
            Q(boilerplate__office=None) | Q(boilerplate__office=article.office_id),
            language=article.language,
            boilerplate__kind__in=["", article.kind],
        )
        return texts.order_by(F("boilerplate__office").desc(nulls_last=True), "-boilerplate__kind").first()

    def shown_with(self, article):
        """(title, HTML) as published, or None; of an article that is not approved yet, what it would get now."""
        if article.revises_id is None and article.state in (State.APPROVED, State.WITHDRAWN):
            return (article.boilerplate_title, article.boilerplate) if article.boilerplate else None
        found = self.text_for(article)
        return (found.title, found.body) if found else None


class Boilerplate(Coded):
    """A standing text for the articles of one office or of all, of one kind or of all.

    The most specific one is taken when an article is published, office before kind. The article keeps it (its
    columns `boilerplate_title` and `boilerplate`) until its next edition, whatever is changed here.
    """

    name_field = "title"

    code = code_field()
    office = models.ForeignKey(
        Office,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("office"),
        help_text=_("Only for articles of this office; empty: of every office."),
    )
    kind = models.CharField(
        _("kind"),
        max_length=24,
        choices=kind_choices,
        blank=True,
        default="",
        help_text=_("Only for articles of this kind; empty: of every kind."),
    )

    objects = BoilerplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("boilerplate")
        verbose_name_plural = _("boilerplates")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "kind"],
                condition=Q(office__isnull=False),
                name="articles_boilerplate_office_kind",
                violation_error_message=_("There is a boilerplate for this office and kind already."),
            ),
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(office__isnull=True),
                name="articles_boilerplate_kind",
                violation_error_message=_("There is a boilerplate for this office and kind already."),
            ),
        ]


class BoilerplateTranslation(Translation):
    owner_field = "boilerplate"

    boilerplate = models.ForeignKey(Boilerplate, models.CASCADE, related_name="translations")
    title = LineField(_("title"), max_length=160)
    body = HTMLField(_("text"))

    class Meta(Translation.Meta):
        verbose_name = _("text of a boilerplate")
        verbose_name_plural = _("texts of a boilerplate")
        constraints = [
            models.UniqueConstraint(fields=["boilerplate", "language"], name="articles_boilerplatetranslation_key")
        ]

    def clean(self):
        refuse_faults(self)

    @staticmethod
    def faults(values):
        if body_image_keys(values["body"]):
            yield "body", _("A boilerplate has no pictures.")


class QuoteQuerySet(models.QuerySet):
    def unapproved(self):
        return self.filter(approved_on=None)


class Quote(models.Model):
    """A person's words in an article's language version. `number` counts them within the article and never changes."""

    part_key = ("number",)
    FIELDS = ("speaker", "role", "text", "language", "approved_by", "approved_on")

    article = models.ForeignKey(Article, models.CASCADE, related_name="quotes")
    number = models.PositiveSmallIntegerField(_("number"), editable=False)
    speaker = LineField(_("speaker"), max_length=160)
    role = LineField(_("function"), max_length=200, blank=True)
    text = LinesField(_("words"))
    language = models.CharField(
        _("spoken in"), max_length=12, choices=language_choices, blank=True, help_text=_("If it was translated.")
    )
    approved_by = LineField(_("approved by"), max_length=160, blank=True)
    approved_on = models.DateField(_("approved on"), null=True, blank=True)

    objects = OfArticleManager.from_queryset(QuoteQuerySet)()

    class Meta:
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")
        ordering = ["number", "id"]
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="articles_quote_key")]

    def __str__(self):
        return self.speaker

    def save(self, **options):
        if self.number is None:
            last = Quote.objects.filter(article=self.article_id).aggregate(last=Max("number"))["last"]
            self.number = (last or 0) + 1
        super().save(**options)

    def natural_key(self):
        return (*self.article.natural_key(), self.number)

    def clean(self):
        refuse_faults(self)

    @staticmethod
    def faults(values):
        if bool(values["approved_by"]) != bool(values["approved_on"]):
            missing = "approved_on" if values["approved_by"] else "approved_by"
            yield missing, _("Say both who approved the words and when.")
