"""Finds who says a quotation in a clause within it: "– First, – says Ann Lee. – Second."."""

import re

from .attribution import REACH, WITH_PRONOUN
from .attribution import after as after_quotation
from .joining import around
from .verbs import VERBS

COMMA = re.compile(r"\s?[,،]\s")
DASH = re.compile(r"\s?[—–]\s?|\s-\s")


def within(inner, offset, language):
    """(text without the clause, Who) of "First, — says Ann Lee. — Second.", or (inner, None)."""
    pieces, at = [], 0
    for dash in [*DASH.finditer(inner), None]:
        end = dash.start() if dash else len(inner)
        pieces.append((inner[at:end], at))
        at = dash.end() if dash else end
    for number, (piece, start) in enumerate(pieces[1:], 1):
        verb = VERBS[language].match(piece)
        who = verb and len(piece) <= REACH and after_quotation(piece, language)
        if who:
            before = " – ".join(text.strip() for text, _at in pieces[:number])
            after = " – ".join(text.strip() for text, _at in pieces[number + 1 :])
            return around(before, after), who.moved(offset + start)
    return inner, None


def before_comma(text, offset, language):
    """(text without the clause, Who) of "First, says Ann Lee, head of office.", or (text, None). Never sure."""
    for comma in COMMA.finditer(text):
        is_said = VERBS[language].match(text, comma.end())
        who = is_said and after_quotation(text[comma.start() :][:REACH], language)
        if who and (who.speaker or WITH_PRONOUN.search(text, comma.end(), comma.end() + who.end_of_clause)):
            rest = text[comma.start() + who.end_of_clause :].lstrip(" .")
            return around(text[: comma.start()], rest), who.unsure().moved(offset + comma.start())
    return text, None
