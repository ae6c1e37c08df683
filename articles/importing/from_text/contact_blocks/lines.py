"""Lines of contact blocks: which one begins a block, the telephones in it, and its parts."""

import re

from ..words import CONTACT, CONTACT_REST, DATA_LABEL, EMAIL

LONGEST_LINE = 600  # characters of a line of a contact block
PHONE = re.compile(
    r"(?<![\w@.])(?:\+\s?|\(\+?|00)?\d(?:[\d().'’‑–-]|[ \u00a0](?! {2})){4,40}\d(?:\s?/\s?\d{1,4}(?![\d .-]*\d))?\+?"
    r"(?:[\s,]{0,3}\(?(?:ext\.?|extension|extensión|anexo|int\.?|interno|x|poste|доб\.?|تحويلة|داخلي|转|轉|分机|分機|內線|内线)\s?\d{1,6}\)?)?(?![\w@])",
    re.IGNORECASE,
)
WIDE = re.compile(r"(\S.{0,80}?)(?:\t| {3,})\s{0,80}(\S.{0,100})")  # two columns of one line
FEWEST_ROWS = 2
FEWEST_DIGITS, FEWEST_LOCAL = 7, 6  # of a number; of one behind "Tel."
PIECE = re.compile(
    r"\s*[,;|•،；，]\s*|\s+(?:[–—-]{1,2}|·)\s+|\s*/\s+|\t+|\s{3,}|(?<=\w{4})\.\s+(?=\w)|\s*[、]\s*"
    r"|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])"
)


def intro_at(text):
    """Where the first contact begins in a line that opens a contact block, or -1 if it opens none."""
    found = CONTACT.match(text.lstrip("-–—*•# "))
    if not found or len(text) > LONGEST_LINE:
        return -1
    indent = len(text) - len(text.lstrip("-–—*•# "))
    end = indent + found.end()
    rest = CONTACT_REST.match(text, end)
    after = rest.end() if rest else end
    remaining = text[after:].strip(" :：.,،，")
    if not remaining or EMAIL.search(text, end) or phones_in(text[end:]):
        return after
    joined = text[end:after]
    return (
        after
        if re.search(r"[:：]|\w", joined) and len(remaining) <= 120 and not remaining.endswith((".", "。"))
        else -1
    )


def in_columns(lines):
    """The lines of a block as (text, start, gap, in_sentence), with two columns side by side as one below the other."""
    found, left, right = [], [], []
    for text, start, gap, in_sentence in [*lines, ("", 0, True, False)]:
        columns = WIDE.fullmatch(text)
        if columns and (left or not in_sentence) and not (left and gap):
            left.append((columns[1], start, gap or not left, False))
            right.append((columns[2], start + columns.start(2), not right, False))
            continue
        found += [*left, *right] if len(left) >= FEWEST_ROWS else [*_rows(left, right)]
        left, right = [], []
        found.append((text, start, gap, in_sentence))
    return found[:-1]


def _rows(left, right):
    for (text, start, gap, in_sentence), (other, begin, _gap, _in) in zip(left, right, strict=True):
        yield f"{text}{' ' * (begin - start - len(text))}{other}", start, gap, in_sentence


def has_data(text):
    """Whether a line of a contact block has an address or a number in it."""
    return len(text) <= LONGEST_LINE and bool(EMAIL.search(text) or phones_in(text))


def phones_in(text):
    found = []
    for match in PHONE.finditer(text):
        if match[0][0] == "(" and ")" not in match[0]:
            match = PHONE.search(text, match.start() + 1) or match  # a bracket of the sentence
        digits = sum(letter.isdecimal() for letter in match[0])
        is_labelled = digits >= FEWEST_LOCAL and DATA_LABEL.search(text[max(0, match.start() - 12) : match.start()])
        if (digits >= FEWEST_DIGITS or is_labelled) and not re.fullmatch(
            r"(?:19|20)\d\d\s?[-–]\s?(?:19|20)\d\d|\d{4}-\d\d-\d\d", match[0]
        ):
            found.append(match)
    return found


def pieces(text):
    """Yield (piece, its place): what stands between separators and labels of data, such as "Tel:"."""
    blanked = DATA_LABEL.sub(lambda label: "|" * len(label[0]), text)
    at = 0
    for separator in [*PIECE.finditer(blanked), None]:
        end = separator.start() if separator else len(blanked)
        piece = blanked[at:end]
        if stripped := piece.strip(" |"):
            yield stripped, at + piece.index(stripped)
        at = separator.end() if separator else end
