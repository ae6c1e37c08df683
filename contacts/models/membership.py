"""Membership: the role of a user at an office, from which rights follow."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .offices import Office


def name_of(user, nobody=""):
    """The full name of a user, else the name of the account; `nobody` where there is no user."""
    return (user.get_full_name() or user.get_username()) if user else nobody


class MembershipManager(models.Manager):
    def get_by_natural_key(self, username, role, office=""):
        return self.get(user__username=username, role=role, office__code=office or None)


class Membership(models.Model):
    """A role that a user has at one office or, without an office, everywhere. Rights follow from it alone."""

    class Role(models.TextChoices):
        WRITER = "writer", _("writer")
        TRANSLATOR = "translator", _("translator")
        EDITOR = "editor", _("editor")
        APPROVER = "approver", _("approver")

    class Trust(models.TextChoices):
        BLOCKED = "blocked", _("blocked")
        TO_REVIEW = "to-review", _("work goes to review")
        TRUSTED = "trusted", _("trusted")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name=_("user")
    )
    role = models.CharField(_("role"), max_length=12, choices=Role)
    office = models.ForeignKey(
        Office,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("office"),
        help_text=_("Leave empty for all offices."),
    )
    trust = models.CharField(
        _("trust"),
        max_length=12,
        choices=Trust,
        default=Trust.TO_REVIEW,
        help_text=_(
            "Blocked: may write drafts, but not submit them, and nothing else. Work goes to review: somebody who may "
            "approve decides about it. Trusted: writers and translators may also use the media library and delete "
            "drafts; where the setting TRUSTED_PUBLISH is on, writers approve the articles of their own office "
            "without a second person."
        ),
    )

    objects = MembershipManager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["user", "role"]
        constraints = [
            models.UniqueConstraint(fields=["user", "role", "office"], name="contacts_membership_key"),
            models.UniqueConstraint(
                fields=["user", "role"], condition=models.Q(office=None), name="contacts_membership_everywhere_key"
            ),
        ]

    def __str__(self):
        where = self.office or _("everywhere")
        return f"{self.user}: {self.get_role_display()} ({where})"

    def natural_key(self):
        return (self.user.get_username(), self.role, self.office.code if self.office else "")
