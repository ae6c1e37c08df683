"""Second factors: an app that shows codes, passkeys, and recovery codes for those who have lost both."""

from django.db import transaction

from ..models import AuthenticatorApp, Passkey, RecoveryCode


def has_any(user):
    """Whether the user has set up an app or a passkey. Recovery codes alone are none."""
    return Passkey.objects.filter(user=user).exists() or AuthenticatorApp.objects.filter(user=user).exists()


@transaction.atomic
def remove_all(user):
    for model in (AuthenticatorApp, Passkey, RecoveryCode):
        model.objects.filter(user=user).delete()
