"""The history of articles: revisions and editions, moves, earlier addresses, reference numbers; earlier files."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.languages import language_choices
from contacts.models.membership import name_of

from ..fields import SlugField
from ..querysets import was_public
from .article import Article
from .media.files import Attachment
from .media.images import Image
from .media.recordings import Recording

USER = settings.AUTH_USER_MODEL


class OfArticleManager(models.Manager):
    """Manager of rows that belong to an article; natural key: the article's, then the fields in `part_key`."""

    def get_by_natural_key(self, *key):
        names = self.model.part_key
        article = Article.objects.get_by_natural_key(*key[: -len(names)])
        found = self.filter(article=article, **dict(zip(names, key[-len(names) :], strict=True))).first()
        if found is None:
            raise self.model.DoesNotExist
        return found


class ByModel(models.Model):
    """Something that a person did: the account, or the user name from a fixture if there is no such account."""

    by = models.ForeignKey(USER, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by"))
    by_name = models.CharField(max_length=150, blank=True, default="", editable=False)

    class Meta:
        abstract = True

    @property
    def who(self):
        """The name of the person, as lists show it."""
        return name_of(self.by, self.by_name)


class RevisionQuerySet(models.QuerySet):
    def editions(self):
        """Those that were published, the newest first."""
        return self.filter(edition__gt=0).order_by("-edition")


class Revision(ByModel):
    """The content after one save. A published one is an edition: numbered and chained by SHA-256."""

    part_key = ("created_at",)

    article = models.ForeignKey(Article, models.CASCADE, related_name="revisions")
    created_at = models.DateTimeField(_("saved at"), auto_now_add=True)
    content = models.JSONField(_("content"))
    edition = models.PositiveIntegerField(_("edition"), null=True, blank=True)
    contact_lines = models.JSONField(_("contact lines as published"), default=list)
    change_kind = models.CharField(_("kind of change"), max_length=12, choices=Article.Change, blank=True)
    change_note = models.TextField(_("change note"), blank=True)
    previous_sha256 = models.CharField(max_length=64, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)

    objects = OfArticleManager.from_queryset(RevisionQuerySet)()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["article", "edition"], name="articles_revision_edition")]
        indexes = [
            models.Index(fields=["sha256"], condition=models.Q(edition__gt=0), name="articles_revision_sha256"),
        ]

    def __str__(self):
        return f"{self.article_id} {self.created_at:%Y-%m-%d %H:%M}"

    def natural_key(self):
        return (*self.article.natural_key(), self.created_at)


class Move(ByModel):
    """One move of the workflow: who made it, when, from which state to which, and why."""

    part_key = ("at", "name")

    article = models.ForeignKey(Article, models.CASCADE, related_name="moves")
    name = models.CharField(_("move"), max_length=24)
    from_state = models.CharField(_("from"), max_length=12)
    to_state = models.CharField(_("to"), max_length=12)
    at = models.DateTimeField(_("at"), auto_now_add=True)
    reason = models.TextField(_("reason"), blank=True)
    # The sentences of `checks` that were read before the article was submitted all the same, one a line.
    warnings = models.TextField(_("acknowledged"), blank=True)

    objects = OfArticleManager()

    class Meta:
        verbose_name = _("move")
        verbose_name_plural = _("moves")
        ordering = ["-id"]

    def __str__(self):
        return f"{self.name}: {self.from_state} → {self.to_state}"

    def natural_key(self):
        return (*self.article.natural_key(), self.at, self.name)


class SlugHistoryQuerySet(models.QuerySet):
    def get_by_natural_key(self, language, slug):
        return self.get(language=language, slug=slug)

    def leading(self):
        """Those that redirect now: readers have found no other article at the address since."""
        there = Article.objects.filter(was_public(), language=models.OuterRef("language"), slug=models.OuterRef("slug"))
        return self.exclude(models.Exists(there))


class SlugHistory(models.Model):
    """An earlier address of an article, which redirects while nothing else stands there for readers: see `leading`."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="old_slugs")
    language = models.CharField(max_length=12, choices=language_choices)
    slug = SlugField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SlugHistoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("earlier address")
        verbose_name_plural = _("earlier addresses")
        constraints = [models.UniqueConstraint(fields=["language", "slug"], name="articles_slughistory_address")]

    def __str__(self):
        return f"{self.language}/{self.slug}"

    def natural_key(self):
        return (self.language, self.slug)


class ReferenceCounterManager(models.Manager):
    def get_by_natural_key(self, year):
        return self.get(year=year)


class ReferenceCounter(models.Model):
    """The last reference number given in a year. Its row is locked while numbers are given."""

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)

    objects = ReferenceCounterManager()

    def __str__(self):
        return f"{self.year}-{self.last:05}"

    def natural_key(self):
        return (self.year,)


class FormerFile(models.Model):
    """The file that a row of the library had before it was replaced. Its address leads to the present file."""

    image = models.ForeignKey(Image, models.CASCADE, null=True, editable=False, related_name="former_files")
    recording = models.ForeignKey(Recording, models.CASCADE, null=True, editable=False, related_name="former_files")
    attachment = models.ForeignKey(Attachment, models.CASCADE, null=True, editable=False, related_name="former_files")
    file = models.CharField(_("file"), max_length=255)
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0)
    reason = models.CharField(_("why it is replaced"), max_length=300)
    replaced_at = models.DateTimeField(_("replaced"), default=timezone.now)
    replaced_by = models.ForeignKey(USER, models.SET_NULL, null=True, related_name="+", verbose_name=_("by"))

    class Meta:
        verbose_name = _("earlier file")
        verbose_name_plural = _("earlier files")
        ordering = ["-replaced_at", "-id"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(image__gt=0, recording=None, attachment=None)
                | models.Q(image=None, recording__gt=0, attachment=None)
                | models.Q(image=None, recording=None, attachment__gt=0),
                name="articles_formerfile_one_owner",
            )
        ]

    def __str__(self):
        return self.file
