"""Makes sure what the rest of a text confirms: an address made of the name beside it, a name that is repeated.

And not sure what shows by itself that name and function were divided at the wrong place.
"""

import re
from dataclasses import replace

from .contact_blocks.addresses import is_made_of
from .contact_blocks.patterns import SHORT_CHINESE
from .quotations.verbs import HONORIFIC
from .words import COMPANY, ROLE, UNIT

WHOLE_NAME = range(2, 5)  # words of a name of a person
FEWEST_LETTERS = 4  # of a name that is looked for elsewhere
FEWEST_WORDS, MOST_WORDS = 2, 3  # of a person's name; of a unit's
NEAR = range(4)  # characters between two parts of a line
FEWEST_HAN = 3
IN_TWO_SCRIPTS = re.compile(r"[A-Za-z].*[\u0400-\u9fff]|[\u0400-\u9fff].*[A-Za-z]")
ONE_WORD = re.compile(r"[^\W\d_\u4e00-\u9fff]+")
GOES_ON = re.compile(
    r"^(?:chief|senior|deputy|acting|principal)$|(?:\b(?:of|for|the|de|du|des|del|la|las|los|le|les|para|pour|по|для)|\b[dl][’'])$",
    re.IGNORECASE,
)


def corroborate(reading, places):
    """Make values of a Reading sure that another part of its text confirms."""
    reading.quotes = [replace(said, **_divided(said)) for said in reading.quotes]
    reading.contacts = [_confirmed(person, reading, places) for person in reading.contacts]
    if reading.place and reading.date and is_repeated(reading.place, reading.text):
        reading.place = replace(reading.place, sure=True)


def _divided(said):
    """{"speaker", "role"}: not sure, if one has a part of the other: "Chief Executive of", "Statistician Ann Lee"."""
    if not said.speaker or not said.role:
        return {}
    if not GOES_ON.search(said.role.value) and not ROLE.match(said.speaker.value):
        return {}
    return {"speaker": replace(said.speaker, sure=False), "role": replace(said.role, sure=False)}


def _confirmed(person, reading, places):
    found = {}
    agrees = bool(person.name and person.email) and is_made_of(person.email.value, person.name.value)
    if _is_person(person, places) and (agrees or _has_function(person) or _is_speaker(person.name, reading)):
        found |= {name: replace(getattr(person, name), sure=True) for name in ("name", "kind")}
        if agrees:
            found["email"] = replace(person.email, sure=True)
    elif person.kind and person.kind.value == "person" and _is_titled(person):
        found["kind"] = replace(person.kind, sure=True)
    elif _is_unit(person) and not _goes_on(person.name, person, reading):
        found |= {name: replace(getattr(person, name), sure=True) for name in ("name", "kind")}
    if person.office and _is_office(person.office, person, reading, places):
        found["office"] = replace(person.office, sure=True)
    return replace(person, **found)


def _is_person(person, places):
    return bool(person.kind) and person.kind.value == "person" and _is_whole(person.name.value, places)


def _is_titled(person):
    """Whether a title or a function says that it is a person, wherever the name ends."""
    return bool(HONORIFIC.match(person.name.value) or (person.role and ROLE.search(person.role.value)))


def _has_function(person):
    """Whether a word for a function stands directly behind the name."""
    role = person.role
    is_function = bool(role) and bool(ROLE.search(role.value)) and not ROLE.search(person.name.value)
    return is_function and role.start - person.name.end in NEAR


def _is_unit(person):
    """Whether the name is that of a unit in a few words, without the name of an organisation: "Press office"."""
    if not person.kind or person.kind.value != "unit" or not (person.email or person.phones):
        return False
    name = person.name.value
    is_short = len(name.split()) <= MOST_WORDS and not re.search(r"\d", name) and not name[0].islower()
    return is_short and bool(UNIT.search(name)) and not COMPANY.search(name)


def _is_speaker(name, reading):
    """Whether a quote of the text names this person as its speaker: an organisation's name may be repeated too."""
    bare = HONORIFIC.sub("", name.value)
    speakers = [said.speaker.value for said in reading.quotes if said.speaker]
    return any(HONORIFIC.sub("", speaker) == bare for speaker in speakers) and is_repeated(name, reading.text)


def _is_office(office, person, reading, places):
    """Whether the text names it elsewhere, no word beside it may belong to it, and it is no town (one word may be)."""
    is_town = ONE_WORD.fullmatch(office.value) or places.is_city(office.value) or places.country(office.value)
    return not is_town and is_repeated(office, reading.text) and not _goes_on(office, person, reading)


def _goes_on(office, person, reading):
    """Whether words that may belong to an office stand directly beside it: "River Fund, Bonn"."""
    others = [one for one in (person.role, person.name) if one and person.kind and person.kind.value == "unit"]
    others += [person.role] if person.role and ONE_WORD.fullmatch(person.role.value) else []  # "Head, Press Unit"
    beside = [*reading.left_out, *others]
    beside += [person.office] if person.office and SHORT_CHINESE.fullmatch(person.office.value) else []  # or a name?
    return any(one.start - office.end in NEAR or office.start - one.end in NEAR for one in beside)


def _is_whole(name, places):
    """Whether a name is that of one person in full: it can be no function and no greeting."""
    if IN_TWO_SCRIPTS.search(name):
        return False
    words = HONORIFIC.sub("", name).split()
    if len(words) > FEWEST_WORDS and (places.is_city(words[-1]) or places.country(words[-1])):
        return False  # "Ann Lee Geneva"
    return (len(words) in WHOLE_NAME or "·" in name) and not re.search(r"\d", name)


def is_repeated(found, text):
    """Whether a value stands in the text at another place too."""
    value = HONORIFIC.sub("", found.value)
    if len(value) < (FEWEST_HAN if re.search(r"[\u4e00-\u9fff]", value) else FEWEST_LETTERS):
        return False
    for other in re.finditer(re.escape(value), text):
        around = text[max(0, other.start() - 1) : other.start()] + text[other.end() : other.end() + 1]
        is_word = not any(map(str.isalnum, around)) or re.search(r"[\u4e00-\u9fff]", value)
        if is_word and not found.start <= other.start() < found.end:
            return True
    return False
