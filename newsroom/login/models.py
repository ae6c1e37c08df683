"""The tables of the log-in: second factors, sessions, invitations, accounts elsewhere, mails about accounts."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.languages import language_choices
from contacts.models import Membership, Office
from contacts.models.text_fields import EmailField, LineField

USER = settings.AUTH_USER_MODEL


class AuthenticatorApp(models.Model):
    """An app that shows one-time codes (TOTP, RFC 6238).

    The secret is stored as it is: encrypted with SECRET_KEY, a new key would lock everybody out.
    """

    user = models.OneToOneField(USER, models.CASCADE, primary_key=True, related_name="authenticator_app")
    secret = models.CharField(max_length=64)  # base 32
    last_step = models.BigIntegerField(default=0)  # of the last code that was taken: no code works twice
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = _("authenticator app")
        default_permissions = ()

    def __str__(self):
        return str(self.user)


class Passkey(models.Model):
    """A passkey (WebAuthn): the device keeps the private key, and this row the public one."""

    user = models.ForeignKey(USER, models.CASCADE, related_name="passkeys")
    name = LineField(_("name"), max_length=60)
    credential_id = models.CharField(max_length=1400, unique=True)  # base64url of at most 1,023 bytes
    credential = models.TextField()  # base64url of the attested credential data (WebAuthn, 6.5.1)
    uses = models.BigIntegerField(default=0)  # the signature counter; 0 where the device has none
    created_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("passkey")
        verbose_name_plural = _("passkeys")
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self):
        return self.name


class RecoveryCode(models.Model):
    """A code for one log-in without app and passkey. The database has its SHA-256 alone."""

    user = models.ForeignKey(USER, models.CASCADE, related_name="recovery_codes")
    sha256 = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("recovery code")
        verbose_name_plural = _("recovery codes")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "sha256"], name="newsroom_recoverycode_key")]

    def __str__(self):
        return str(self.user)


class OpenSession(models.Model):
    """Where somebody is logged in: what the page “Account security” shows of a session."""

    user = models.ForeignKey(USER, models.CASCADE, related_name="open_sessions")
    session_key = models.CharField(max_length=40, unique=True)
    browser = models.CharField(max_length=300)  # the beginning of its User-Agent
    network = models.CharField(max_length=50)  # such as 192.0.2.0/24; no IP address is kept
    began_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("open session")
        verbose_name_plural = _("open sessions")
        default_permissions = ()
        ordering = ["-seen_at", "pk"]

    def __str__(self):
        return f"{self.user} {self.network}"


class OutsideAccount(models.Model):
    """The account of somebody at the organisation's identity provider (OpenID Connect)."""

    user = models.ForeignKey(USER, models.CASCADE, related_name="outside_accounts")
    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)  # the claim of the setting OIDC_CLAIM
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = _("single sign-on")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["issuer", "subject"], name="newsroom_outsideaccount_key")]

    def __str__(self):
        return self.issuer


class Invitation(models.Model):
    """An account that waits for its person: who opens the link of the mail sets a password and has it."""

    class Role(models.TextChoices):
        WRITER = Membership.Role.WRITER.value, Membership.Role.WRITER.label
        TRANSLATOR = Membership.Role.TRANSLATOR.value, Membership.Role.TRANSLATOR.label
        EDITOR = Membership.Role.EDITOR.value, Membership.Role.EDITOR.label
        APPROVER = Membership.Role.APPROVER.value, Membership.Role.APPROVER.label
        ADMINISTRATOR = "administrator", _("administrator")

    first_name = LineField(_("first name"), max_length=150)
    last_name = LineField(_("last name"), max_length=150, blank=True)
    email = EmailField(_("e-mail"))
    username = models.CharField(
        _("user name"), max_length=150, blank=True, help_text=_("Leave it empty for the e-mail address.")
    )
    role = models.CharField(_("role"), max_length=13, choices=Role, default=Role.WRITER)
    office = models.ForeignKey(
        Office,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("office"),
        help_text=_("Leave empty for all offices."),
    )
    language = models.CharField(_("language of the mails"), max_length=10, choices=language_choices)
    invited_by = models.ForeignKey(
        USER, models.SET_NULL, null=True, related_name="+", verbose_name=_("invited by"), editable=False
    )
    created_at = models.DateTimeField(_("invited"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("valid until"), editable=False)
    token_sha256 = models.CharField(max_length=64, blank=True, editable=False)  # of the last link that was sent
    accepted_at = models.DateTimeField(_("accepted"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        default_permissions = ()
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return self.full_name or self.email

    @property
    def full_name(self):
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def account_name(self):
        return self.username or self.email


class AccountMail(models.Model):
    """A mail about an account that the worker sends: nobody who waits for a page learns whether there is an account."""

    class Kind(models.TextChoices):
        RESET = "reset", _("New password")
        INVITATION = "invitation", _("Invitation")
        CHANGED = "changed", _("Your account was changed")

    kind = models.CharField(max_length=10, choices=Kind)
    email = models.CharField(max_length=254)  # of a reset what was typed, whether or not there is such an account
    user = models.ForeignKey(USER, models.CASCADE, null=True, related_name="+")
    invitation = models.ForeignKey(Invitation, models.CASCADE, null=True, related_name="+")
    change = models.CharField(max_length=20, blank=True)  # a key of mails.CHANGES
    language = models.CharField(max_length=10)
    wanted_at = models.DateTimeField(default=timezone.now)
    next_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("mail about an account")
        verbose_name_plural = _("mails about accounts")
        default_permissions = ()
        indexes = [models.Index(fields=["next_at"], condition=models.Q(sent_at=None), name="newsroom_accountmail_due")]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.email}"
