"""Personal links to texts that are not public: review links for colleagues outside, and passes for journalists.

A link is known by the SHA-256 of its token alone: whoever reads the database cannot open one.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from contacts.models.text_fields import EmailField, LineField, LinesField

from ..article import Article
from ..history import Revision

USER = settings.AUTH_USER_MODEL


class PersonalLink(models.Model):
    """A secret address for one person."""

    token_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    name = LineField(_("name"), max_length=120)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    created_by = models.ForeignKey(
        USER, models.SET_NULL, null=True, blank=True, editable=False, related_name="+", verbose_name=_("made by")
    )
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True, editable=False)
    revoked_by = models.ForeignKey(
        USER, models.SET_NULL, null=True, blank=True, editable=False, related_name="+", verbose_name=_("revoked by")
    )

    class Meta:
        abstract = True
        ordering = ["-id"]

    def __str__(self):
        return self.name


class ReviewLink(PersonalLink):
    """Lets a person without an account read one revision, or read it and answer, until a date."""

    class Purpose(models.TextChoices):
        PREVIEW = "preview", _("to read")
        FACT_CHECK = "fact_check", _("to read and answer (fact check)")

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="review_links")
    purpose = models.CharField(_("purpose"), max_length=12, choices=Purpose, default=Purpose.PREVIEW)
    email = EmailField(_("e-mail"), blank=True)
    expires_at = models.DateTimeField(_("valid until"))

    class Meta(PersonalLink.Meta):
        verbose_name = _("review link")
        verbose_name_plural = _("review links")

    @property
    def may_answer(self):
        return self.purpose == self.Purpose.FACT_CHECK


class ReviewOpening(models.Model):
    """One opening of a review link. No address of the reader is kept."""

    link = models.ForeignKey(ReviewLink, models.CASCADE, related_name="openings")
    at = models.DateTimeField(_("opened"), auto_now_add=True)

    class Meta:
        verbose_name = _("opening of a review link")
        verbose_name_plural = _("openings of review links")
        ordering = ["-id"]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M}"


class ReviewAnswer(models.Model):
    """What a reader of a fact check says: that the text is correct, or a remark on a part of it.

    `part` is the number of that part (`articles.pages.private.text_parts`), `about` the beginning of its text.
    """

    link = models.ForeignKey(ReviewLink, models.CASCADE, related_name="answers")
    at = models.DateTimeField(_("answered"), auto_now_add=True)
    is_correct = models.BooleanField(_("correct"), default=False)
    part = models.PositiveIntegerField(null=True, blank=True)
    about = LineField(max_length=200, blank=True)
    text = LinesField(_("remark"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("answer to a fact check")
        verbose_name_plural = _("answers to fact checks")
        ordering = ["id"]

    def __str__(self):
        return self.text


class Pass(PersonalLink):
    """Lets a journalist read a story under embargo, in some languages, from `press_from` until it is public."""

    story = models.ForeignKey(Article, models.CASCADE, related_name="passes")
    languages = models.JSONField(_("languages"), default=list)
    outlet = LineField(_("outlet"), max_length=120)
    email = EmailField(_("e-mail"), blank=True)

    class Meta(PersonalLink.Meta):
        verbose_name = _("embargo pass")
        verbose_name_plural = _("embargo passes")

    @property
    def holder(self):
        """The person who is named on the page, in print and in the names of files."""
        return f"{self.name}, {self.outlet}"


class PassOpening(models.Model):
    """One opening of a pass: a language version, or a file of it. The address is shortened to its network."""

    given = models.ForeignKey(Pass, models.CASCADE, related_name="openings")
    at = models.DateTimeField(_("opened"), auto_now_add=True)
    network = models.CharField(_("network"), max_length=45, blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    file = models.CharField(_("file"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("opening of an embargo pass")
        verbose_name_plural = _("openings of embargo passes")
        ordering = ["-id"]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.network}".strip()
