"""Checks of the configuration: settings, the site's URL, fonts and translations."""

import urllib.request

from django.conf import settings
from django.core.checks import ERROR, WARNING, run_checks
from django.urls import reverse
from django.utils.translation import gettext, override

from articles.feeds import fonts as share_fonts
from contacts.languages import direction, own_name

from .finding import NOTE, WRONG, Finding

SECONDS = 5  # in which the site must answer itself
LARGEST_ANSWER = 10_000  # bytes
REMEDY = "Are NEWSROOM_BASE_URL, the proxy and its certificate right? Links in mails and feeds begin with it."
REDIRECTED = "The proxy must set X-Forwarded-Proto, and TRUST_PROXY_HEADERS must be 1: else https leads to itself."
NO_SERVER = "If the database answers: is manage.py serve running, at the HOST and PORT that the proxy asks?"
REMEDIES = {400: "Its host name must be in ALLOWED_HOSTS, and the proxy must pass it on (Host)."}
REMEDIES |= dict.fromkeys((301, 302, 307, 308), REDIRECTED) | dict.fromkeys((502, 503, 504), NO_SERVER)
ASKED = "Newsroom desk"  # the title of the admin


def settings_are_sound():
    """What `check --deploy` says; in development, what `check` says."""
    for told in run_checks(include_deployment_checks=not settings.DEBUG):
        if told.level >= WARNING and not told.is_silenced():
            level = WRONG if told.level >= ERROR else NOTE
            yield Finding(
                told.id or told.msg, _line(told.msg), _line(told.hint or "See manage.py check --deploy."), level
            )
    if not settings.ALARM_EMAIL:
        remedy = "ALARM_EMAIL=operators@example.org; manage.py doctor --mail from cron on another machine, too."
        yield Finding("alarms", "Nobody gets a mail when something stands still.", remedy, NOTE)


def _line(text):
    return " ".join(str(text).split())


def base_url_leads_here():
    """Whoever opens NEWSROOM_BASE_URL gets this site: asked for robots.txt, which names its own URL."""
    if not settings.NEWSROOM_BASE_URL:
        return
    base = settings.NEWSROOM_BASE_URL.rstrip("/")
    request = urllib.request.Request(base + reverse("robots"), headers={"User-Agent": "newsroom doctor"})
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:
            text = answer.read(LARGEST_ANSWER).decode(errors="replace")
    except (OSError, ValueError) as error:  # URLError and HTTPError are OSErrors
        why = getattr(error, "reason", None) or error
        remedy = REMEDIES.get(getattr(error, "code", None), REMEDY)
        yield Finding("away", f"{base} does not answer this machine: {_line(why)}.", remedy)
        return
    if f"Sitemap: {base}{reverse('sitemap')}" not in text:
        yield Finding("another", f"{base} is answered by something else than this site.", REMEDY)


def fonts():
    """Pictures of shared links need fonts with the characters of each language: asked with the name of the language."""
    for code, _name in settings.LANGUAGES:
        if share_fonts.font_for(own_name(code), code, direction(code) == "rtl") is None:
            sentence = f"There is no font for pictures of shared links in {code}."
            remedy = (
                "Install fonts-noto-core, fonts-noto-cjk and libfribidi0 (Debian), or name a folder in SHARE_FONTS."
            )
            yield Finding(code, sentence, remedy, NOTE)


def catalogues():
    """Asked with a text of the interface that is different in every language."""
    for code, _name in settings.LANGUAGES:
        with override(code):
            text = gettext(ASKED)
        if code != settings.LANGUAGE_CODE and text == ASKED:
            sentence = f"The translation into {code} is missing in {settings.LOCALE_PATHS[0]}."
            yield Finding(code, sentence, "Copy the whole release, or run manage.py compilemessages.")
