"""Splits a line with telephone numbers into its parts: digits, extensions, separators, words, remarks."""

import re
import unicodedata
from dataclasses import dataclass, replace

import phonenumbers

from .numbering import TRUNK_ZERO, Unreadable, digits_of, e164, is_complete, is_international, national
from .words import ALTERNATIVE, EXTENSION, FAX, HOURS, HOURS_IN_PARENTHESES, TELEPHONE

DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹣－～〜~"), "-")
TOKEN = re.compile(
    rf"(?P<extension>[,;]?\s*{EXTENSION}\s*(?P<ending>\d{{1,7}})(?!\d)#?)"
    rf"|(?P<alternative>{ALTERNATIVE})"
    r"|(?P<digits>[+(]*\d[\d ().'’\-]*)"
    r"|(?P<word>[^\W\d_]+[.:]?)"
    r"|(?P<other>\S)",
    re.IGNORECASE,
)
IN_PARENTHESES = re.compile(r"\(([^()]*)\)|\[([^][]*)\]")
AREA_CODE_NEXT = re.compile(r"(?:^|[^\d\s.-])\+?\d{0,3}[\s.-]*\Z")
JOINED_ENDING = re.compile(r"\d[,;]\d{1,7}(?!\d)")
SECOND = re.compile(ALTERNATIVE, re.IGNORECASE)
EXTENDED = re.compile(rf"{EXTENSION}\s*\d", re.IGNORECASE)
CHINESE = re.compile(r"[\u4e00-\u9fff]")
LETTER = re.compile(r"[^\W\d_]")
LAST_DASH = re.compile(r"(?P<before>.*\d)(?P<spaced> ?)- ?(?P<ending>\d{1,4})\s*\Z")
RANGE_AT_MOST = 30  # "50-52" is a range of lines, "376-0" an extension that is dialled with the number (DIN 5008)


@dataclass(frozen=True)
class Part:
    """A run of digits with the extension, the words and the separator that stand beside it."""

    digits: str
    extension: str = ""
    words: tuple = ()
    is_alternative: bool = False  # it stands after "/", "or" and the like

    @property
    def is_fax(self):
        words = " ".join(self.words)
        return bool(FAX.search(words)) and not TELEPHONE.search(words)


def read(display, country):
    """The numbers of the line, as `parse` gives them, or Unreadable with the reason."""
    text = _normalised(display)
    if not re.search(r"\d", text):
        raise Unreadable("no number")
    if "*" in text:
        raise Unreadable("service code")
    parts = list(_parts(_without_remarks(text)))
    if all(part.is_fax for part in parts):
        raise Unreadable("fax")
    numbers, first, office = [], None, country
    for part in _joined([part for part in parts if not part.is_fax], country):
        part = _completed(first, part, country) if first and part.is_alternative else part
        try:
            found, part = _numbers(part, country)
        except Unreadable as unreadable:
            if first and not office and unreadable.args == ("not in country",):
                raise Unreadable("ending") from None  # the country is that of the first number
            raise
        country = country or phonenumbers.region_code_for_number(phonenumbers.parse(found[0]))
        first = first or part
        numbers += [f"{number};ext={part.extension}" if part.extension else number for number in found]
    return list(dict.fromkeys(numbers))


def _normalised(display):
    """The line with ASCII digits, spaces and dashes, "+" for "00", and without invisible characters."""
    text = unicodedata.normalize("NFKC", display).translate(DASHES)
    text = "".join(_plain(character) for character in text)
    text = " ".join(text.split())
    # In a line that is written from the right, "+" often stands at its end.
    if re.fullmatch(r"[1-9][\d -]{7,}\+", text):
        text = _plus_first(text[:-1])
    text = re.sub(r"\(\s*(\+|00)\s*(\d+)\s*\)", r"\1\2 ", text)
    return re.sub(r"(?<![\dA-Za-z.)-])(?<!\d[ :])00[ .-]?(?=[1-9])", "+", re.sub(r"\+ (?=\d|\()", "+", text))


def _plus_first(text):
    """The number with "+" in front. Unreadable if its groups could have been typed from the right, too."""
    backwards = " ".join(reversed(text.split()))
    if backwards != text and is_complete(f"+{backwards}", None):
        raise Unreadable("text beside")
    return f"+{text}"


def _plain(character):
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    return "" if unicodedata.category(character) in {"Cf", "Mn"} else character


def _without_remarks(text):
    """Without hours, and without what stands in parentheses and is not part of the number: "(Eng)", "(room 412)"."""
    text = HOURS.sub(" ", text)

    def remark(match):
        inner = re.sub(HOURS_IN_PARENTHESES, " ", match[1] if match[1] is not None else match[2]).strip(" ,;")
        if not LETTER.search(inner):
            # Digits in parentheses are an area code or "(0)".
            return match[0] if inner else " "
        if re.search(r"\d", inner) and AREA_CODE_NEXT.search(text[: match.start()]):
            raise Unreadable("letters")  # "+55 (0xx11) 5555-0150"
        if FAX.search(inner):
            return f" {inner} / "
        if EXTENDED.match(inner) or SECOND.match(f" {inner}", 1):
            return f" {inner} "
        # Another number, such as "(mobile 079 555 01 50)".
        return f" {inner} " if len(re.findall(r"\d", inner)) > 5 else " "

    return IN_PARENTHESES.sub(remark, text)


