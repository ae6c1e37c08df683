"""`manage.py build_collation FOLDER`: writes the tables of `contacts.cldr.collation` from files of the Unicode CLDR.

FOLDER is `common` of a release (https://cldr.unicode.org); Debian has it as the package unicode-cldr-core. For
developers: the result is in the repository, `fixtures/collation.tsv` and `fixtures/pinyin.txt`.
"""

import re
import unicodedata
from pathlib import Path

from django.core.management.base import BaseCommand

from contacts.cldr import collation

# The scripts of names in the site's languages and their neighbours, punctuation and symbols. What is not in the table
# is ordered by code point.
RANGES = [(0x20, 0x700), (0x1E00, 0x2C00), (0x3000, 0x3100)]
# Han characters up to U+9FFF, of which the rare ones are left to their code points.
HAN = (0x3400, 0xA000)
_line = re.compile(r"(?P<code>[0-9A-F]+)\s*; (?P<weights>[^#]+)")
_weights = re.compile(r"\[[.*]([0-9A-F]{4})\.([0-9A-F]{4})\.([0-9A-F]{4})\]")


def collation_elements(lines):
    """{character: [(primary, secondary, tertiary), …]} of `allkeys_CLDR.txt`, for single characters."""
    found = {}
    for line in lines:
        if match := _line.match(line):
            weights = _weights.findall(match["weights"])
            found[chr(int(match["code"], 16))] = [tuple(int(one, 16) for one in element) for element in weights]
    return found


def is_kept(character, elements):
    """Whether a character needs a row: not if it is ignored, or has the weights of its parts."""
    if not any(start <= ord(character) < end for start, end in RANGES):
        return False
    if unicodedata.normalize("NFKC", character) != character:
        return False
    if not any(map(any, elements[character])):  # ignored, as controls and unknown marks are anyway
        return unicodedata.category(character)[0] not in "CM"
    parts = unicodedata.normalize("NFD", character)
    whole = [element for part in parts for element in elements.get(part, ())]
    return len(parts) == 1 or whole != elements[character]


def table(lines):
    elements = collation_elements(lines)
    for character in sorted(filter(lambda one: is_kept(one, elements), elements)):
        kept = filter(any, elements[character])
        weights = " ".join(".".join(f"{weight:X}" for weight in element) for element in kept)
        yield f"{ord(character):04X}\t{weights}\n"


def pinyin(text):
    """The Han characters in the order of `zh.xml`, "pinyin": by sound, then by strokes."""
    rules = text.split("<collation type='pinyin'>")[1].split("]]>")[0]
    rows = re.findall(r"<\*(.*?)(?: #.*)?$", rules, re.MULTILINE)
    return "".join(one for one in "".join(rows) if HAN[0] <= ord(one) < HAN[1])


class Command(BaseCommand):
    help = "Writes the order of letters and of Han characters, from the files of the Unicode CLDR."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)

    def handle(self, folder, **options):
        with (folder / "uca/allkeys_CLDR.txt").open(encoding="utf-8") as lines:
            collation.LETTERS.write_text("".join(table(lines)), encoding="utf-8")
        found = pinyin((folder / "collation/zh.xml").read_text(encoding="utf-8"))
        collation.PINYIN.write_text(found + "\n", encoding="utf-8")
