"""Mails about accounts, in the language of their people: invitations, links for a new password, what was changed.

Pages only note that a mail is wanted; the worker sends it. So the answer to a known and an unknown e-mail address
takes the same time, and a link is in the mail alone: its token is made when the mail is sent.
"""

import logging
from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from articles import jobs
from articles.mail.links import LOCAL
from articles.models import Recipient
from contacts.languages import content_language, direction, organisation_name
from contacts.models.membership import name_of

from . import invitations
from .models import AccountMail

logger = logging.getLogger(__name__)

JOB, LOOK_EVERY = "accounts: mails", 20  # seconds
CLAIM = timedelta(minutes=5)
GIVEN_UP = timedelta(days=3)
KEPT = timedelta(days=1)  # after they were sent: they count for the limit
MOST_IN_AN_HOUR = 5  # links for a new password to one e-mail address
AT_ONCE = 100
ABOUT_ONE_MAIL = (SMTPRecipientsRefused, SMTPResponseException)  # the server answers
_Kind = AccountMail.Kind

CHANGES = {
    "password": gettext_lazy("The password was changed, and all other sessions were ended."),
    "app": gettext_lazy("An authenticator app was set up."),
    "app_removed": gettext_lazy("The authenticator app was removed."),
    "passkey": gettext_lazy("A passkey was added."),
    "passkey_removed": gettext_lazy("A passkey was removed."),
    "codes": gettext_lazy("New recovery codes were made; the old ones do not work any more."),
    "code_used": gettext_lazy("Somebody logged in with a recovery code."),
    "outside": gettext_lazy("The single sign-on was connected."),
    "outside_removed": gettext_lazy("The single sign-on was disconnected."),
    "all_removed": gettext_lazy("An administrator removed the authenticator app, all passkeys and recovery codes."),
}


def language_of(user):
    """The language that somebody chose for their mails, else that of the page."""
    return Recipient.objects.filter(user=user).values_list("language", flat=True).first() or content_language()


def _want(**values):
    AccountMail.objects.create(**values)
    transaction.on_commit(lambda: jobs.wake(JOB))


def invite(invitation):
    _want(kind=_Kind.INVITATION, email=invitation.email, invitation=invitation, language=invitation.language)


def reset(email):
    """Have the accounts with this e-mail address sent a link. Nothing says whether there are any."""
    since = timezone.now() - timedelta(hours=1)
    wanted = AccountMail.objects.filter(kind=_Kind.RESET, email__iexact=email, wanted_at__gt=since)
    if wanted.count() < MOST_IN_AN_HOUR:
        _want(kind=_Kind.RESET, email=email, language=content_language())


def tell(user, change):
    """Mail users what was changed about their account, so that they notice what somebody else did."""
    if user.email:
        _want(kind=_Kind.CHANGED, email=user.email, user=user, change=change, language=language_of(user))


def send_due():
    """The job: sends what waits, and forgets what was sent."""
    connection = get_connection()
    for mail in _waiting(timezone.now()).order_by("next_at", "pk").select_related("user", "invitation")[:AT_ONCE]:
        now = timezone.now()  # those before it may have taken minutes
        if not _waiting(now).filter(pk=mail.pk).update(next_at=now + CLAIM):
            continue  # another worker has it
        try:
            connection.send_messages(list(_messages(mail)))
        except Exception as error:
            _postpone(mail, error)
            if isinstance(error, OSError) and not isinstance(error, ABOUT_ONE_MAIL):
                break
        else:
            AccountMail.objects.filter(pk=mail.pk).update(sent_at=timezone.now())
    AccountMail.objects.filter(sent_at__lt=timezone.now() - KEPT).delete()


def _waiting(now):
    return AccountMail.objects.filter(sent_at=None, next_at__lte=now)


