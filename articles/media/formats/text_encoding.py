"""Finds out in which encoding a text file is: by the letters that are usual in the languages of the newsroom."""

import codecs

ENCODINGS = (
    "utf-8", "utf-16", "windows-1252", "windows-1251", "windows-1256", "gb18030", "big5", "koi8-r", "mac-roman",
)  # fmt: skip
LOOKED_AT = 200_000  # bytes
PUNCTUATION = "’‘“”–—«»„…¡¿€°ºª№،؛؟\xa0，。、；：！？（）《》「」"
_latin, _cyrillic = "éèêàâçùûîïôœñóáíúüëöäßÉÈÀÇÑ", "оеаинтсрвлкмдпуя"
USUAL = {
    "windows-1252": _latin,
    "mac-roman": _latin,
    "windows-1251": _cyrillic,
    "koi8-r": _cyrillic,
    "windows-1256": "ابتدرسعفقلمنهويةى",
}


def is_utf_16(data):
    """Whether a file without a byte order mark is UTF-16: "utf-16-le", "utf-16-be" or ""."""
    even, odd = data[0:400:2].count(0), data[1:400:2].count(0)
    if min(even, odd) or max(even, odd) < 5:
        return ""
    return "utf-16-le" if odd else "utf-16-be"


def is_utf_8(data, cut, piece=1024 * 1024):
    """`cut`: the last letter may lack some of its bytes."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for at in range(0, len(data), piece):
            decoder.decode(data[at : at + piece])
        decoder.decode(b"", final=not cut)
    except UnicodeDecodeError:
        return False
    return True


def most_likely(data):
    """The encoding by which most letters beyond ASCII are usual ones; windows-1252 if none is better."""
    part = bytes(data[:LOOKED_AT])
    return max((*USUAL, "gb18030", "big5"), key=lambda encoding: _share_of_usual(part, encoding))


def _share_of_usual(data, encoding):
    text = f" {data.decode(encoding, 'replace')} "
    others = [at for at, char in enumerate(text) if char > "\x7f"]
    usual = sum(text[at] in PUNCTUATION or _is_usual(text[at - 1 : at + 2], encoding) for at in others)
    return usual / len(others) if others else 0


def _is_usual(letters, encoding):
    """Whether the middle one of three letters is a usual one.

    In Latin writing, letters with accents stand alone or beside plain ones. Chinese codes begin with usual characters.
    """
    before, letter, after = letters
    if encoding == "gb18030":
        return 0xB0 <= letter.encode("gb2312", "ignore")[:1].ljust(1)[0] < 0xD8
    if encoding == "big5":
        return 0xA4 <= letter.encode("big5", "ignore")[:1].ljust(1)[0] < 0xC7
    if letter not in USUAL[encoding]:
        return False
    beside = [other for other in (before, after) if other.isalpha()]
    return USUAL[encoding] is not _latin or not beside or any(other.isascii() for other in beside)
