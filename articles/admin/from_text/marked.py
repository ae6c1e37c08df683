"""Splits a pasted text into pieces with the field that each became, so that the page can highlight them."""

from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _

MOST = 400  # passages that are marked


@dataclass(frozen=True)
class Piece:
    """A piece of the text. `label` and `anchor` are those of its field, on the first piece of a passage."""

    text: str
    is_marked: bool = False
    label: str = ""
    sure: bool = True
    is_left_out: bool = False
    anchor: str = ""


def named_passages(reading):
    """[(anchor, label, Found)] of all that was read, in the order of the fields."""
    labels = {
        "label": _("kind"), "region": _("region"), "headline": _("headline"), "standfirst": _("standfirst"),
        "place": _("dateline place"), "country": _("country"), "date": _("date"), "embargo": _("embargo"),
    }  # fmt: skip
    found = [(name, label, getattr(reading, name)) for name, label in labels.items() if getattr(reading, name)]
    for number, said in enumerate(reading.quotes):
        parts = ("text", _("quote")), ("speaker", _("speaker")), ("role", _("function"))
        found += [
            (f"quote-{number}-{name}", label, getattr(said, name)) for name, label in parts if getattr(said, name)
        ]
    for number, person in enumerate(reading.contacts):
        parts = ("name", _("contact")), ("role", _("function")), ("office", _("office")), ("email", _("e-mail"))
        found += [
            (f"contact-{number}-{name}", label, getattr(person, name)) for name, label in parts if getattr(person, name)
        ]
        found += [(f"contact-{number}-phone-{at}", _("telephone"), phone) for at, phone in enumerate(person.phones)]
    found += [(f"link-{number}", _("link"), link) for number, link in enumerate(reading.links)]
    return found


def pieces(reading):
    """[Piece] that together are the whole text. Of passages within others, the shortest is named."""
    passages = [
        (found.start, found.end, label, found.sure, False, anchor) for anchor, label, found in named_passages(reading)
    ]
    passages += [
        (doubt.start, doubt.end, _("to be checked"), False, False, f"doubt-{number}")
        for number, doubt in enumerate(reading.doubts)
        if not doubt.fields[0].startswith(("quote-", "contact-"))
    ]
    passages += [
        (found.start, found.end, _("left out"), True, True, f"out-{number}")
        for number, found in enumerate(reading.left_out)
    ]
    passages = sorted({passage[:2]: passage for passage in reversed(passages)}.values())[:MOST]
    edges = sorted({0, len(reading.text), *(at for start, end, *_rest in passages for at in (start, end))})
    result, named = [], set()
    for start, end in pairwise(edges):
        over = [one for one in passages if one[0] <= start and one[1] >= end]
        if not over:
            result.append(Piece(reading.text[start:end]))
            continue
        _start, _end, label, sure, is_left_out, anchor = min(over, key=lambda one: one[1] - one[0])
        is_first = anchor not in named
        named.add(anchor)
        label, anchor = (label, anchor) if is_first else ("", "")
        result.append(Piece(reading.text[start:end], True, label, sure, is_left_out, anchor))
    return [piece for piece in result if piece.text]
