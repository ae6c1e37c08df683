"""Topics: a controlled vocabulary of two levels, with names and contacts."""

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contacts.models import Contact
from contacts.models.base import Coded, Translation, code_field, refuse_cycle

# Topics that editors may choose.
UNMERGED = {"merged_into": None}


class Topic(Coded):
    """A term of the controlled vocabulary, at most two levels deep. `publishing.topic_merging` merges two of them."""

    code = code_field()
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        limit_choices_to=UNMERGED,
        verbose_name=_("part of"),
    )
    order = models.PositiveIntegerField(_("order"), default=0)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        limit_choices_to=UNMERGED,
        verbose_name=_("merged into"),
    )

    TOO_DEEP = _("Topics have two levels at most.")

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["order", "code"]

    def get_absolute_url(self):
        return reverse("articles:topic", args=[self.code])

    @property
    def final(self):
        """The topic that this one was finally merged into, or itself; itself too in a circle (from `loaddata`)."""
        seen, at = set(), self
        while at.merged_into_id and at.pk not in seen:
            seen.add(at.pk)
            at = at.merged_into
        return self if at.merged_into_id else at

    def clean(self):
        refuse_cycle(self, "parent")
        refuse_cycle(self, "merged_into")
        if self.parent_id and (self.parent.parent_id or (self.pk and self.children.exists())):
            raise ValidationError({"parent": self.TOO_DEEP})


class TopicTranslation(Translation):
    owner_field = "topic"

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="translations")
    name = models.CharField(_("name"), max_length=120)
    description = models.TextField(_("description"), blank=True)

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
