"""Finds the account that a person of the identity provider opens. An e-mail address alone opens none.

The person is one claim of the ID token (OIDC_CLAIM), joined to an account by an invitation, or by its owner.
"""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction

from .. import invitations
from ..models import OutsideAccount

LENGTH = OutsideAccount._meta.get_field("subject").max_length


class Unknown(Exception):
    """Nobody has invited this person, or there is an account that its owner must connect."""


def subject(claims):
    """The claim that names the person. Raises Unknown if it is missing."""
    found = str(claims.get(settings.OIDC_CLAIM) or "")
    if not found or len(found) > LENGTH or "\0" in found:
        raise Unknown
    return found


def user_of(claims, invited=None):
    """The account of this person; `invited`: the id of the invitation whose link they opened before. Raises Unknown."""
    known = OutsideAccount.objects.filter(issuer=claims["iss"], subject=subject(claims)).select_related("user").first()
    if known:
        return known.user
    if invitation := _invitation(claims, invited):
        return _accept(claims, invitation)
    if settings.OIDC_CREATE_ACCOUNTS:
        return _create(claims)
    raise Unknown


def _invitation(claims, invited):
    """The one whose link was opened in this browser, else one to the e-mail address that the provider has verified."""
    if found := invitations.pending().filter(pk=invited).first():
        return found
    address = verified_email(claims)
    return invitations.pending().filter(email__iexact=address).first() if address else None


def verified_email(claims):
    """The e-mail address of the person, if the provider says that it has verified it, else empty."""
    address = claims.get("email")
    return address if isinstance(address, str) and claims.get("email_verified") is True and "\0" not in address else ""


@transaction.atomic
def _accept(claims, invitation):
    try:
        user = invitations.accept(invitation)
    except invitations.Taken:
        raise Unknown from None
    connect(user, claims)
    return user


@transaction.atomic
def _create(claims):
    """A new account without any role. If another has the name or e-mail address, its owner connects it from inside."""
    users = get_user_model()
    address = verified_email(claims)
    name = str(claims.get("preferred_username") or address)[:150].replace("\0", "")
    if not name or users.objects.filter(username__iexact=name).exists():
        raise Unknown
    if address and users.objects.filter(email__iexact=address).exists():
        raise Unknown
    names = {field: str(claims.get(claim) or "")[:150].replace("\0", "") for field, claim in
             (("first_name", "given_name"), ("last_name", "family_name"))}  # fmt: skip
    user = users(username=name, email=address, is_staff=True, **names)
    user.set_unusable_password()
    user.save()
    connect(user, claims)
    return user


def connect(user, claims):
    """Join the person to the account. Raises Unknown if they have another one."""
    values = {"issuer": claims["iss"], "subject": subject(claims)}
    try:
        with transaction.atomic():
            row, _made = OutsideAccount.objects.get_or_create(**values, defaults={"user": user})
    except IntegrityError:
        raise Unknown from None
    if row.user_id != user.pk:
        raise Unknown
