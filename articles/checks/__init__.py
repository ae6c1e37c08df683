"""What is wrong or missing in an article: shown beside its form, acknowledged on submission, refused on approval.

Each check is a function that takes a `Draft` and yields `Finding`s; `run.CHECKS` has them all.
"""

from .completeness import for_readers
from .draft import HTML_FIELDS, Draft
from .finding import BLOCK, WARNING, Finding
from .run import blocks, register, run, unread_machine_text, warnings

__all__ = [
    "BLOCK",
    "HTML_FIELDS",
    "WARNING",
    "Draft",
    "Finding",
    "blocks",
    "for_readers",
    "register",
    "run",
    "unread_machine_text",
    "warnings",
]
