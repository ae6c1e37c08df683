"""Mail to the operators (ALARM_EMAIL) when something begins to be wrong, and when it is over: once each.

A job does it for all processes. A stopped process cannot report itself, so cron should run `manage.py
doctor --mail`, too, best on another machine: both use the same rows, so that no mail comes twice. While the database
is away, a file in the media folder stands for the row. A mail that cannot be sent is tried again by a later look.
"""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone

from articles.models import Alarm

from . import background, run
from .finding import WRONG

JOB, LOOK_EVERY = background.ALARMS, 60  # seconds
CLAIM = 300  # seconds: after them another process may send the mail
MARK = ".database-alarm"  # a file in MEDIA_ROOT: since when operators know that the database is away
AWAY = "The database does not answer."


def look():
    """Run the checks that alarm, and mail what has begun and what is over. Returns how many were mailed."""
    return tell(run.run([check for check in run.CHECKS if check.is_alarm]))


def tell(results):
    """As `look`, for given results ([Result]). Ignores checks without `is_alarm`."""
    found, unknown = {}, set()
    for result in results:
        name = result.check.name
        if not result.check.is_alarm:
            continue
        if not result.is_known:
            unknown.add(name)
        wrong = (finding for finding in result.findings if finding.level == WRONG)
        found |= {f"{name}: {finding.what}"[:150]: finding for finding in wrong}
    begun, over = _untold(found, unknown)
    begun, over = _claimed(begun), _claimed(over)
    if begun or over:
        _send([(row.sentence, found[row.key].remedy, row.began_at) for row in begun], over)
        _mark(begun, over)
    return len(begun) + len(over)


def _untold(found, unknown):
    """([Alarm] that have begun, [Alarm] that are over). What was over before it was mailed is deleted."""
    known = {row.key: row for row in Alarm.objects.all()}
    for key in found.keys() - known.keys():
        known[key], _created = Alarm.objects.get_or_create(key=key, defaults={"sentence": found[key].sentence})
    gone = [row for key, row in known.items() if key not in found and key.partition(":")[0] not in unknown]
    Alarm.objects.filter(pk__in=[row.pk for row in gone if row.told_at is None]).delete()
    begun = [row for key, row in known.items() if key in found and row.told_at is None]
    return sorted(begun, key=lambda row: row.pk), [row for row in gone if row.told_at is not None]


def _claimed(rows):
    return [row for row in rows if Alarm.objects.claim(row, CLAIM)]


def _mark(begun, over):
    told = Alarm.objects.filter(pk__in=[row.pk for row in begun])
    told.update(told_at=timezone.now(), claimed_until=None)
    Alarm.objects.filter(pk__in=[row.pk for row in over]).delete()


def _send(begun, over):
    """begun: [(sentence, remedy, since when)]; over: [Alarm]"""
    lines = []
    for sentence, remedy, since in begun:
        lines += [sentence, f"  What to do: {remedy}", f"  Noticed at {since:%Y-%m-%d %H:%M} UTC.", ""]
    for row in over:
        lines += [f"Over: {row.sentence}", f"  It was so from {row.began_at:%Y-%m-%d %H:%M} UTC on.", ""]
    if begun:
        lines.append("You get one more mail when this is over, and none before. “manage.py doctor” says more.")
    first = begun[0][0] if begun else f"Over: {over[0].sentence}"
    more = len(begun) + len(over) - 1
    _mail(first + (f" (and {more} more)" if more else ""), lines)


def _mail(about, lines):
    site = settings.NEWSROOM_BASE_URL or settings.NEWSROOM_NAME
    subject = " ".join(f"[{settings.NEWSROOM_NAME}] {about}".split())
    body = "\n".join([site, "", *lines, ""])
    headers = {"Auto-Submitted": "auto-generated"}
    EmailMessage(subject, body, to=settings.ALARM_EMAIL, headers=headers).send()


def tell_of_database(is_away):
    """As `tell`, for a database that is away: the alarm is noted in a file."""
    mark = Path(settings.MEDIA_ROOT) / MARK
    try:
        if is_away:
            _begin(mark)
        elif mark.is_file():
            since = datetime.fromisoformat(mark.read_text(encoding="ascii"))
            mark.unlink()  # only one process succeeds
            _mail(f"Over: {AWAY}", [f"The database answers again. It was away from {since:%Y-%m-%d %H:%M} UTC on."])
    except FileNotFoundError:
        return  # another process has sent the mail


def _begin(mark):
    mark.parent.mkdir(parents=True, exist_ok=True)
    try:
        with mark.open("x", encoding="ascii") as file:
            file.write(timezone.now().isoformat())
    except FileExistsError:
        return
    try:
        _mail(AWAY, [AWAY, "", "You get one more mail when it answers again, and none before."])
    except Exception:
        mark.unlink()  # the next look tries again
        raise
