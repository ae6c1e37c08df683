"""Article: one language version of a story."""

import re
from datetime import UTC

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_unicode_slug
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from contacts import clock
from contacts.languages import direction, language_choices
from contacts.models import Contact, Country, Office, Region
from contacts.models.links import refuse_circles, refuse_ended
from contacts.models.text_fields import LineField, LinesField, LongLineField

from .. import publication_day
from ..fields import ChangedField, HTMLField, OrderedManyToManyField, SlugField
from ..kinds import kind_choices, kind_label
from ..querysets import ArticleQuerySet
from .article_constraints import CONSTRAINTS, INDEXES
from .states import Change, State

USER = settings.AUTH_USER_MODEL

DATELINE_PART = re.compile(r"\s*[,،、，(（]\s*")


class Article(models.Model):
    """One language version of a story. Facets are edited on the source and copied to its translations.

    A row with `revises` is a working copy: a new edition of the public ("live") row that it will be merged into.
    `listed_at`, computed by the database, is the time from which lists show the article: `publish_at` of an approved
    row that is no working copy, else empty. `published_on`, computed by `save`, is the date that readers see.
    """

    State = State
    Change = Change
    HAS_TRANSLATIONS = _("This article has translations, so it cannot be a translation itself.")

    language = models.CharField(_("language"), max_length=12, choices=language_choices)
    slug = SlugField(
        _("slug"), max_length=200, validators=[validate_unicode_slug], help_text=_("The last part of the address.")
    )
    translation_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="translations", verbose_name=_("translation of")
    )
    revises = models.OneToOneField(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        editable=False,
        related_name="working_copy",
        verbose_name=_("working copy of"),
    )
    kind = models.CharField(_("kind"), max_length=24, choices=kind_choices, default="news")
    headline = LineField(_("headline"), max_length=250)
    summary = LongLineField(_("standfirst"), blank=True)
    body = HTMLField(_("body"), blank=True)
    notes_to_editors = HTMLField(_("notes to editors"), blank=True)
    dateline_country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("dateline country")
    )
    dateline_place = LineField(_("dateline place"), max_length=120, blank=True)

    regions = OrderedManyToManyField(
        Region, through="ArticleRegion", related_name="articles", verbose_name=_("regions")
    )
    countries = OrderedManyToManyField(
        Country, through="ArticleCountry", related_name="articles", verbose_name=_("countries")
    )
    topics = OrderedManyToManyField("Topic", through="ArticleTopic", related_name="articles", verbose_name=_("topics"))
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, related_name="articles", verbose_name=_("issuing office"),
        db_index=False,
    )  # fmt: skip
    contacts = OrderedManyToManyField(
        Contact, through="ArticleContact", related_name="articles", verbose_name=_("press contacts")
    )
    lead_image = models.ForeignKey(
        "Image", models.PROTECT, null=True, blank=True, related_name="lead_of", verbose_name=_("lead image")
    )
    gallery = OrderedManyToManyField(
        "Image", through="ArticleImage", related_name="in_galleries", verbose_name=_("gallery")
    )
    recordings = OrderedManyToManyField(
        "Recording", through="ArticleRecording", related_name="articles", verbose_name=_("video and audio")
    )
    attachments = OrderedManyToManyField(
        "Attachment", through="ArticleAttachment", related_name="articles", verbose_name=_("attachments")
    )

    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT)
    publish_at = models.DateTimeField(_("publish at"), null=True, blank=True)
    press_from = models.DateTimeField(
        _("embargo: press from"),
        null=True,
        blank=True,
        help_text=_("Accredited press may read it from here on; it is public at “publish at”."),
    )
    published_on = models.DateField(_("day of publication"), null=True, blank=True, editable=False)
    review_by = models.DateField(
        _("look at it again by"),
        null=True,
        blank=True,
        help_text=_("On this day the desk asks whether the public text is still right."),
    )
    first_published_at = models.DateTimeField(_("first published at"), null=True, blank=True, editable=False)
    listed_at = models.GeneratedField(
        expression=models.Case(
            models.When(state="approved", revises=None, then=models.F("publish_at")),
            default=None,
            output_field=models.DateTimeField(),
        ),
        output_field=models.DateTimeField(null=True),
        db_persist=True,
        serialize=False,
    )
    reference = LineField(
        _("reference number"),
        max_length=24,
        blank=True,
        editable=False,
        help_text=_("YYYY-NNNNN, the same in all languages."),
    )
    change_kind = models.CharField(_("kind of change"), max_length=12, choices=Change, default=Change.MINOR)
    was_wrong = LinesField(
        _("what was wrong"),
        blank=True,
        help_text=_("Of a correction: what the article said. Readers see it."),
    )
    change_note = LinesField(
        _("note to readers"),
        blank=True,
        help_text=_("What has changed; of a correction, what the article says now. Of a minor change nobody sees it."),
    )
    withdrawal_note = LinesField(_("why it was withdrawn"), blank=True, help_text=_("Shown to readers."))
    redirect_to = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("read instead")
    )
    # The boilerplate as it was when the last edition was published.
    boilerplate_title = LineField(_("title of the boilerplate"), max_length=160, blank=True, editable=False)
    boilerplate = HTMLField(_("boilerplate"), blank=True, editable=False)
    emergency_reason = models.TextField(_("reason for emergency publication"), blank=True, editable=False)
    emergency_at = models.DateTimeField(
        _("published in an emergency"),
        null=True,
        editable=False,
        help_text=_("Until another approver has looked at it; then empty again."),
    )
    restricted = models.BooleanField(_("limited to named people"), default=False, db_default=False, editable=False)
    external_source = LineField(_("imported from"), max_length=120, blank=True)
    external_id = LineField(_("identifier in that source"), max_length=200, blank=True)

    # For a working copy: the live row's content when the copy was begun, the base of the merge (publishing.merging).
    began_as = models.JSONField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    updated_at = ChangedField(_("changed"))
    created_by = models.ForeignKey(
        USER, models.SET_NULL, null=True, blank=True, editable=False, related_name="+", verbose_name=_("author")
    )
    updated_by = models.ForeignKey(
        USER, models.SET_NULL, null=True, blank=True, editable=False, related_name="+", verbose_name=_("changed by")
    )
    # The user names, if a fixture brought the article and there are no such accounts.
    created_by_name = models.CharField(max_length=150, blank=True, default="", editable=False)
    updated_by_name = models.CharField(max_length=150, blank=True, default="", editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-publish_at", "-id"]
        indexes = INDEXES
        constraints = CONSTRAINTS

    def __str__(self):
        return self.headline

    def save(self, **options):
        names = options.get("update_fields")
        if names is None or not {"publish_at", "office", "office_id"}.isdisjoint(names):
            self.publish_at = self._meta.get_field("publish_at").to_python(self.publish_at)
            publication_day.set_day(self)
            options |= {"update_fields": names and {*names, "published_on"}}
        super().save(**options)

    def get_absolute_url(self):
        from django.utils.translation import override

        with override(self.language):
            return reverse("articles:article", args=[self.slug])

    def clean(self):
        if self.translation_of_id:
            source = self.translation_of
            fault = self.translation_fault(self.language, source.language, source.translation_of_id)
            if fault is None and self.pk and self.translations.filter(revises=None).exists():
                fault = "translation_of", self.HAS_TRANSLATIONS
            if fault:
                raise ValidationError(dict([fault]))
        refuse_circles(self, "redirect_to")
        refuse_ended(self, "office")

    @staticmethod
    def translation_fault(language, source_language, source_translates):
        """(field, message) if this may be no translation; `source_translates`: what the source is a translation of."""
        if source_translates:
            return "translation_of", _("Translate the source, not a translation.")
        return ("language", _("This is the language of the source.")) if source_language == language else None

    def natural_key(self):
        return (self.language, self.slug, "working-copy") if self.revises_id else (self.language, self.slug)

    def is_live_at(self, at):
        """Whether `Article.objects.live(at)` contains this article."""
        listed_from = self.listed_from
        return listed_from is not None and listed_from <= at

    @property
    def is_live(self):
        return self.is_live_at(clock.now())

    @property
    def with_live_row(self):
        """The article and, of a working copy, the live row: they can name two offices, and both count for rights."""
        return [self, self.revises] if self.revises_id else [self]

    @property
    def was_public(self):
        """Whether readers may have seen it: what is live, withdrawn or removed. Never a working copy."""
        is_unpublished = self.state in (State.DRAFT, State.IN_REVIEW) or self.revises_id
        return not is_unpublished and self.publish_at is not None and self.publish_at <= clock.now()

    @property
    def listed_from(self):
        """`listed_at` as it follows from the values in memory, before the database has computed it."""
        return self.publish_at if self.state == State.APPROVED and self.revises_id is None else None

    @property
    def day(self):
        """The day of publication. `loaddata` computes none: until `search_index` does, it is that in UTC."""
        return self.published_on or (self.publish_at and self.publish_at.astimezone(UTC).date())

    @property
    def source(self):
        """The language version on which the facets are edited: the article that this one translates, or itself."""
        return self.translation_of or self

    @property
    def direction(self):
        return direction(self.language)

    @property
    def kind_label(self):
        return kind_label(self.kind)

    @property
    def dateline(self):
        """Place and country as news agencies print them: "Geneva, Switzerland"."""
        country = self.dateline_country.name if self.dateline_country_id else ""
        # Old archives write the country into the place, too: "Geneva, Switzerland", "Geneva (Switzerland)".
        last = DATELINE_PART.split(self.dateline_place.strip(" )）"))[-1]
        parts = [self.dateline_place, "" if last.casefold() == country.casefold() else country]
        return pgettext("between the place and the country of a dateline", ", ").join(filter(None, parts))

    @property
    def shown_state(self):
        """The state for editors: that of an approved article is "live" or "scheduled", by its date."""
        if self.state == State.APPROVED and not self.revises_id:
            return "live" if self.is_live else "scheduled"
        return self.state
