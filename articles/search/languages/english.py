"""English: one spelling for words that are written in two, such as "harbours" and "harbors"."""

import re

IN_RE = "met lit (?:centi|deci|kilo|micro|milli)(?:met|lit) cent epicent theat fib calib spect sab somb meag".split()
IN_L = "cancel channel counsel fuel label level model quarrel rival signal travel tunnel".split()
# The spelling of one side of the Atlantic becomes that of the other, before the word is stemmed. Each rule asks for
# so many letters before it that short words ("hour", "size", "acre", "rogue") stay.
RULES = [
    (r"(?<=[a-z]{2})our(s|ed|ing|ings|ful|able|ably|al|ally|ite|ites|hood|hoods|less|er|ers|y)?$", r"or\1"),
    (r"(?<=[a-z]{3})iz(e|es|ed|er|ers|ing|able|ation|ations|ational)$", r"is\1"),
    (r"(?<=[a-z]{3})yz(e|es|ed|er|ers|ing)$", r"ys\1"),
    (rf"^({'|'.join(IN_RE)})re(s|d)?$", r"\1er\2"),
    (r"(?<=[a-z]{4})ogue(s?)$", r"og\1"),
    (rf"^({'|'.join(IN_L)})l(ed|ing|ings|er|ers)$", r"\1\2"),
]
WORDS = {
    "aluminium": "aluminum",
    "anaemia": "anemia",
    "defence": "defense",
    "diarrhoea": "diarrhea",
    "grey": "gray",
    "judgement": "judgment",
    "kerb": "curb",
    "licence": "license",
    "mould": "mold",
    "offence": "offense",
    "paediatric": "pediatric",
    "plough": "plow",
    "programme": "program",
    "sulphur": "sulfur",
}
_has_two = re.compile("our|[iy]z|re|ogue|ll")
_rules = [(re.compile(pattern), replacement) for pattern, replacement in RULES]


def one_spelling(word):
    """The word, in lower case, in one of its spellings."""
    if word == "cent":  # of "40 per cent"; "cents" are money
        return "percent"
    root, plural = (word[:-1], "s") if word.endswith("s") else (word, "")
    if root in WORDS:
        return WORDS[root] + plural
    if not _has_two.search(word):
        return word
    for pattern, replacement in _rules:
        word = pattern.sub(replacement, word)
    return word
