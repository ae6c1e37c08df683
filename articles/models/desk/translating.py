"""Translations: from which text of their source they were made, which languages a story lacks; the glossary."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.languages import language_choices
from contacts.models.base import Coded, Translation, code_field
from contacts.models.text_fields import LineField, LinesField

from ..article import Article
from ..history import ByModel, OfArticleManager, Revision
from ..states import Change


class SourceStateManager(models.Manager):
    def get_by_natural_key(self, *key):
        return self.get(translation=Article.objects.get_by_natural_key(*key))

    def hand_over(self, copy, article):
        """Before a working copy is deleted: its public row takes over which text it was made from."""
        if self.filter(translation=copy).exists():
            self.filter(translation=article).delete()
            self.filter(translation=copy).update(translation=article)
            if not self.get(translation=article).behind:
                BehindPeriod.objects.filter(translation=article, until=None).update(until=timezone.now())


class SourceState(ByModel):
    """Which text of its source a translation was made from, who said so, and how far the source has moved on since.

    A working copy of a translation has a row of its own once somebody has said that it is up to date; until then it
    shares that of its public row. `revision` is empty if nobody knows; `edition` is its number, if it was published.
    """

    translation = models.OneToOneField(
        Article, models.CASCADE, related_name="source_state", verbose_name=_("translation")
    )
    edition = models.PositiveIntegerField(_("edition of the source"), null=True, blank=True)
    at = models.DateTimeField(_("confirmed at"), default=timezone.now)
    revision = models.ForeignKey(Revision, models.SET_NULL, null=True, blank=True, related_name="+", editable=False)
    # Computed whenever the source moves on, see `articles/translating/source_states.py`.
    behind = models.PositiveIntegerField(_("paragraphs behind"), default=0, editable=False)
    since = models.DateTimeField(_("behind since"), null=True, editable=False)
    urgent = models.BooleanField(_("source was corrected"), default=False, editable=False)
    # The last public change of the source that readers see: not a minor one.
    changed_at = models.DateTimeField(null=True, editable=False)
    change_kind = models.CharField(max_length=12, choices=Change, blank=True, default="", editable=False)
    held_at = models.DateTimeField(_("held since"), null=True, editable=False)

    objects = SourceStateManager()

    class Meta:
        verbose_name = _("state of a translation")
        verbose_name_plural = _("states of translations")
        indexes = [
            models.Index(
                models.F("urgent").desc(),
                models.F("since"),
                models.F("id"),
                name="articles_behind",
                condition=models.Q(behind__gt=0),
            ),
            models.Index(fields=["held_at"], name="articles_held", condition=models.Q(held_at__isnull=False)),
        ]

    def __str__(self):
        return str(self.translation)

    def natural_key(self):
        return self.translation.natural_key()

    @property
    def is_held(self):
        """Whether its publication waits until somebody has looked at it."""
        return self.held_at is not None and self.translation.state == Article.State.IN_REVIEW


class BehindPeriod(models.Model):
    """A time in which a translation was behind its source; not over yet while `until` is empty."""

    translation = models.ForeignKey(Article, models.CASCADE, related_name="behind_periods")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["translation"], condition=models.Q(until=None), name="articles_behindperiod_one_open"
            )
        ]

    def __str__(self):
        return f"{self.translation_id}: {self.since:%Y-%m-%d}"


class WaivedLanguage(ByModel):
    """A language that a story will not have."""

    part_key = ("language",)

    article = models.ForeignKey(Article, models.CASCADE, related_name="waived_languages")
    language = models.CharField(_("language"), max_length=12, choices=language_choices)
    at = models.DateTimeField(_("at"), default=timezone.now)

    objects = OfArticleManager()

    class Meta:
        verbose_name = _("waived language")
        verbose_name_plural = _("waived languages")
        constraints = [models.UniqueConstraint(fields=["article", "language"], name="articles_waivedlanguage_key")]

    def __str__(self):
        return f"{self.article_id} {self.language}"

    def natural_key(self):
        return (*self.article.natural_key(), self.language)


class MachineDraft(ByModel):
    """What a translation service wrote into a translation, until somebody says that they have read it.

    `by` is who asked for it. `texts` are the paragraphs as the service wrote them: those that the article has no longer
    were rewritten.
    """

    article = models.OneToOneField(Article, models.CASCADE, related_name="machine_draft", verbose_name=_("translation"))
    at = models.DateTimeField(_("at"), default=timezone.now)
    service = models.CharField(_("translation service"), max_length=255, blank=True)
    texts = models.JSONField(_("paragraphs"), default=list)

    class Meta:
        verbose_name = _("draft by machine")
        verbose_name_plural = _("drafts by machine")

    def __str__(self):
        return f"{self.article_id} {self.service}"


class GlossaryTerm(Coded):
    """A name or a term that the organisation says in one agreed way in each language."""

    name_field = "wording"

    code = code_field()
    note = LinesField(_("note"), blank=True, help_text=_("For translators: what it means, when it is not used."))

    class Meta:
        verbose_name = _("term of the glossary")
        verbose_name_plural = _("glossary")
        ordering = ["code"]


class GlossaryWording(Translation):
    owner_field = "term"

    term = models.ForeignKey(GlossaryTerm, models.CASCADE, related_name="translations")
    wording = LineField(_("agreed wording"), max_length=160)
    others = LinesField(
        _("also right"), blank=True, help_text=_("Other wordings that count as this term, one a line: a short form.")
    )

    class Meta(Translation.Meta):
        verbose_name = _("wording of a term")
        verbose_name_plural = _("wordings of a term")
        constraints = [models.UniqueConstraint(fields=["term", "language"], name="articles_glossarywording_key")]

    @property
    def all_wordings(self):
        return [self.wording, *filter(None, map(str.strip, self.others.splitlines()))]
