"""The passes of a story and what they opened, as rows for a spreadsheet."""

from contacts.cldr.formats import joined_text
from contacts.plain_text import spreadsheet_cell

from ..models import Pass

HEAD = ("name", "outlet", "email", "languages", "made", "revoked", "opened", "from", "language", "file")


def rows(story):
    """Yield HEAD, then one row for each opening, and one for each pass that was never opened. Moments are in UTC."""
    yield HEAD
    for given in Pass.objects.filter(story=story).prefetch_related("openings").order_by("id"):
        own = [given.name, given.outlet, given.email, joined_text(given.languages), _utc(given.created_at)]
        own.append(_utc(given.revoked_at))
        openings = [(_utc(one.at), one.network, one.language, one.file) for one in reversed(given.openings.all())]
        for opening in openings or [("", "", "", "")]:
            yield [spreadsheet_cell(cell) for cell in (*own, *opening)]


def _utc(moment):
    return f"{moment:%Y-%m-%d %H:%M:%S}" if moment else ""