def _parts(text):
    """The runs of digits in the line, each with its extension and the words before and after it."""
    part, words, separated, end = None, [], False, 0
    for token in TOKEN.finditer(text):
        kind = token.lastgroup if token.lastgroup != "ending" else "extension"
        if token["digits"] is not None:
            kind = "digits"
            if part is not None:
                yield part
            _require_space(text, token)
            part = Part(token["digits"].strip(" .-'’"), words=tuple(words), is_alternative=separated)
            words, separated = [], False
        elif kind == "extension":
            if part is None:
                raise Unreadable("extension")
            if part.extension and not separated:
                raise Unreadable("text beside")
            if part.extension or separated:
                yield part
                part = replace(part, is_alternative=True)
            part, separated = replace(part, extension=token["ending"]), False
        elif kind == "alternative":
            if JOINED_ENDING.match(text, token.start() - 1):
                raise Unreadable("ending")  # "50,12": another number, an extension, a pause
            separated = part is not None
            if separated:
                part, words = replace(part, words=(*part.words, *words)), []
        elif kind == "word":
            words.append(token["word"])
        elif token["other"] == "+":
            raise Unreadable("text beside")
        end = token.end()
    if part is None or end < len(text.rstrip()):
        raise Unreadable("text beside")
    yield replace(part, words=(*part.words, *words))


def _require_space(text, token):
    """Refuse digits that touch letters, as in "1-800-FLOWERS", "022 555 O1 50"."""
    digits = token["digits"]
    before = text[token.start() - 1 : token.start()] if token.start() else ""
    after = "" if EXTENDED.match(text, token.end()) else text[token.end() : token.end() + 1]
    if after.isalpha() and not digits.endswith(" ") and not CHINESE.match(after):
        raise Unreadable("letters")
    if before.isalpha() and not digits.startswith("+") and not CHINESE.match(before):
        raise Unreadable("letters")


def _joined(parts, country):
    """Put together what "/" only groups: "030/5550150" is one number."""
    joined = []
    for part in parts:
        last = joined[-1] if joined else None
        if (
            last is not None
            and part.is_alternative
            and not last.extension
            and len(joined) == 1
            and part.digits != last.digits  # the same number with another extension
            and not part.digits.startswith("+")
            and not is_complete(last.digits, country)
            and is_complete(f"{last.digits} {part.digits}", country)
        ):
            joined[-1] = replace(part, digits=f"{last.digits} {part.digits}", is_alternative=False)
        else:
            joined.append(part)
    for part in joined[1:]:
        # Two numbers in a line need a sign between them, or the second must say where it begins.
        if not (part.is_alternative or part.digits.startswith("+") or (part.words and part.digits.startswith("0"))):
            raise Unreadable("text beside")
    return joined


def _completed(first, part, country):
    """The part with the full number for an alternative ending: "59" after "… 93 89" is "… 93 59"."""
    wanted, known = digits_of(part.digits), national(first.digits, country)
    if first.extension and not part.extension and len(wanted) == len(first.extension):
        return replace(first, extension=wanted)
    if part.extension and part.digits == first.digits:
        return part
    if is_international(part.digits):
        return part
    if len(wanted) >= len(known):
        return _of_same_country(first, part, len(wanted) == len(known), country)
    if TRUNK_ZERO.search(part.digits):
        raise Unreadable("ending")
    replaced = known[-len(wanted) :]
    if len(wanted) > len(known) // 2 and (is_complete(part.digits, country) or wanted[:2] != replaced[:2]):
        # "555 0151" after "+254 20 555 0150": in the same town, or as it stands? "20 555 01": without its last digits.
        raise Unreadable("ending")
    if part.words:
        raise Unreadable("text beside")  # "…, 12 Rue du Lac"
    return replace(part, digits=_with_ending(first.digits, wanted))


def _with_ending(digits, ending):
    """The digits with another ending of as many digits as it has."""
    for _digit in ending:
        digits = digits[: max(match.start() for match in re.finditer(r"\d", digits))]
    return digits + ending


def _of_same_country(first, part, is_as_long, country):
    """The part as a number of the first one's country, if that is another one than the office's.

    "+221 33 555 01 50 / 33 555 01 51": nobody means another country's. If it could be one of the office's, Unreadable.
    """
    if not is_international(first.digits):
        return part
    region = phonenumbers.region_code_for_number(phonenumbers.parse(e164(first.digits, country)))
    if region == country and is_complete(part.digits, country):
        return part
    if is_complete(part.digits, region):
        found = e164(part.digits, region)
    elif is_as_long and not part.digits.lstrip("(").startswith("0"):
        found = _with_ending(first.digits, digits_of(part.digits))
    else:
        return part
    if (region != country and is_complete(part.digits, country)) or LAST_DASH.match(part.digits):
        raise Unreadable("ending")
    return replace(part, digits=found)


def _numbers(part, country):
    """([E.164 numbers], the part that later endings complete). "50-52" at the end is a range of lines."""
    ending = LAST_DASH.match(part.digits)
    if ending is None or not is_complete(ending["before"], country):
        return [e164(part.digits, country)], part
    first = replace(part, digits=ending["before"])
    last_digits = digits_of(first.digits)[-len(ending["ending"]) :]
    is_range = len(ending["ending"]) <= 2 and 0 < int(ending["ending"]) - int(last_digits) <= RANGE_AT_MOST
    if is_complete(part.digits, country):
        if is_range or ending["spaced"]:
            raise Unreadable("range")
        return [e164(part.digits, country)], part
    if not is_range:
        raise Unreadable("range")
    last = _completed(first, replace(part, digits=ending["ending"]), country)
    return [e164(first.digits, country), e164(last.digits, country)], first
