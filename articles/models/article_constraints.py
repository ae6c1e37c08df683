"""The indexes of Article, for its lists, and its constraints."""

from django.db import models
from django.utils.translation import gettext_lazy as _

INDEXES = [
    models.Index(models.F("language"), models.F("listed_at").desc(), models.F("id").desc(), name="articles_listed"),
    models.Index(
        models.F("language"),
        models.F("kind"),
        models.F("listed_at").desc(),
        models.F("id").desc(),
        name="articles_kind_listed",
    ),
    models.Index(
        models.F("office"),
        models.F("language"),
        models.F("listed_at").desc(),
        models.F("id").desc(),
        name="articles_office_listed",
    ),
    models.Index(models.F("publish_at").desc(), models.F("id").desc(), name="articles_by_date"),
    # For the desk's lists of one office, and for the foreign key, which has no index of its own.
    models.Index(models.F("office"), models.F("publish_at").desc(), models.F("id").desc(), name="articles_of_office"),
    models.Index(fields=["state", "publish_at"], name="articles_desk"),
    models.Index(fields=["reference"], name="articles_reference"),
    models.Index(fields=["emergency_at"], condition=models.Q(emergency_at__isnull=False), name="articles_emergencies"),
    models.Index(fields=["press_from"], condition=models.Q(press_from__isnull=False), name="articles_embargoes"),
    models.Index(fields=["id"], condition=models.Q(restricted=True), name="articles_restricted"),
    models.Index(fields=["review_by"], condition=~models.Q(review_by=None), name="articles_review_by"),
]

CONSTRAINTS = [
    models.UniqueConstraint(
        fields=["language", "slug"],
        condition=models.Q(revises=None),
        name="articles_article_address",
        violation_error_message=_("Another article in this language has this slug."),
    ),
    models.UniqueConstraint(
        fields=["translation_of", "language"],
        condition=models.Q(revises=None),
        name="articles_article_one_translation",
        violation_error_message=_("There is a translation into this language already."),
    ),
    models.UniqueConstraint(
        fields=["external_source", "external_id"],
        condition=~models.Q(external_id=""),
        name="articles_article_external",
        violation_error_message=_("Another article has this identifier."),
    ),
    models.CheckConstraint(
        condition=models.Q(state__in=["draft", "in_review"]) | models.Q(publish_at__isnull=False),
        name="articles_article_public_has_date",
        violation_error_message=_("Give the date and time of publication first."),
    ),
    models.CheckConstraint(
        condition=~models.Q(state="withdrawn") | ~models.Q(withdrawal_note=""),
        name="articles_article_withdrawn_says_why",
        violation_error_message=_("Explain to readers why the article was withdrawn."),
    ),
    models.CheckConstraint(
        condition=models.Q(press_from=None) | models.Q(press_from__lte=models.F("publish_at")),
        name="articles_article_embargo_before_publication",
        violation_error_message=_("The embargo cannot start after publication."),
    ),
    models.CheckConstraint(
        condition=models.Q(state__in=["draft", "in_review", "approved", "withdrawn", "gone"]),
        name="articles_article_known_state",
    ),
]
