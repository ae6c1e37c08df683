"""Imports a table by the importer of fixtures, for the admin: a plan first, then all of it, or nothing."""

import tempfile
from dataclasses import asdict, dataclass, field
from pathlib import Path

import msgspec

from ..report import FixtureError
from ..run import Options, import_fixture
from .records import Loss, Mapping, converted

MOST_ROWS = 1_000  # somebody waits for them, 5 s on a quiet machine; more are planned and imported by `large`
SHARED = ("language", "kind", "office", "region", "topic", "order", "publish")


def mapping_of(stored, source=""):
    """The Mapping of a ColumnMapping."""
    shared = {name: value for name, value in stored.values.items() if name in SHARED}
    return Mapping(stored.columns, source or stored.name, **shared)


def shared_values(mapping):
    """What `ColumnMapping.values` holds of a Mapping."""
    return {name: value for name, value in asdict(mapping).items() if name in SHARED}


@dataclass
class Outcome:
    """What a plan or an import gave; `large` keeps it as JSON. `losses`: what the table has and articles do not get."""

    losses: list[Loss] = field(default_factory=list)
    number: int = 0  # of records
    was_run: bool = False  # the importer came to its end
    is_stored: bool = False
    run: int | None = None  # the id of the ImportRun; None if nothing was to change
    error: str = ""
    counts: dict[str, dict[str, int]] = field(default_factory=dict)  # {model: {action: number of records}}
    notices: list[str] = field(default_factory=list)
    # (line of the table, field, sentence) of what the importer refuses, and of rows that stay as they are here
    problems: list[tuple[int, str, str]] = field(default_factory=list)
    conflicts: list[tuple[int, str, str]] = field(default_factory=list)

    @property
    def left_out(self):
        """Rows that are not imported at all."""
        return len({loss.line for loss in self.losses if loss.is_whole})

    @property
    def is_importable(self):
        return self.was_run and not self.problems and bool(self.number)


def run(table, mapping, user, plan, may_leave_out=True, progress=None):
    """The Outcome of planning or importing a Table on behalf of a user.

    Without `may_leave_out`, nothing is imported while there are rows that cannot be imported: `was_run` is False then.
    `progress(line)` is called for each record that is made of a row.
    """
    made = converted(table, mapping)
    with tempfile.TemporaryDirectory(prefix="newsroom-") as folder:
        path = Path(folder) / "table.jsonl"
        with path.open("wb") as file:
            for record in made:
                file.write(msgspec.json.encode(record) + b"\n")
                if progress:
                    progress(made.lines[-1])
        outcome = Outcome(made.losses, len(made.lines))
        if not made.lines or (outcome.left_out and not may_leave_out):
            return outcome
        options = Options(plan=plan, by=user.get_username(), user_id=user.pk)
        try:
            report = import_fixture([str(path)], options)
        except FixtureError as error:
            outcome.error = str(error)
            return outcome
    outcome.was_run, outcome.is_stored = True, not plan and not report.problem_count
    outcome.run = report.run and report.run.pk
    outcome.counts, outcome.notices = report.plain_counts(), report.notice_lines()
    line = dict(enumerate(made.lines, 1))
    for name in ("problems", "conflicts"):
        found = [(line.get(one.place.number, 0), one.field, one.message) for one in getattr(report, name)]
        setattr(outcome, name, found)
    return outcome
