"""Imports a table by the importer of fixtures, for the admin: a plan first, then all of it, or nothing."""

import tempfile
from dataclasses import asdict, dataclass, field
from pathlib import Path

import msgspec

from ..report import FixtureError
from ..run import Options, import_fixture
from .records import Mapping, converted

MOST_ROWS = 1_000  # somebody waits for them, 5 s on a quiet machine; more are for the command line
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
    """`losses`: what the table has and articles do not get. `report`: the importer's, None if it stopped."""

    losses: list = field(default_factory=list)
    number: int = 0  # of records
    is_stored: bool = False
    report: object = None
    error: str = ""
    problems: list = field(default_factory=list)  # (line of the table, field, sentence) of what the importer refuses
    conflicts: list = field(default_factory=list)  # the same of rows that stay as they are here

    @property
    def left_out(self):
        """Rows that do not come along at all."""
        return len({loss.line for loss in self.losses if loss.is_whole})

    @property
    def is_importable(self):
        return self.report is not None and not self.problems and bool(self.number)


def run(table, mapping, user, plan, may_leave_out=True):
    """The Outcome of planning or importing a Table on behalf of a user.

    Without `may_leave_out`, nothing is imported while there are rows that cannot come along: it has no report then.
    """
    made = converted(table, mapping)
    with tempfile.TemporaryDirectory(prefix="newsroom-") as folder:
        path = Path(folder) / "table.jsonl"
        with path.open("wb") as file:
            for record in made:
                file.write(msgspec.json.encode(record) + b"\n")
        outcome = Outcome(made.losses, len(made.lines))
        if not made.lines or (outcome.left_out and not may_leave_out):
            return outcome
        options = Options(plan=plan, by=user.get_username(), user_id=user.pk)
        try:
            outcome.report = import_fixture([str(path)], options)
        except FixtureError as error:
            outcome.error = str(error)
            return outcome
    outcome.is_stored = not plan and not outcome.report.problem_count
    line = dict(enumerate(made.lines, 1))
    for name in ("problems", "conflicts"):
        found = [(line.get(one.place.number, 0), one.field, one.message) for one in getattr(outcome.report, name)]
        setattr(outcome, name, found)
    return outcome
