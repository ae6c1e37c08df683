"""Cleans HTML by the project's only allow-list, whoever wrote it: editors, imports, older systems.

`clean_with_report` repairs what office programs and older systems leave behind, removes what the allow-list does not
permit, and says what it did. Cleaning cleaned HTML again changes nothing, so that a second import of a file finds
nothing to change.
"""

from .cleaning import body_image_keys, clean, clean_with_report, own_image, plain, without_controls
from .report import Cleaned, Finding, TooComplex, sentences

__all__ = [
    "Cleaned",
    "Finding",
    "TooComplex",
    "body_image_keys",
    "clean",
    "clean_with_report",
    "own_image",
    "plain",
    "sentences",
    "without_controls",
]
