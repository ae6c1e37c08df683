"""Lines of contact blocks: which one begins a block, the telephones in it, and its parts."""

import re

from ..words import CONTACT, CONTACT_REST, DATA_LABEL, EMAIL
from .tables import columns_of

LONGEST_LINE = 600  # characters of a line of a contact block
_extension = (
    r"(?:ext(?:ension|ensión)?\.?|anexo|int(?:erno|ern)?\.?|x|poste|(?:доб|доп|вн|внутр)\.?"
    r"|(?:رقم )?(?:تحويلة|داخلي|فرعي|مقسم)|转|分机|内线|轉|分機|內線)"
)
# An extension belongs to the number: "418 555-0161, poste 22", "٠١١٥٥٥٠١٤٤ - تحويلة: ٢٢٠".
PHONE = re.compile(
    r"(?<![\w@./-])(?:0\d{1,4}/(?=\d{5})|(?:\+\s?|\(\+?|00)?)\d(?:[\d().'’‑–-]|[ \u00a0](?! {2})){4,40}\d"
    r"(?:\s?/\s?\d{1,4}(?![\d .-]*\d))?\+?"
    rf"(?:[\s,;،/(（–-]{{0,4}}{_extension}\s?[:：]?\s?\d{{1,6}}(?: \d\d(?=\s*(?:[,;.)]|\Z)))?(?!\d)[)）]?)?(?![\w@])",
    re.IGNORECASE,
)
NO_PHONE = re.compile(
    r"(?:19|20)\d\d\s?[-–]\s?(?:19|20)\d\d|\d{4}[-.]\d\d[-.]\d\d|\d{1,2}[.-]\d{1,2}[.-](?:19|20)\d\d"  # years, days
    r"|\d{5}-\d{4}|97[89][\d -]{10,14}"  # a ZIP code, a book
)
# In front of a number of another kind: "ISBN 978-…", "registration no. 14 555 019", "统一社会信用代码 9144 …".
OTHER_NUMBER = re.compile(
    r"(?<!\w)(?:isbn|issn|doi|iban|grant|registr\w+|reg\.|licen[cs]e|charity|vat|tax|account|contract|flight"
    r"|convention|siret|siren"
    r"|rcs|agrément|décret|convenio|jurídica|expediente|bolet[ií]n|cif|nif|ruc|cuit|инн|огрн|кпп|лицензи\w+"
    r"|договор\w*|закон\w*"
    r"|просмотр\w*|عدد|سجل|رأسمال|قدره|\S*(?:代码|编号|证号|账号|许可))(?!\w)[^\d\n]{0,24}\Z|(?<!\w)(?:n[.]?[º°o]|№"
    r"|no\.|رقم)[\s:]{0,3}\Z",
    re.IGNORECASE,
)
LOCAL = re.compile(r"(?:3[2-9]|[4-9]\d)-\d\d-\d\d")  # a number within a town that can be no date
CUT = re.compile(r"\s?[(（][^)）]*\Z")  # a bracket that is not closed: "01632 960 440 (24 hours)"
AND_MORE = re.compile(r" (?:y|e|et|and|or|ou|o|и|или) [^\d:：@]{3,40}(?=[:：])")  # "… información y entrevistas:"
CLOSING = tuple("】」]）)")
BEFORE = "-–—*•# 【「[（("
BETWEEN = re.compile(r"[\s/|·:：】」\]）)–-]{0,4}")
WIDE = re.compile(r"(\S.{0,80}?)(?:\t| {3,})\s{0,80}(\S.{0,100})")  # two columns of one line
FEWEST_ROWS = 2
FEWEST_DIGITS, FEWEST_LOCAL = 7, 6  # of a number; of one behind "Tel."
LABEL = 40  # characters in front of a number in which a word says what it is
PIECE = re.compile(
    r"\s*[,;|•،；，]\s*|\s+(?:[–—-]{1,2}|·)\s+|\s*/\s+|\t+|\s{3,}|(?<=\w{4})\.\s+(?=\w)|\s*[、]\s*"
    r"|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])"
)


