"""Topics: a controlled vocabulary of two levels, with names and contacts."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contacts.models import Contact
from contacts.models.base import Coded, CodedQuerySet, Translation, code_field
from contacts.models.links import Succeeded, refuse_circles, refuse_deep
from contacts.models.text_fields import LineField, LinesField


class TopicQuerySet(CodedQuerySet):
    def in_use(self):
        return self.filter(merged_into=None)


class Topic(Succeeded, Coded):
    """A term of the controlled vocabulary, at most two levels deep. A merged one leads to the topic it became.

    Articles keep a merged topic: clear `merged_into`, and both topics are as they were.
    """

    leads_by = "merged_into"
    lists_children = True

    code = code_field()
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    order = models.PositiveIntegerField(_("order"), default=0)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        verbose_name=_("merged into"),
        help_text=_("Its page redirects to this topic, whose lists include its articles."),
    )

    LEVELS = 2
    TOO_DEEP = _("Topics have two levels at most.")

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["order", "code"]

    def get_absolute_url(self):
        return reverse("articles:topic", args=[self.code])

    @property
    def has_ended(self):
        return self.merged_into_id is not None

    def clean(self):
        refuse_circles(self, "parent", "merged_into")
        refuse_deep(self, self.LEVELS, self.TOO_DEEP)


class TopicTranslation(Translation):
    owner_field = "topic"

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="translations")
    name = LineField(_("name"), max_length=120)
    description = LinesField(_("description"), blank=True)

    class Meta(Translation.Meta):
        verbose_name = _("name of a topic")
        verbose_name_plural = _("names of topics")
        constraints = [models.UniqueConstraint(fields=["topic", "language"], name="articles_topictranslation_key")]


class TopicContactManager(models.Manager):
    def get_by_natural_key(self, topic, contact):
        return self.get(topic__code=topic, contact__code=contact)


class TopicContact(models.Model):
    """A contact to call about a topic."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="contact_rows")
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="topic_rows", verbose_name=_("contact"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = TopicContactManager()

    class Meta:
        verbose_name = _("desk contact")
        verbose_name_plural = _("desk contacts")
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["topic", "contact"], name="articles_topiccontact_key")]

    def __str__(self):
        return f"{self.topic.code} – {self.contact.code}"

    def natural_key(self):
        return (self.topic.code, self.contact.code)
