"""Invitations: an account with its rights that waits until its person has opened the link of the mail.

Nothing of the account exists before. The link is valid for some days, for one person and once; it can be revoked.
"""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.models import Recipient
from articles.personal_links import tokens
from contacts.models import Membership

from .models import AccountMail, Invitation

DAYS = 7
KEPT = timedelta(days=90)  # after it was accepted, revoked or forgotten


class Taken(Exception):
    """There is an account of this name by now, or the invitation was accepted or revoked."""


def pending():
    return Invitation.objects.filter(accepted_at=None, revoked_at=None, expires_at__gt=timezone.now())


def until(now):
    return now + timedelta(days=DAYS)


def state(invitation):
    """accepted, revoked, expired or pending"""
    if invitation.accepted_at:
        return "accepted"
    if invitation.revoked_at:
        return "revoked"
    return "pending" if invitation.expires_at > timezone.now() else "expired"


def new_token(invitation):
    """A token for the link of the mail that is sent now. The one before opens nothing any more."""
    token = tokens.new()
    Invitation.objects.filter(pk=invitation.pk).update(token_sha256=tokens.digest(token))
    return token


def find(token):
    """The pending invitation that this token opens, else None."""
    return pending().filter(token_sha256=tokens.digest(token)).first()


def account(invitation):
    """The account as it will be, not stored: its password is checked against the names."""
    return get_user_model()(
        username=invitation.account_name,
        first_name=invitation.first_name,
        last_name=invitation.last_name,
        email=invitation.email,
        is_staff=True,
        is_superuser=invitation.role == Invitation.Role.ADMINISTRATOR,
    )


@transaction.atomic
def accept(invitation, password=None):
    """Make the account; without a password its person logs in by single sign-on. Raises Taken."""
    if not pending().filter(pk=invitation.pk).update(accepted_at=timezone.now()):
        raise Taken
    user = account(invitation)
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:
        raise Taken from None
    if not user.is_superuser:
        Membership.objects.create(user=user, role=invitation.role, office=invitation.office)
    Recipient.objects.update_or_create(user=user, defaults={"language": invitation.language})
    return user


def revoke(invitation):
    """Whether it could still be revoked."""
    waits = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, revoked_at=None)
    return bool(waits.update(revoked_at=timezone.now(), token_sha256=""))


def send_again(invitation):
    """Have a new link sent, which is valid for as long as a first one. False if it was accepted or revoked."""
    from . import mails

    waits = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, revoked_at=None)
    if not waits.update(expires_at=until(timezone.now())):
        return False
    AccountMail.objects.filter(invitation=invitation, sent_at=None).delete()
    mails.invite(invitation)
    return True


def clean():
    old = timezone.now() - KEPT
    Invitation.objects.filter(expires_at__lt=old).delete()
