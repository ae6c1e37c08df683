"""CSV and Excel files become a newsroom fixture, for `manage.py convert`, by the mappings that the admin keeps."""

import contextlib
from dataclasses import replace
from pathlib import Path

import msgspec

from ...models import ColumnMapping
from ...models.moving_in.column_mappings import headers_key
from ..converting.losses import Losses
from ..converting.run import Result
from ..converting.stories import Loss
from ..export_files import complete
from ..report import FixtureError
from .fields import guess
from .reading import TableError, read
from .records import Mapping, converted
from .running import mapping_of

TOLD = 5  # reasons why no row is an article
ENDINGS = (".csv", ".tsv", ".xlsx", ".xls", ".ods")


def are_tables(sources):
    """Whether the sources are tables. Raises FixtureError if only some of them are."""
    found = [Path(source).suffix.lower() in ENDINGS for source in sources]
    if any(found) and not all(found):
        raise FixtureError("Convert tables by themselves, apart from other sources.")
    return all(found)


def convert_tables(sources, output, options, report="", name=""):
    """Convert tables to `output`, a .jsonl, or only list what would be lost. Returns a Result.

    `name`: of a mapping that the admin keeps; else the one kept for these headers, else a guess. `options`: those of
    the conversion; its language, source and defaults hold for rows that say nothing. Raises FixtureError.
    """
    if output and Path(output).suffix.lower() != ".jsonl":
        raise FixtureError(f"{output}: a table is written as .jsonl.")
    with contextlib.ExitStack() as stack:
        losses = Losses(stack.enter_context(complete(Path(report))) if report else None)
        result = Result(losses)
        stream = stack.enter_context(complete(Path(output))) if output else None
        for source in sources:
            _convert_one(source, stream, options, name, result)
        if losses.table:
            losses.table.close()
        if not result.records:
            why = "".join(f"; {line}" for line in losses.lines()[:TOLD])
            raise FixtureError(f"{', '.join(map(str, sources))}: no row is an article; nothing was written{why}.")
    return result


def _convert_one(source, stream, options, name, result):
    try:
        table = read(Path(source).read_bytes(), options.encoding)
    except OSError as error:
        raise FixtureError(f"{source} cannot be read: {error.strerror}.") from error
    except TableError as error:
        raise FixtureError(f"{source}: {error}") from error
    for note in table.notes:
        result.losses.add(Loss(str(source), "", note))
    made = converted(table, _mapping(table, options, name))
    for record in made:
        if stream:
            stream.write(msgspec.json.encode(record) + b"\n")
        result.records += 1
        result.articles += record["model"] == "articles.article"
    for loss in made.losses:
        where = f"{source}:{loss.line}" if loss.line else str(source)
        result.losses.add(Loss(where, loss.column, loss.sentence))


def _mapping(table, options, name):
    kept = ColumnMapping.objects.filter(**({"name": name} if name else {"headers": headers_key(table.headers)})).first()
    if name and kept is None:
        raise FixtureError(f"--mapping {name}: the admin keeps no mapping of this name.")
    mapping = mapping_of(kept) if kept else Mapping(guess(table))
    given = {
        "source": options.source, "language": options.language, "office": options.defaults.office,
        "region": options.defaults.region, "topic": options.defaults.topic,
    }  # fmt: skip
    return replace(mapping, **{field: value for field, value in given.items() if value})
