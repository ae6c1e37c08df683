"""The history of an article: revisions and editions, moves, earlier addresses; and the counter of reference numbers."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from contacts.languages import language_choices

from ..fields import SlugField
from .article import Article

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
        return self.by or self.by_name


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

    objects = OfArticleManager()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["article", "edition"], name="articles_revision_edition")]

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

    objects = OfArticleManager()

    class Meta:
        verbose_name = _("move")
        verbose_name_plural = _("moves")
        ordering = ["-id"]

    def __str__(self):
        return f"{self.name}: {self.from_state} → {self.to_state}"

    def natural_key(self):
        return (*self.article.natural_key(), self.at, self.name)


class SlugHistoryManager(models.Manager):
    def get_by_natural_key(self, language, slug):
        return self.get(language=language, slug=slug)


class SlugHistory(models.Model):
    """An earlier address of an article, which redirects. It is deleted when the address is used again: no loops."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="old_slugs")
    language = models.CharField(max_length=12, choices=language_choices)
    slug = SlugField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SlugHistoryManager()

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
