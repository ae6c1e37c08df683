"""Finds who was named earlier in a text, for "she added" and "the minister said". No Who found here is sure."""

import re

from ..reading import Found
from ..words import COMPANY, ROLE, UNIT
from .arabic import arabic_speaker
from .attribution import named_before
from .chinese import chinese_person
from .names import NAME, Who, bare
from .persons import ENDS_OPEN, NOT_NAMES, chunks
from .verbs import HONORIFIC, NO_END, VERBS

REACH, CLAUSE = 160, 500  # characters beside a verb, and of the clause before it at most
CLAUSE_END = re.compile(rf"(?<=[^\W\d_]{{3}}){NO_END}[.!?](?=\s|\Z)|" + r"[;:|\n。！？；]")
MOST_VERBS = 12
WHOLE_NAME = range(2, 5)  # words
MARKS = tuple('"“«„‘')
SINCE = 400  # characters since the name of who is meant by "she"
SHORTEST, SHORTEST_HAN = 20, 7  # letters in which somebody else can hardly be named
LETTERS = re.compile(r"[^\W\d_]")
TITLE, LONGEST_TITLE = re.compile(rf"(?:{HONORIFIC.pattern})\Z"), 40  # "Dr. " before a name; characters


def has_verb(text, language):
    return bool(VERBS[language].search(text))


def last_speaker(text, language):
    """The Who that the last verb of speech in a text has, or None."""
    verbs = list(VERBS[language].finditer(text))[-MOST_VERBS:]
    for verb in reversed(verbs):
        stop = CLAUSE_END.search(text, verb.end(), verb.end() + REACH)
        end = stop.start() if stop else min(len(text), verb.end() + REACH)
        begin = max(0, verb.start() - CLAUSE)
        begin = max([begin, *(one.end() for one in CLAUSE_END.finditer(text, begin, verb.start()))])
        if language == "zh":
            begin = max([begin, *(text.rfind(comma, 0, verb.start()) + 1 for comma in "，,")])
            found = chinese_person(text, begin, verb.start())
        elif language == "ar":
            found = arabic_speaker(chunks(text, verb.end(), end) or [("في", verb.end())])
        else:
            found = _named(text, verb.end(), end) or _beside(text, begin, verb.start())
        if found and found.speaker:
            return found.unsure()
    return None


def _beside(text, begin, end):
    """The Who that stands directly before a verb, else the first that is named before it."""
    found = named_before(text, begin, end, is_clause=False)
    name = found.speaker.value if found and found.speaker else ""
    return found if len(name.split()) > 1 and not COMPANY.search(name) else _named(text, begin, end)


def last_name(text, language):
    """Who was named last by two words and more, in languages that have capitals; or None."""
    if language in ("ar", "zh"):
        return None
    found, at = None, 0
    while who := _named(text, at, len(text)):
        found, at = who, who.end
    return found if found and not COMPANY.search(found.speaker.value) else None


def of_function(text, function):
    """Who has this function in the text: "minister" gives "the minister of water, Ann Lee"; or None."""
    word = re.escape(function.split()[-1])
    for found in reversed(list(re.finditer(rf"(?<!\w){word}(?!\w)", text, re.IGNORECASE))[:MOST_VERBS]):
        if who := _named(text, found.start(), min(len(text), found.start() + REACH)):
            return who
    return None


def _named(text, begin, end):
    """The first name of two words and more, with the function beside it."""
    for name in NAME.finditer(text, begin, end):
        title = TITLE.search(text, max(begin, name.start() - LONGEST_TITLE), name.start())
        start = title.start() if title else name.start()
        if function := list(ROLE.finditer(name[0])):
            # "Директор Фонда Анна Ли": the last two words are the name.
            rest = name[0][function[-1].end() :].split()
            if len(rest) < 2 or not NAME.fullmatch(" ".join(rest[-2:])):
                continue
            start = name.end() - len(" ".join(rest[-2:]))
        words = text[start : name.end()].split()
        is_other = ENDS_OPEN.search(text, max(begin, start - LONGEST_TITLE), start) or text[start - 1 : start] in MARKS
        if len(words) < 2 or words[0].lower() in NOT_NAMES or is_other or UNIT.search(name[0]):
            continue  # "director of the River Fund", a title in marks
        speaker = Found(text[start : name.end()], False, start, name.end())
        role = _role_before(text, begin, start) or _role_behind(text, name.end(), end)
        return Who(speaker, role, start=start, end=name.end())
    return None


def _role_before(text, begin, end):
    found = ROLE.search(text, begin, end)
    if not found or re.search(r"[.!?;:]", text[found.start() : end]):
        return None
    role = text[found.start() : end].strip(" ,")
    return Found(role, False, found.start(), found.start() + len(role))


def _role_behind(text, begin, end):
    parts = chunks(text, begin, end)
    if text[begin : begin + 1] != "," or not parts or not ROLE.search(parts[0][0]):
        return None
    role, start = parts[0]
    return Found(bare(role), False, start, start + len(role))


def is_same_person(known, above, before, language):
    """Whether "she added" surely means who was named last: nobody else is named in between.

    known: the Who that was named last. above, before: the lines above, and what stands before the quotation in its
    own, without other quotations."""
    name, role = known.speaker.value, known.role.value if known.role else ""
    shortest = SHORTEST_HAN if language == "zh" else SHORTEST
    if name in before:
        between = before.rpartition(name)[2]
    elif known.speaker.sure and name in above and len(LETTERS.findall(before)) < shortest:
        between = above.rpartition(name)[2]
    else:
        return False
    if language in ("ar", "zh"):
        return known.speaker.sure and len(LETTERS.findall(between.replace(role, ""))) < shortest
    is_whole = len(HONORIFIC.sub("", name).split()) in WHOLE_NAME
    others = (other[0] for other in NAME.finditer(between[:SINCE]) if " " in other[0])
    return is_whole and len(between) < SINCE and all(other in f"{name} {role}" for other in others)
