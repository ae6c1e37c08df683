"""Cleans HTML by the project's only allow-list, whoever wrote it: editors, imports, older systems.

`clean_with_report` repairs what office programs and older systems leave behind, removes what the allow-list does not
permit, and says what it did. Cleaning cleaned HTML again changes nothing, so that a second import of a file finds
nothing to change.
"""

from .allowed import own_image
from .cleaning import clean, clean_with_report
from .report import Cleaned, Finding, TooComplex, sentences
from .text import body_image_keys, plain, without_controls
from .tree import paragraphs

__all__ = [
    "Cleaned",
    "Finding",
    "TooComplex",
    "body_image_keys",
    "clean",
    "clean_with_report",
    "own_image",
    "paragraphs",
    "plain",
    "sentences",
    "without_controls",
]
