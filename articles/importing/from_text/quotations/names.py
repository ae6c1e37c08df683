"""Names of persons in texts, the functions beside them, and `Who`: the speaker of a quotation."""

import re
from dataclasses import dataclass, replace
from itertools import takewhile

from ..reading import Found
from ..words import ROLE
from .verbs import GENERAL, HONORIFIC, NO_ROLE

LOWER = "a-zà-öø-ÿœа-яё"
CAPITAL = r"[^\W\d_" + LOWER + r"\u0600-\u06ff\u4e00-\u9fff]"
_word = rf"(?:{CAPITAL}\.(?:-?{CAPITAL}\.)*|(?:[a-z]{{1,3}}[’'-])?{CAPITAL}[^\W\d_]*(?:[’'-][^\W\d_]+)*)"
_small = (
    r"(?:&|de la|de los|de las|de|du|des|da|dos|das|del|di|van der|van den|van|von|der|den|el|al|bin|ben|ibn|ould|abu"
    r"|la|le|y|i|e|ter|ten)"
)
NAME = re.compile(rf"{_word}(?:[ \u00a0]+(?:{_small}[ \u00a0]+)?{_word}){{0,6}}")
AGE = re.compile(r"(?:de |aged |âgée? de )?\d{1,3}(?: (?:años|ans|years|лет)|-летн|岁)|\d{1,3}\Z")
# "minister of farming, of pastures and of water": what goes on with a function behind a comma
ENUMERATED = re.compile(r"(?:of|du|des|de la|de l[’']|de|d[’']|del|and|et|y)\s?(?=\w)")
# What follows a function and is none: "…, director of the fund, after a visit".
CIRCUMSTANTIAL = re.compile(
    r"(?:who|which|where|on|in|at|adding|as|during|speaking|after|before|when|while|following|qui|lors|dont"
    r"|en|au|dans"
    r"|devant|pendant|avant|après|ajoutant|durante|quien|tras|ante|al|en|который|которая|в|на|во|после|перед)(?!\w)",
    re.IGNORECASE,
)
PARTICIPLE = re.compile(
    r"\w+(?:ing|ed|ly|ant|ante|ando|iendo|ado|ada|ido|ida|mente|ment|é|ée|я|ясь|вший|вшая)(?!\w)|(?:now|then"
    r"|still|also|not|no)(?!\w)",
    re.IGNORECASE,
)
THEIRS = re.compile(r"(?<!\w)(?:her|his|their|sa|son|ses|su|sus|её|его)(?!\w)", re.IGNORECASE)  # "tears in her eyes"
LONGEST_ROLE, MOST_WORDS = 130, 8  # characters of a function; words of one that is not known
ARTICLE = re.compile(
    r"^(?:(?:the|le|la|les|el|los|las|su|sus|sa|son|ses|leur|his|her|its|their|our|my|notre|nos|nuestr[oa]s?|mi"
    r"|наша?|мо[йя])\s+|l[’'])(?=\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Who:
    """The speaker with their function, and the clause that says so; for "she added", only that it is a pronoun.

    Places are within the text beside the quotation until `moved`; `end_of_clause` always is.
    """

    speaker: Found | None = None
    role: Found | None = None
    is_pronoun: bool = False
    is_near: bool = True  # nothing but a comma, a colon or "that" stands between these words and the quotation
    is_clear: bool = True  # a verb of speech that is known stands beside the quotation
    function: str = ""  # with which the text names somebody whom it has named before: "the minister said"
    start: int = 0
    end: int = 0
    end_of_clause: int = 0

    def unsure(self):
        return replace(self, speaker=unsure(self.speaker), role=unsure(self.role))

    def as_sure(self):
        return replace(self, speaker=replace(self.speaker, sure=True), role=self.role and replace(self.role, sure=True))

    def moved(self, by):
        return replace(
            self, speaker=_moved(self.speaker, by), role=_moved(self.role, by), start=self.start + by, end=self.end + by
        )


def _moved(found, by):
    return found and Found(found.value, found.sure, found.start + by, found.end + by)


def unsure(found):
    """The Found as one that an editor looks at, or None."""
    return found and replace(found, sure=False)


def length_of_function(name):
    """The length of a function before a name of two words and more: "Programme Director " of "… Anna Reed"."""
    last = 0
    for rule in (ROLE, GENERAL):
        for found in rule.finditer(name):
            last = max(last, found.end())
    rest = name[last:].lstrip()
    is_name = len(rest.split()) >= 2 and NAME.fullmatch(HONORIFIC.sub("", rest))
    return without_title(name, len(name) - len(rest)) if last and is_name else 0


def without_title(text, end):
    """The place before a title that stands at the end of `text[:end]`: "Minister of Health Dr. " of "… Joseph Lang"."""
    title = re.search(rf"(?<!\w)(?:{HONORIFIC.pattern})\Z", text[:end])
    return title.start() if title else end


def function_in(others):
    """The function in the parts that follow a name, as Found; sure if the sentence ends with it."""
    text, start = others[0]
    if NO_ROLE.match(text) or not text or AGE.match(text):
        return None
    whole = [text, *takewhile(ENUMERATED.match, (other for other, _at in others[1:]))]
    text, others = ", ".join(whole), others[len(whole) - 1 :]
    is_closed = len(others) == 1 or bool(CIRCUMSTANTIAL.match(others[1][0]))
    is_known = bool(ROLE.search(text)) or (len(others) == 1 and _is_plain(text))
    sure = is_known and is_closed and len(text) <= LONGEST_ROLE and len(whole) == 1
    return Found(bare(text), sure, start, start + len(text))


def _is_plain(text):
    """Whether the only words behind a name, at the end of the sentence, can hardly be anything but a function."""
    words = text.split()
    is_short = len(words) <= MOST_WORDS and text[0].islower()
    return is_short and not PARTICIPLE.match(bare(text)) and not THEIRS.search(text)


def bare(role):
    """A function without "the" in front."""
    return ARTICLE.sub("", role)
