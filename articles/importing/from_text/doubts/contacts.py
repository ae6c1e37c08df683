"""Signs of contacts and links that were not read: addresses, telephones, and words of a contact block in no field."""

import re

from ....search.languages.stop_words import is_common
from ..contact_blocks.lines import intro_at, phones_in
from ..contact_blocks.patterns import HANDLE
from ..head.head_lines import SENTENCE
from ..lines import URL
from ..quotations.names import NAME
from ..words import DATA_LABEL, EMAIL, FAX_LABEL, ROLE

SHORT = 160  # characters of a line of contacts
LABEL = 14  # characters in front of a number in which "Tel." or "Fax" stands
AROUND = 4  # lines above and below an address that may belong to it
REMARK = re.compile(r"(?<=#)\s?[(（][^()（）|#]{1,60}[)）]")  # "+41 22 555 01 50 (after hours)"
PIECE = re.compile(r"[^|#,;،，；()（）]+")
WORD = re.compile(r"[^\W\d_]{3,}|[\u4e00-\u9fff]{2,}")
BARE_ADDRESS = re.compile(r"(?<![\w@./-])(?:[A-Za-z0-9-]{2,63}\.){1,4}[A-Za-z]{2,10}(?:/\S{0,200})?(?![\w@])")


def doubts(text):
    """Yield (code, fields, start, end) of passages of a `Looking`."""
    for number, line in enumerate(text.lines):
        if text.parts[number] == "aside":
            continue
        if text.parts[number] == "contacts":
            yield from _words_in_no_field(text, number, line)
        elif _is_like_a_contact(text, number, line):
            yield "words", ["contacts"], line.start, line.end
        yield from _data_in_no_contact(text, number, line)
        yield from _addresses_of_pages(text, line)
    for number, person in enumerate(text.reading.contacts):
        if person.name is None and (shown := person.email or next(iter(person.phones), None)):
            yield "name", [f"contact-{number}-name"], shown.start, shown.end


def _words_in_no_field(text, number, line):
    """Words of a contact block that are no label, and that nothing was made of."""
    kept = ["|" if text.is_read(at, at + 1) else letter for at, letter in enumerate(line.text, line.start)]
    data = [one.span() for rule in (EMAIL, URL, DATA_LABEL, HANDLE) for one in rule.finditer(line.text)]
    data += [one.span() for one in phones_in(line.text)]
    for start, end in [(0, text.cuts.get(number, 0)), *data]:
        kept[start:end] = "#" * (end - start)
    kept = REMARK.sub(lambda remark: "|" * len(remark[0]), "".join(kept))
    for piece in PIECE.finditer(kept):
        is_label = kept[piece.end() : piece.end() + 1] == "#" and len(WORD.findall(piece[0])) == 1
        if is_label or re.search(r"\d", piece[0]):
            continue  # "Office:" in front of a number, or a street
        if any(not is_common(word.lower(), text.language) for word in WORD.findall(piece[0])):
            words = piece[0].strip()
            start = line.start + piece.start() + piece[0].index(words)
            yield "words", ["contacts"], start, start + len(words)


def _is_like_a_contact(text, number, line):
    """Whether a short line below the text announces contacts, or is a name with a function."""
    if len(line.text) > SHORT or number <= text.start or text.parts[number] == "text":
        return False
    is_person = ROLE.search(line.text) and NAME.search(line.text) and not SENTENCE.search(line.text)
    return intro_at(line.text) >= 0 or bool(is_person)


def _data_in_no_contact(text, number, line):
    """Yield the lines around an e-mail address or a telephone that no contact has."""
    for found in EMAIL.finditer(line.text):
        if not text.is_read(line.start + found.start(), line.start + found.end()):
            yield "email", ["contacts"], *_lines_around(text, number)
    is_short = len(line.text) <= SHORT and not SENTENCE.search(line.text)
    for found in phones_in(line.text):
        before = line.text[max(0, found.start() - LABEL) : found.start()]
        is_phone = is_short or found[0][0] in "+(" or DATA_LABEL.search(before)
        if (
            is_phone
            and not FAX_LABEL.search(before)
            and not text.is_read(line.start + found.start(), line.start + found.end())
        ):
            yield "telephone", ["contacts"], *_lines_around(text, number)


def _lines_around(text, number):
    """(start, end) of the short lines without an empty one between them, among which a line stands."""
    first = last = number
    while first > max(0, number - AROUND) and not text.lines[first].gap and len(text.lines[first - 1].text) <= SHORT:
        first -= 1
    for line in text.lines[number + 1 : number + 1 + AROUND]:
        if line.gap or len(line.text) > SHORT:
            break
        last += 1
    return text.lines[first].start, text.lines[last].end


def _addresses_of_pages(text, line):
    emails = [found.span() for found in EMAIL.finditer(line.text)]
    for found in BARE_ADDRESS.finditer(line.text):
        is_email = any(start <= found.start() < end for start, end in emails)
        if not is_email and not text.is_read(line.start + found.start(), line.start + found.end()):
            yield "link", ["links"], line.start + found.start(), line.start + found.end()


def are_alike(people):
    """Whether each contact has a name and an address or number. If not, those of one may be another's."""
    if len(people) > 2 and not people[-1].name and not any(person.email for person in people[:-1]):
        people = people[:-1]  # an address of all of them
    return len(people) < 2 or all(person.name and (person.email or person.phones) for person in people)
