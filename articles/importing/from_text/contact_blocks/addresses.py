"""Reads e-mail addresses, and tells whether one is made of a name, also of one in Cyrillic or Arabic letters."""

import re

from ..head.places import folded
from ..quotations.verbs import HONORIFIC
from ..words import AT_SIGN, DOT

FEWEST_LETTERS = 4  # of a word that stands alone in an address, or with initials
FEWEST_CONSONANTS = 2  # of a word in other letters; one more with an initial
CYRILLIC = dict(zip(
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch  y  e yu ya".split(" "), strict=True,
))  # fmt: skip
# Consonants only: how vowels are written in Latin letters is anybody's choice.
ARABIC = dict(zip("بتثجدذرزسشصضطظغفقكلمن", "b t t j d d r z s s s d t z g f k k l m n".split(" "), strict=True))
# Words of addresses that are nobody's own: they confirm no name of a person.
MAILBOXES = set(
    "press media news info contact office mail communication communications comms pr desk newsroom team hello enquiries"
    " presse medias redaction accueil prensa medios comunicacion comunicaciones informacion oficina gabinete difusion"
    " pressa smi inform public relations secretariat".split()
)
OF = ("de", "du", "of", "del")
VOWELS = re.compile(r"[^a-z]|[aeiouyhw]")
SAME_SOUND = str.maketrans("cqgvp", "kkjfb")


def plain_address(text):
    """An address that was written so that programs do not find it: "ann (at) boats [dot] example"."""
    plain = re.sub(AT_SIGN, "@", re.sub(DOT, ".", text, flags=re.IGNORECASE), flags=re.IGNORECASE)
    return re.sub(r"\s", "", plain).rstrip(".")


def is_made_of(address, name):
    """Whether an address has a word of a name in front of the @, alone or with the first name or initials."""
    local, _at, domain = folded(address).partition("@")
    tokens = [token for token in re.sub(r"[^a-z]+", " ", local).split() if token not in MAILBOXES]
    words = [word for word in re.split(r"[^a-z]+", _in_latin(HONORIFIC.sub("", name))) if word]
    words = words[:1] if len(words) > 1 and words[1] in OF else words  # "Bureau de Brest", of brest@…
    return _has_family(tokens, words) or any(
        ((len(token) >= FEWEST_LETTERS and token in words) or _sounds_like(token, name)) and token not in domain
        for token in tokens
    )


def _has_family(tokens, words):
    """Whether the tokens are the family name, with the first name or its first letter."""
    joined = "".join(tokens)
    if len(words) < 2 or not joined:
        return False
    for family in words[1:] + words[:1]:
        rest = joined.replace(family, "", 1) if family in joined else ""
        others = [word for word in words if word != family]
        is_initial = len(family) >= FEWEST_LETTERS and rest in {word[0] for word in others}
        if rest in others or is_initial:
            return True
    return False


def _sounds_like(token, name):
    """Whether a token has the consonants of a word of a name that is not in Latin letters."""
    heard = _consonants(token)
    for word in [] if name.isascii() else folded(name).split():
        letters = _consonants("".join(ARABIC.get(letter, CYRILLIC.get(letter, "")) for letter in word))
        if len(letters) >= FEWEST_CONSONANTS and (
            heard == letters or (len(letters) > FEWEST_CONSONANTS and heard[1:] == letters)
        ):
            return True
    return False


def _consonants(word):
    letters = VOWELS.sub("", word.replace("kh", "k").replace("sh", "s").replace("th", "t")).translate(SAME_SOUND)
    return re.sub(r"(.)\1+", r"\1", letters)


def _in_latin(name):
    return "".join(CYRILLIC.get(letter, letter) for letter in folded(name))