def _postpone(mail, error):
    """After 1, 2, 4 … minutes, at most an hour; what is older than three days is given up."""
    logger.warning("A mail about an account could not be sent (%s): %s", mail.kind, type(error).__name__)
    if mail.wanted_at < timezone.now() - GIVEN_UP:
        AccountMail.objects.filter(pk=mail.pk).delete()
        return
    gap = timedelta(minutes=min(2**mail.attempts, 60))
    values = {"next_at": timezone.now() + gap, "attempts": mail.attempts + 1}
    AccountMail.objects.filter(pk=mail.pk).update(**values)


def _messages(mail):
    """The mails to be sent: of a reset one to each account with the e-mail address, and none if there is none."""
    if mail.kind == _Kind.RESET:
        for user in _accounts(mail.email):
            yield _message(mail, user.email, _reset_text(user), language_of(user))
    elif mail.kind == _Kind.CHANGED:
        yield _message(mail, mail.email, lambda: _changed_text(mail), mail.language)
    elif invitations.state(mail.invitation) == "pending":
        yield _message(mail, mail.email, _invitation_text(mail.invitation), mail.language)


def _accounts(email):
    """Accounts with a password, and those with passkeys only. An account of single sign-on gets no password."""
    for user in get_user_model().objects.filter(email__iexact=email, is_active=True):
        has_passkeys = user.passkeys.exists() and not user.outside_accounts.exists()
        if user.has_usable_password() or has_passkeys:
            yield user


def _message(mail, to, text, language):
    """`text()` gives the subject, the paragraphs and the URL of a link or ""; it is called in the language."""
    with override(language):
        subject, paragraphs, link = text()
        context = {"subject": subject, "paragraphs": paragraphs, "link": link, "newsroom": organisation_name()}
        context |= {"language": language, "direction": direction(language)}
        headers = {"Auto-Submitted": "auto-generated", "Content-Language": language}
        subject = " ".join(f"{context['newsroom']}: {subject}".split())
        message = EmailMultiAlternatives(subject, render_to_string("admin/mail/account.txt", context), to=[to])
        message.extra_headers = headers
        message.attach_alternative(render_to_string("admin/mail/account.html", context), "text/html")
    return message


def _address(name, *arguments):
    """From the settings: a forged Host in the request never gets into a mail."""
    return f"{settings.NEWSROOM_BASE_URL.rstrip('/') or LOCAL}{reverse(f'admin:{name}', args=arguments)}"


def _reset_text(user):
    def text():
        key = urlsafe_base64_encode(force_bytes(user.pk))
        hours = settings.PASSWORD_RESET_TIMEOUT // 3600
        valid = ngettext(
            "The link is valid for %(hours)d hour and for one use.",
            "The link is valid for %(hours)d hours and for one use.",
            hours,
        ) % {"hours": hours}
        asked = _("Somebody, probably you, wants a new password for the account “%(name)s”. Choose it here:")
        asked %= {"name": user.get_username()}
        ignore = _("If it was not you, do nothing: your password stays as it is.")
        link = _address("reset_confirm", key, default_token_generator.make_token(user))
        return _("New password"), [asked, f"{valid} {ignore}"], link

    return text


def _invitation_text(invitation):
    def text():
        inviter = invitation.invited_by
        by = name_of(inviter, organisation_name())
        values = {"name": invitation.full_name, "by": by, "newsroom": organisation_name()}
        asked = _("Dear %(name)s, %(by)s invites you to the editors’ desk of %(newsroom)s. Open your account here:")
        days = invitations.DAYS
        valid = ngettext("The link is valid for %(days)d day.", "The link is valid for %(days)d days.", days)
        told = _("Your user name is “%(name)s”.") % {"name": invitation.account_name}
        link = _address("invitation", invitations.new_token(invitation))
        return _("Invitation"), [asked % values, f"{told} {valid % {'days': days}}"], link

    return text


def _changed_text(mail):
    told = _("This concerns the account “%(name)s”.") % {"name": mail.user.get_username()}
    act = _("If it was not you, choose a new password at once and tell an administrator.")
    return _("Your account was changed"), [str(CHANGES[mail.change]), told, act], _address("security")
