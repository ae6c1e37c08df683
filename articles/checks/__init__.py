"""What is wrong or missing in an article: shown beside its form, acknowledged on submission, refused on approval.

Each check is a function that takes a `Draft` and yields `Finding`s; `run.CHECKS` has them all.
"""

from .completeness import for_readers
from .draft import HTML_FIELDS, Draft
from .finding import BLOCK, WARNING, Finding
from .run import blocks, machine_text, register, run, warnings

__all__ = [
    "BLOCK",
    "HTML_FIELDS",
    "WARNING",
    "Draft",
    "Finding",
    "blocks",
    "for_readers",
    "machine_text",
    "register",
    "run",
    "warnings",
]
