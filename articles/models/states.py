"""The states of an article's workflow, and the kinds of changes that readers see."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    APPROVED = "approved", _("approved")
    WITHDRAWN = "withdrawn", _("withdrawn")
    GONE = "gone", _("gone")


class Change(models.TextChoices):
    MINOR = "minor", _("minor change")
    MAJOR = "major", _("major change")
    CORRECTION = "correction", _("correction")
