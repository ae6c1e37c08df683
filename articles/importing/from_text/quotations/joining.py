"""Joins the parts of a quotation between which somebody is named, and looks at what stands around it."""

import re

from .spans import HAN, spans

ENDED = re.compile(r"[.!?…:]\Z")
CONJUNCTION = re.compile(
    r"(?:and|but|or|so|because|which|who|yet|et|mais|ou|car|donc|qui|que|y|e|pero|o|porque|sino|и|а|но|что|чтобы"
    r"|потому|который|которая|которые|поэтому)(?!\w)"
)
CHINESE_END = ("。", "！", "？")
ARABIC = re.compile("[\u0600-\u06ff]")


def blanks(text, span):
    inside = text[span.start + 1 : span.end]
    return len(inside) - len(inside.lstrip())


def around(before, after):
    """Two parts of a quotation, between which stood who says it."""
    if after[:1] in ".,;:!?":
        return f"{before.rstrip(' ,')}{after}"
    return joined(before, after) if after else before


def is_only(who, between):
    """Whether all that stands between two quotations is who says them."""
    return not between[who.end_of_clause :].strip(" .,;:—–-،")


def is_whole(text, start, end):
    return not text[:start].strip(" -–—") and not text[end:].strip(" .,;-–—。")


def is_surely_one(who, first, second, behind):
    """Whether two parts are one quotation of two sentences; in one sentence, the marks may be those of the writer.

    behind: what follows in the line. It may say, with a verb that is not known, that the second is somebody else's, or
    have a third part.
    """
    is_named = bool(who.speaker) and who.speaker.sure
    rest = behind.strip(" .")
    is_end = not rest or (rest[0].isupper() and not spans(rest))
    return is_named and is_end and (second[:1].isupper() or first.endswith(CHINESE_END))


def joined(first, second, between=""):
    """Two parts of a quotation; `between`: what stood between their marks."""
    first = first.rstrip()
    if HAN.search(first[-2:]):
        comma = "，" if between.endswith(("，", ",")) and first[-1] not in "，。！？…" else ""
        return f"{first}{comma}{second}"  # Chinese has no spaces
    if ARABIC.search(first) and between.endswith(".") and not ENDED.search(first):
        return f"{first}. {second}"
    if second[:1].isupper() and not ENDED.search(first):
        first = f"{first.rstrip(',،')}."  # the sentence ended behind its speaker
    elif second[:1].islower() and first.endswith(",") and not CONJUNCTION.match(second):
        first = first[:-1]  # “What we saw,” said Ann Lee, “is new.”
    return f"{first} {second}"
