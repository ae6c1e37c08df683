"""What labels above headlines mean: "PRESS RELEASE No. 12/2024" is a press release."""

import re

from ....search.languages.chinese import simplified
from ..words import AT_ONCE, LABEL_NUMBER, LABELS
from .places import folded

_LABELS = {folded(label): kind for label, kind in LABELS.items()}
_AT_ONCE = {folded(label) for label in AT_ONCE}
LONGEST = 90
AROUND = " :：.-–—[]()【】（）*#\u200f"
# "JOINT STATEMENT / DÉCLARATION COMMUNE", "聯合聲明 JOINT STATEMENT", "*** MEDIA ADVISORY *** MEDIA ADVISORY ***"
BOTH = re.compile(r"\s*(?:[/|=~•]|[*#]{1,9})\s*|(?<=[\u4e00-\u9fff])\s(?=[A-Za-z])|(?<=[A-Za-z])\s(?=[\u4e00-\u9fff])")
SEVERAL = range(2, 5)
# "Joint press release", "communiqué de presse conjoint": what kind it is stands beside these words.
QUALIFIED = re.compile(
    r"\s(?:to the press|for the (?:press|media)|à la presse|a la prensa|a los medios"
    r"|для (?:прессы|сми)|للصحافة|للإعلام)\Z"
    r"|^(?:joint|official|revised|updated|совместн\w+|официальн\w+|联合|聯合|更新)\s?|\s(?:conjointe?|commune?|officielle?"
    r"|conjunt[oa]|oficial"
    r"|مشترك|رسمي)(?=\s|\Z)"
)


def _key(label):
    return folded(label).translate(simplified())


def label_of(text):
    """The kind of article (`articles.kinds`) that a label names, also in two languages; or ""."""
    if len(text) > LONGEST:
        return ""
    parts = [part for part in BOTH.split(text.strip(AROUND)) if part]
    kinds = {_kind_of(part) for part in parts} if len(parts) in SEVERAL else set()
    return _kind_of(text) or (kinds.pop() if len(kinds) == 1 else "")


def _kind_of(text):
    key = _key(text.strip(AROUND))
    key = key if key in _LABELS else QUALIFIED.sub("", key)
    if key not in _LABELS and (number := LABEL_NUMBER.search(key)) and number.start():
        key = key[: number.start()].strip(" ,:：-–—(（")
    return _LABELS.get(key, "")


def is_at_once(label):
    """Whether a label says when to publish ("for immediate release"): another one beside it says more."""
    return _key(label) in _AT_ONCE
