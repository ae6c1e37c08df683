"""The plan of a sending: who would get which text in which language, and who is left out and why."""

import hashlib
import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Journalist, PressDelivery, Sending
from ..personal_links.passes import MOST_AT_ONCE
from . import lists
from .versions import Version, choose, refusal, told_of_taking, versions

MOST = 2000  # journalists of one sending
CLEANING, CLEAN_EVERY = "press: old plans", 6 * 60 * 60  # seconds
UNCONFIRMED_FOR = timedelta(days=14)
Kind = Sending.Kind
REASONS = {
    "not active": gettext_lazy("not active"),
    "no consent": gettext_lazy("without consent"),
    "refused": gettext_lazy("the address was refused"),
    "has it": gettext_lazy("was sent this already, or it waits to be sent"),
}


@dataclass
class Recipient:
    journalist: Journalist
    version: Version

    @property
    def language(self):
        return self.version.article.language

    @property
    def is_fallback(self):
        return self.language != self.journalist.language


@dataclass
class Plan:
    """`refusal`: why nothing can be sent, as a sentence. `left_out`: {reason: journalists}."""

    sending: Sending
    found: dict
    refusal: str = ""
    recipients: list = field(default_factory=list)
    left_out: dict = field(default_factory=dict)

    @property
    def languages(self):
        """[(language, how many get this text, how many of them because there is none in their language)]"""
        all_of = Counter(one.language for one in self.recipients)
        instead = Counter(one.language for one in self.recipients if one.is_fallback)
        return [(code, all_of[code], instead[code]) for code in self.found if all_of[code]]

    @property
    def reasons(self):
        """[(the reason in words, the journalists)]"""
        return [(REASONS[reason], self.left_out[reason]) for reason in REASONS if reason in self.left_out]

    @property
    def fingerprint(self):
        """Differs if the plan does: what is confirmed is what was shown."""
        told = [(one.journalist.pk, one.version.article.pk, one.version.number) for one in self.recipients]
        editions = [(code, one.article.pk, one.article.version) for code, one in sorted(self.found.items())]
        texts = json.dumps(self.sending.texts, sort_keys=True)  # PostgreSQL gives the keys back in an order of its own
        return hashlib.sha256(repr((sorted(told), editions, texts)).encode()).hexdigest()


def plan(sending, user):
    """The Plan as it is now. The user is the one who sends it; languages without a subject are left out."""
    found = {code: one for code, one in versions(sending, user).items() if code in sending.texts}
    if problem := refusal(sending, user, found):
        return Plan(sending, found, problem)
    journalists = list(chosen(sending, user).order_by("name", "pk")[: MOST + 1])
    most = MOST_AT_ONCE if sending.kind == Kind.EMBARGO else MOST
    if len(journalists) > most:
        return Plan(sending, found, _("These are more than %(most)s journalists. Choose fewer.") % {"most": most})
    recipients, left_out = [], defaultdict(list)
    has_it = _who_have_it(sending, found)
    source = sending.article.language
    for one in journalists:
        version = choose(one, found, source)
        if reason := _reason(one, (one.pk, version.base.pk) in has_it):
            left_out[reason].append(one)
        else:
            recipients.append(Recipient(one, version))
    return Plan(sending, found, "" if journalists else _("Nobody is chosen."), recipients, dict(left_out))


def chosen(sending, user):
    """The journalists of the sending, as a queryset, before anybody is left out."""
    if sending.kind in Sending.ABOUT_SENT_TEXTS:
        return who_were_sent(sending.article, sending.kind)
    ids = set(sending.journalists.values_list("pk", flat=True))
    for press_list in lists.usable(user, sending.lists.all()):
        ids |= set(lists.members(press_list).values_list("pk", flat=True))
    return Journalist.objects.filter(pk__in=ids)


def who_were_sent(article, kind):
    """Journalists who got a text of the article, public or by a pass; for its return, those who got its withdrawal."""
    sent = PressDelivery.objects.filter(article=article, sent_at__isnull=False, edition__gt=0)
    rows = told_of_taking(article) if kind == Kind.RETURNED else sent
    return Journalist.objects.filter(pk__in=rows.order_by().values("journalist"))


def must_be_told(article, kind, number):
    """How many have a text that was wrong, was taken away or is public again, and got no mail about it yet."""
    found = {article.language: Version(article, article, number)}
    has_it = {journalist for journalist, _article in _who_have_it(Sending(article=article, kind=kind), found)}
    return who_were_sent(article, kind).exclude(pk__in=has_it).count()


def clean():
    """The job: deletes plans that nobody has confirmed for days."""
    Sending.objects.filter(confirmed_at=None, created_at__lt=timezone.now() - UNCONFIRMED_FOR).delete()


def _who_have_it(sending, found):
    """{(journalist, article)} (ids) of those who were sent the text that the sending is about, or will be."""
    pairs = set()
    for version in found.values():
        rows = PressDelivery.objects.filter(article=version.base, left_out="").exclude(journalist=None)
        known = Q(kind=sending.kind, number__gte=version.number)
        if sending.kind in (Kind.PUBLIC, Kind.CORRECTED):
            known |= Q(kind__in=[Kind.PUBLIC, Kind.CORRECTED], edition__gte=version.number)
        pairs |= set(rows.filter(known).values_list("journalist", "article"))
    return pairs


def _reason(journalist, has_it):
    """Why a journalist is left out: a key of REASONS; empty if they are not."""
    if not journalist.is_active:
        return "not active"
    if journalist.consent_on is None:
        return "no consent"
    if journalist.switched_off_at:
        return "refused"
    return "has it" if has_it else ""