def intro_at(text):
    """Where the first contact begins in a line that opens a contact block, or -1 if it opens none."""
    found = CONTACT.match(text.lstrip(BEFORE))
    if not found or len(text) > LONGEST_LINE:
        return -1
    indent = len(text) - len(text.lstrip(BEFORE))
    end = indent + found.end()
    if other := CONTACT.match(text, BETWEEN.match(text, end).end()):
        end = other.end()  # "Contact presse / Press contact"
    end = BETWEEN.match(text, end).end() if text[end : end + 1] in CLOSING else end
    more = AND_MORE.match(text, end)
    end = more.end() if more else end
    rest = CONTACT_REST.match(text, end)
    after = rest.end() if rest else end
    remaining = text[after:].strip(" :：.,،，")
    if not remaining or EMAIL.search(text, end) or phones_in(text[end:]):
        return after
    joined = text[end:after]
    return (
        after
        if re.search(r"[:：|\t]|\w", joined) and len(remaining) <= 120 and not remaining.endswith((".", "。"))
        else -1
    )


def in_columns(lines):
    """The lines of a block as (text, start, gap, in_sentence), with two columns side by side as one below the other."""
    if any(columns_of(text) for text, *_others in lines):
        return lines
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
    """[match] of the telephone numbers in a text, in order."""
    found = [match for match in PHONE.finditer(text) if _is_phone(match, text)]
    return [one for match in found for one in _numbers(match, text) if _is_phone(one, text)]


def _numbers(match, text):
    """A match of PHONE as one number or several: "0538-5550144 13800005503"."""
    if match[0][0] == "(" and ")" not in match[0]:
        match = PHONE.search(text, match.start() + 1) or match  # a bracket of the sentence
    if (cut := CUT.search(match[0])) and cut.start():
        match = PHONE.match(text, match.start(), match.start() + cut.start()) or match
    digits = [letter.isdecimal() for letter in match[0]]
    if sum(digits) < 2 * FEWEST_DIGITS:
        return [match]
    dashes, blanks = (list(re.finditer(rule, match[0])) for rule in (r"\s[–-]\s(?=[\d+(])", r"[ \u00a0]\s?(?=[\d+(])"))
    # Two numbers have as many digits, if no dash says where the second begins.
    blanks.sort(key=lambda blank: abs(sum(digits[: blank.start()]) - sum(digits[blank.end() :])))
    for blank in [*dashes, *blanks]:
        if sum(digits[: blank.start()]) >= FEWEST_DIGITS and sum(digits[blank.end() :]) >= FEWEST_DIGITS:
            first = PHONE.match(text, match.start(), match.start() + blank.start())
            second = PHONE.match(text, match.start() + blank.end(), match.end())
            if first and second:
                return [first, second]
    return [match]


def _is_phone(match, text):
    before = text[max(0, match.start() - LABEL) : match.start()]
    if labels := list(DATA_LABEL.finditer(before[-12:])):
        return sum(map(str.isdecimal, match[0])) >= FEWEST_LOCAL and bool(labels)
    if NO_PHONE.fullmatch(match[0]) or OTHER_NUMBER.search(before):
        return False
    return sum(map(str.isdecimal, match[0])) >= FEWEST_DIGITS or bool(LOCAL.fullmatch(match[0]))


def pieces(text):
    """Yield (piece, its place): what stands between separators and labels of data, such as "Tel:"."""
    blanked = DATA_LABEL.sub(lambda label: "|" * len(label[0]), text)
    at = 0
    for separator in [*PIECE.finditer(blanked), None]:
        end = separator.start() if separator else len(blanked)
        piece = blanked[at:end]
        if stripped := piece.strip(" |\u3000"):
            yield stripped, at + piece.index(stripped)
        at = separator.end() if separator else end
