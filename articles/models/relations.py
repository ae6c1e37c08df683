"""The through models of an article's ordered relations: places, topics, contacts, pictures, recordings, files.

Those that lists filter by repeat the article's language and `listed_at`, so that a list such as "newest in Africa, in
French" reads one index and stops after a page, at any size. `articles.publishing.after_save` keeps these copies right.
"""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from contacts.models import Contact, Country, Region
from contacts.models.links import Succeeded
from contacts.models.text_fields import LineField, URLField

from .article import Article
from .media.files import Attachment
from .media.images import Image
from .media.recordings import Recording
from .topics import Topic


class RelationManager(models.Manager):
    def get_by_natural_key(self, *key):
        *article, target = key
        field = self.model._meta.get_field(self.model.target)
        return self.get(
            article=Article.objects.get_by_natural_key(*article),
            **{self.model.target: field.related_model._default_manager.get_by_natural_key(target)},
        )


class OrderedRelation(models.Model):
    """One member of an ordered relation of an article; `target` names the foreign key to the other side."""

    target = ""

    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = RelationManager()

    class Meta:
        abstract = True
        ordering = ["order", "id"]

    def __str__(self):
        return str(getattr(self, self.target))

    def natural_key(self):
        return (*self.article.natural_key(), *getattr(self, self.target).natural_key())

    def clean(self):
        """A region, topic or contact that is no longer in use cannot be added; an article that has it keeps it."""
        chosen = getattr(self, self.target, None)
        refusal = chosen.refusal() if isinstance(chosen, Succeeded) else ""
        if refusal and not type(self).objects.filter(article=self.article_id, **{self.target: chosen}).exists():
            raise ValidationError({self.target: refusal})

    @classmethod
    def row(cls, article, order, **target):
        """An unsaved row, for `bulk_create`."""
        return cls(article=article, order=order, **target)


class ListedRelation(OrderedRelation):
    """A relation that lists filter by; `listed_at` is empty unless the article is approved."""

    language = models.CharField(max_length=12, editable=False, default="")
    listed_at = models.DateTimeField(null=True, editable=False)

    class Meta(OrderedRelation.Meta):
        abstract = True

    def save(self, *args, **kwargs):
        self.language, self.listed_at = self.article.language, self.article.listed_from
        super().save(*args, **kwargs)

    @classmethod
    def row(cls, article, order, **target):
        return cls(article=article, order=order, language=article.language, listed_at=article.listed_from, **target)


def listed_index(target):
    return [
        models.Index(
            models.F(target),
            models.F("language"),
            models.F("listed_at").desc(),
            models.F("article").desc(),
            name=f"articles_{target}_listed",
        )
    ]


class ArticleRegion(ListedRelation):
    target = "region"

    article = models.ForeignKey(Article, models.CASCADE, related_name="region_rows")
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="article_rows", verbose_name=_("region"), db_index=False
    )

    class Meta(ListedRelation.Meta):
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        indexes = listed_index("region")
        constraints = [models.UniqueConstraint(fields=["article", "region"], name="articles_articleregion_key")]


class ArticleCountry(ListedRelation):
    target = "country"

    article = models.ForeignKey(Article, models.CASCADE, related_name="country_rows")
    country = models.ForeignKey(
        Country, models.PROTECT, related_name="article_rows", verbose_name=_("country"), db_index=False
    )

    class Meta(ListedRelation.Meta):
        verbose_name = _("country")
        verbose_name_plural = _("countries (the first is the primary one)")
        indexes = listed_index("country")
        constraints = [models.UniqueConstraint(fields=["article", "country"], name="articles_articlecountry_key")]


class ArticleTopic(ListedRelation):
    target = "topic"

    article = models.ForeignKey(Article, models.CASCADE, related_name="topic_rows")
    topic = models.ForeignKey(
        Topic, models.PROTECT, related_name="article_rows", verbose_name=_("topic"), db_index=False
    )

    class Meta(ListedRelation.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        indexes = listed_index("topic")
        constraints = [models.UniqueConstraint(fields=["article", "topic"], name="articles_articletopic_key")]


class ArticleContact(OrderedRelation):
    target = "contact"

    article = models.ForeignKey(Article, models.CASCADE, related_name="contact_rows")
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="article_rows", verbose_name=_("contact"))

    class Meta(OrderedRelation.Meta):
        verbose_name = _("press contact")
        verbose_name_plural = _("press contacts")
        constraints = [models.UniqueConstraint(fields=["article", "contact"], name="articles_articlecontact_key")]


class ArticleImage(OrderedRelation):
    target = "image"

    article = models.ForeignKey(Article, models.CASCADE, related_name="image_rows")
    image = models.ForeignKey(Image, models.PROTECT, related_name="article_rows", verbose_name=_("image"))

    class Meta(OrderedRelation.Meta):
        verbose_name = _("gallery image")
        verbose_name_plural = _("gallery images")
        constraints = [models.UniqueConstraint(fields=["article", "image"], name="articles_articleimage_key")]


class ArticleBodyImage(OrderedRelation):
    """A library picture in an article's text. Written by `publishing.after_save` and by the import only."""

    target = "image"

    article = models.ForeignKey(Article, models.CASCADE, related_name="body_image_rows")
    image = models.ForeignKey(Image, models.PROTECT, related_name="body_rows", verbose_name=_("image"))

    class Meta(OrderedRelation.Meta):
        verbose_name = _("image in the text")
        verbose_name_plural = _("images in the text")
        constraints = [models.UniqueConstraint(fields=["article", "image"], name="articles_articlebodyimage_key")]


class ArticleRecording(OrderedRelation):
    target = "recording"

    article = models.ForeignKey(Article, models.CASCADE, related_name="recording_rows")
    recording = models.ForeignKey(Recording, models.PROTECT, related_name="article_rows", verbose_name=_("recording"))

    class Meta(OrderedRelation.Meta):
        verbose_name = _("recording")
        verbose_name_plural = _("video and audio")
        constraints = [models.UniqueConstraint(fields=["article", "recording"], name="articles_articlerecording_key")]


class ArticleAttachment(OrderedRelation):
    target = "attachment"

    article = models.ForeignKey(Article, models.CASCADE, related_name="attachment_rows")
    attachment = models.ForeignKey(
        Attachment, models.PROTECT, related_name="article_rows", verbose_name=_("attachment")
    )

    class Meta(OrderedRelation.Meta):
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        constraints = [models.UniqueConstraint(fields=["article", "attachment"], name="articles_articleattachment_key")]


class RelatedLinkManager(models.Manager):
    def get_by_natural_key(self, *key):
        *article, url = key
        return self.get(article=Article.objects.get_by_natural_key(*article), url=url)


class RelatedLink(models.Model):
    article = models.ForeignKey(Article, models.CASCADE, related_name="related_links")
    url = URLField(_("address"), max_length=500)
    title = LineField(_("title"), max_length=200)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = RelatedLinkManager()

    class Meta:
        verbose_name = _("related link")
        verbose_name_plural = _("related links")
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["article", "url"], name="articles_relatedlink_key")]

    def __str__(self):
        return self.title

    def natural_key(self):
        return (*self.article.natural_key(), self.url)
