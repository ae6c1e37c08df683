"""Old addresses as a CSV or Excel table, in and out: for the admin. A file is stored whole, or not at all."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import unquote

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from contacts.plain_text import spreadsheet_cell, text_of_cell
from contacts.public_pages import changed

from ...models import OldAddress
from ...models.moving_in import spelling
from ...models.moving_in.old_addresses import SAME_START
from ...old_addresses import checking
from . import reading

HEAD = ("from", "to", "note", "hits", "last_hit")
# What headers are called in the tables of other systems, in small letters.
NAMES = {
    "from": {"from", "old", "old address", "old url", "old_url", "source", "source url", "request", "redirect from"},
    "to": {"to", "new", "new address", "new url", "new_url", "target", "target url", "destination", "redirect to"},
    "note": {"note", "notes", "comment", "remark"},
    # What `manage.py convert` lists: the article's slug and language instead of where it stands.
    "slug": {"article slug"},
    "language": {"language"},
}
MOST_ROWS = 2_000  # each is checked while somebody waits
MOST_PROBLEMS = 200
TOGETHER = 500


@dataclass
class Plan:
    """What a file would do: rows to store by what becomes of them, and [(line, column, sentence)] that are wrong."""

    new: list = field(default_factory=list)
    changed: list = field(default_factory=list)
    unchanged: int = 0
    problems: list = field(default_factory=list)
    notes: list = field(default_factory=list)

    def refuse(self, line, column, sentence):
        self.problems.append((line, column, sentence))


def read(request, data, must_exist=True, encoding="", most=MOST_ROWS):
    """The Plan of a file. Raises TableError if it is no table with the columns "from" and "to".

    `most`: rows, None for any number.
    """
    table = reading.read(data, encoding)
    columns = _columns(table.headers)
    if most and len(table.rows) > most:
        sentence = _("The table has more than %(most)s rows: “manage.py old_addresses FILE” takes it.")
        raise reading.TableError(sentence % {"most": most})
    plan = Plan(notes=table.notes)
    for line, sentence in table.problems:
        plan.refuse(line, "", sentence)
    rows = _checked(request, table, columns, must_exist, plan)
    _refuse_chains(rows, plan)
    _refuse_too_many_alike(rows, plan)
    _compare(rows, plan)
    plan.problems.sort(key=lambda problem: problem[0])
    return plan


def _columns(headers):
    """{what: number of its column}"""
    found = {}
    for at, header in enumerate(headers):
        name = header.lower()
        for what, names in NAMES.items():
            if name in names or name.replace("_", " ") in names:
                found.setdefault(what, at)
    names_article = {"slug", "language"} <= found.keys()
    if missing := ({"from"} if names_article else {"from", "to"}) - found.keys():
        names = ", ".join(f"“{name}”" for name in sorted(missing))
        raise reading.TableError(_("The header has no column %(names)s.") % {"names": names})
    return found


def _checked(request, table, columns, must_exist, plan):
    """{address: (line, row)} of the lines that are right."""
    rows = {}
    target = cache(lambda text: checking.target(request, text, must_exist))  # many lines lead to the same page
    for one in table.rows:
        given = {what: text_of_cell(one.cells[at]) for what, at in columns.items()}
        to = given.get("to") or _article_path(given.get("language", ""), given.get("slug", ""))
        try:
            row = checking.row(request, given["from"], to, given.get("note", ""), target)
            row._meta.get_field("note").clean(row.note, row)
        except ValidationError as error:
            _refuse(plan, one.line, error)
            continue
        if earlier := rows.get(row.address):
            if _content(earlier[1]) != _content(row):
                told = _("This address leads elsewhere in line %(line)s.") % {"line": earlier[0]}
                plan.refuse(one.line, "from", told)
            continue
        rows[row.address] = (one.line, row)
    return rows


def _article_path(language, slug):
    """The path of the article with this slug; "" if it cannot be one."""
    try:
        with override(language):
            return unquote(reverse("articles:article", args=[slug]))
    except NoReverseMatch:
        return ""


def _refuse(plan, line, error):
    if not hasattr(error, "error_dict"):
        plan.refuse(line, "", " ".join(error.messages))
        return
    for name, sentences in error.message_dict.items():
        for sentence in sentences:
            plan.refuse(line, {"address": "from", "path": "to"}.get(name, name), sentence)


def _refuse_chains(rows, plan):
    """Where pages need not exist, no line may lead to the old address of another line, or to its own."""
    for line, row in list(rows.values()):
        if row.path and not spelling.is_pattern(row.path) and spelling.one_spelling(row.path) in rows:
            plan.refuse(line, "to", _("This is an old address itself. Enter where that one leads."))


def _refuse_too_many_alike(rows, plan):
    """As `OldAddress.clean` does, which counts only what is stored."""
    alike = Counter()
    for line, row in rows.values():
        if row.is_pattern:
            start = spelling.start(row.address)
            alike[start] += 1
            if alike[start] > SAME_START:
                sentence = _("There are %(most)s patterns already that begin like this one. Use fewer, wider ones.")
                plan.refuse(line, "from", sentence % {"most": SAME_START})


def _compare(rows, plan):
    addresses = list(rows)
    for start in range(0, len(addresses), TOGETHER):
        some = addresses[start : start + TOGETHER]
        stored = {row.address: row for row in OldAddress.objects.filter(address__in=some)}
        for address in some:
            row, before = rows[address][1], stored.get(address)
            if before is None:
                plan.new.append(row)
            elif _content(before) == _content(row):
                plan.unchanged += 1
            else:
                row.pk = before.pk
                plan.changed.append(row)


def _content(row):
    return row.article_id, row.path, row.note


def store(plan):
    """Store a Plan without problems, all of it or nothing."""
    with transaction.atomic():
        OldAddress.objects.bulk_create(plan.new, batch_size=TOGETHER)
        OldAddress.objects.bulk_update(plan.changed, ["article", "path", "note"], batch_size=TOGETHER)
        changed()


def sentence(plan):
    """What was stored, for the person who did it."""
    added = ngettext("%(n)d old address was added", "%(n)d old addresses were added", len(plan.new))
    other = ngettext("%(n)d was changed", "%(n)d were changed", len(plan.changed))
    same = ngettext("%(n)d is as it was", "%(n)d are as they were", plan.unchanged)
    numbers = (len(plan.new), len(plan.changed), plan.unchanged)
    return "; ".join(text % {"n": n} for text, n in zip((added, other, same), numbers, strict=True)) + "."


def rows(addresses):
    """Yield the rows of an export: HEAD, then one for each old address. Moments are in UTC."""
    yield HEAD
    for one in addresses.select_related("article", "use").iterator(chunk_size=2000):
        use = getattr(one, "use", None)
        to = one.article.get_absolute_url() if one.article_id else one.path
        hits, last = (use.hits, f"{use.last_at:%Y-%m-%d %H:%M:%S}") if use else (0, "")
        yield [spreadsheet_cell(cell) for cell in (one.address, to, one.note, hits, last)]
