"""Plans and imports a large table that the background job has claimed, in a process of its own (`waiting`)."""

import msgspec
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import override

from ...models import ImportRun, WaitingTable
from ..report import BUSY
from . import reading, running
from .waiting import TRIES

PROGRESS_EVERY = 250  # rows
READ = 100  # percent


def outcome_of(waiting):
    """The Outcome of the last plan or import, or None."""
    return waiting.outcome and msgspec.convert(waiting.outcome, running.Outcome)


def progress_line(waiting):
    """How far a table is that waits to be planned or imported: a sentence."""
    if waiting.claimed_at is None:
        return _("The table waits for the background jobs of the server.")
    if waiting.done < READ:
        return _("Rows read: %(number)s%%") % {"number": waiting.done}
    if waiting.wanted == "import":
        return _("All rows are read. They are being stored, all or none.")
    return _("All rows are read. They are being checked.")


def work(pk):
    """Plan or import a claimed table and keep the outcome. False if it is gone or done, or another import runs."""
    waiting = WaitingTable.objects.select_related("mapping", "by").filter(pk=pk).exclude(wanted="").first()
    if waiting is None:
        return False
    # Unless it is claimed anew, or another plan was asked for:
    same = WaitingTable.objects.filter(pk=pk, claimed_at=waiting.claimed_at, wanted=waiting.wanted)
    with override(waiting.language):
        outcome = _outcome(waiting)
    if BUSY in outcome.error:
        same.update(tries=F("tries") - 1)
        return False
    if outcome.run:
        ImportRun.objects.filter(pk=outcome.run).update(source=waiting.name)
    done = {"wanted": "", "claimed_at": None, "outcome": msgspec.to_builtins(outcome)}
    if outcome.is_stored:  # whoever has claimed it meanwhile; the row stays for a day, to say what became of it
        WaitingTable.objects.filter(pk=pk).update(**done, data=b"")
    else:
        same.update(**done)
    return True


def _outcome(waiting):
    if waiting.tries > TRIES:
        return running.Outcome(
            error=_("It was begun three times, and its process was ended each time. Ask for it again.")
        )
    if waiting.mapping is None:
        return running.Outcome(error=_("Its mapping is gone. Say again what the columns are."))
    try:
        table = reading.read(bytes(waiting.data), waiting.encoding, waiting.header_line)
    except reading.TableError as error:
        return running.Outcome(error=str(error))
    waiting.data = b""
    own = WaitingTable.objects.filter(pk=waiting.pk, claimed_at=waiting.claimed_at)
    last = table.rows[-1].line if table.rows else 1
    shown = 0

    def progress(line):
        nonlocal shown
        if line - shown >= PROGRESS_EVERY or line == last:
            shown = line
            own.update(done=min(READ, READ * line // last))

    is_plan = waiting.wanted == "plan"
    mapping = running.mapping_of(waiting.mapping)
    return running.run(table, mapping, waiting.by, is_plan, is_plan or waiting.leave_out, progress)
