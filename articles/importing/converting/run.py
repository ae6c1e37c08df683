"""Converts sources into a newsroom fixture, for `manage.py convert`: reads them twice, writes it and what is lost.

The first pass notes languages, slugs and translations of all stories (`Catalogue`, some hundred bytes each); the second
writes one story after the other. Nothing gets its name before all of it is complete.
"""

import contextlib
import gzip
import shutil
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from ..export_files import INSIDE, complete, entry
from ..read.files import Folder
from ..read.sources import format_of
from ..report import FixtureError
from . import inputs as found_inputs
from .catalogue import Catalogue, Entry
from .losses import Losses
from .readers.feeds import Feeds
from .readers.pages import Pages
from .readers.wagtail import Wagtail
from .readers.wordpress import WordPress
from .records import Defaults, Records
from .stories import Loss, Story

TOLD = 5  # kinds of what was found instead of articles
NOTHING = "holds no article: nothing was written"


@dataclass(frozen=True)
class Options:
    kind: str = ""  # one of inputs.KINDS; "": recognised by content
    language: str = ""
    encoding: str = ""  # of files that name none, or a wrong one
    site: str = ""  # address of the folder of HTML pages that do not name their own
    source: str = ""  # what the articles name as the system that they come from; "": the site
    types: tuple = ("post",)
    with_tags: bool = True
    media: str = ""  # folder of the uploads of WordPress
    defaults: Defaults = field(default_factory=Defaults)


@dataclass
class Result:
    losses: Losses
    articles: int = 0
    records: int = 0
    files: int = 0


def convert(arguments, output, options, report="", progress=None):
    """Convert the sources to `output`, "" for a list of losses only. Returns a Result. Raises FixtureError.

    `report`: path of a CSV file of all losses. `progress`: a `report.Progress`.
    """
    path = _checked(output, options)
    inputs, left_out = found_inputs.found(arguments, options.kind, options.encoding)
    for one in inputs:
        one.size *= 2  # each is read twice
    readers = _readers(inputs, options)
    catalogue = Catalogue(options.language)
    others = Losses()
    for _reader, story in _stories(readers, options, inputs, progress):
        if isinstance(story, Story):
            catalogue.add(story)
        else:
            others.add(story)
    if not catalogue.entries:
        why = "".join(f"; {line}" for line in others.lines()[:TOLD])
        raise FixtureError(f"{', '.join(map(str, arguments))}: {NOTHING}{why}.")
    files = Folder(Path(options.media or inputs[0].folder)) if _carries_files(output) else None
    with contextlib.ExitStack() as stack:
        losses = Losses(stack.enter_context(complete(Path(report))) if report else None)
        result = Result(losses)
        for name, why in left_out:
            losses.add(Loss(name, "", f"file left out: it {why}"))
        records = Records(catalogue, options.defaults, files)
        write = stack.enter_context(_output(path, records, result))
        for reader, story in _stories(readers, options, inputs, progress):
            _convert_one(reader, story, catalogue, records, write, result)
        for reader in readers:
            for loss in reader.rest():
                losses.add(loss)
        if losses.table:
            losses.table.close()
    return result


def _readers(inputs, options):
    by_kind = {kind: [one for one in inputs if one.kind == kind] for kind in found_inputs.KINDS}
    readers = []
    if by_kind["wordpress"]:
        uploads = Folder(Path(options.media)) if options.media else None
        readers.append(WordPress(by_kind["wordpress"], options.types, options.with_tags, uploads))
    if by_kind["feed"]:
        readers.append(Feeds(by_kind["feed"]))
    if by_kind["wagtail"]:
        readers.append(Wagtail(by_kind["wagtail"]))
    if by_kind["html"]:
        readers.append(Pages(by_kind["html"], options.site))
    return readers


def _stories(readers, options, inputs, progress):
    """Yield (reader, Story or Loss) of all sources."""
    for reader in readers:
        for story in reader.read():
            if options.source and isinstance(story, Story):
                story.source = options.source
            yield reader, story
            if progress:
                progress(inputs)


def _convert_one(reader, story, catalogue, records, write, result):
    if isinstance(story, Loss):
        return result.losses.add(story)
    found = catalogue.entry(story)
    if not isinstance(found, Entry):
        return result.losses.add(Loss(story.record, "", found))
    for model, fields in records.of(story, found, reader.finish):
        write(model, fields)
        result.records += 1
    for loss in story.losses:
        result.losses.add(loss)
    result.articles += 1


def _carries_files(output):
    """Whether files beside the source can be imported: in a folder or .zip, and in a mere list of losses."""
    return not output or format_of(Path(output).name) is None


def _checked(output, options):
    """The path of the output, None without one."""
    if not output:
        return None
    path, kind = Path(output), format_of(Path(output).name)
    if kind is None and path.suffix.lower() not in ("", ".zip") and not path.is_dir():
        raise FixtureError(f"{output}: give a name that ends in .jsonl, .jsonl.gz or .zip, or a folder.")
    if kind is not None and kind[0] != "jsonl":
        raise FixtureError(f"{output}: a conversion is written as .jsonl, .jsonl.gz, .zip or into a folder.")
    if options.media and kind is not None:
        raise FixtureError(f"{output}: with --media, give a folder or a .zip, which can hold the files.")
    return path


@contextlib.contextmanager
def _output(path, records, result):
    """A function that writes a record; in the end the pictures and files beside the source are copied."""
    if path is None:
        yield lambda model, fields: None
    elif path.suffix.lower() == ".zip":
        with complete(path) as stream, zipfile.ZipFile(stream, "w") as archive:
            with archive.open(entry(INSIDE, zipfile.ZIP_DEFLATED), "w", force_zip64=True) as inner:
                yield _writer(inner)
            for name, opener in records.beside.items():
                with opener() as source, archive.open(entry(name, zipfile.ZIP_STORED), "w") as target:
                    shutil.copyfileobj(source, target)
    elif kind := format_of(path.name):
        with complete(path) as stream:
            if kind[1]:
                with gzip.GzipFile(filename="", mode="wb", fileobj=stream, mtime=0) as inner:
                    yield _writer(inner)
            else:
                yield _writer(stream)
    else:
        with complete(path / INSIDE) as stream:
            yield _writer(stream)
            for name, opener in records.beside.items():
                with opener() as source, complete(path / name) as target:
                    shutil.copyfileobj(source, target)
    result.files = len(records.beside)


def _writer(stream):
    return lambda model, fields: stream.write(msgspec.json.encode({"model": model, "fields": fields}) + b"\n")
