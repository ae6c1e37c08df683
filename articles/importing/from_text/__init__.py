"""Reads a press release that somebody has pasted into the parts of an article, each with its passage and confidence.

`read_text` is for the admin ("New article from a text") and for `manage.py read_text`. It needs no database, fetches
nothing, and takes time in proportion to the length of the text. `matching` finds the rows that are meant.
"""

from .head.places import Places
from .lines import LARGEST, TooLong
from .parts import read_text
from .reading import Found, Person, Reading, Said
from .words import LANGUAGES

__all__ = ["LANGUAGES", "LARGEST", "Found", "Person", "Places", "Reading", "Said", "TooLong", "read_text"]
