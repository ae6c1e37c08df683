"""Reads styles, of elements and their classes: what is bold, slanted, struck out, raised, hidden; Word's levels."""

import re

from .tree import SAME, elements, text_of

_level = re.compile(r"level([1-9])")
_bold = re.compile(r"bold|[6-9]00|1000")
_css_comment = re.compile(r"/\*[^*]*(?:\*(?!/)[^*]*)*(?:\*/|\Z)|<!--|-->")
_brace = re.compile(r"([{}])")
_class = re.compile(r"(\w*)\.([\w-]+)")
# What is read from the rule of a class.
OF_CLASSES = set(
    "font font-weight font-style text-decoration text-decoration-line vertical-align direction display visibility"
    " mso-hide opacity".split()
)
STRUCK_CLASSES = ("line-through", "strikethrough", "strike", "text-decoration-line-through")
_nothing = re.compile(r"0*+(?:\.0*+)?(?:px|pt|em|rem|%)?")  # the size zero
_not_bold = re.compile(r"normal|lighter|[1-5]00")


def _declared(text):
    """{property: value} of declarations, in lower case."""
    found = {}
    for declaration in text.lower().split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            found[name.strip()] = value.strip().removesuffix("!important").rstrip()
    return found


def read(element, rules=None):
    """{property: value} of an element's style, also that of its classes by the `rules` of `rules_of`."""
    own = element.get("style")
    if element.get("role") == "deletion":
        own = f"text-decoration: line-through; {own}"
    found = _of_classes(element, rules) if rules and "class" in element.attributes else {}
    return found | _declared(own) if own else found


def _of_classes(element, rules):
    """{property: value} of the rules of an element's classes; of two rules the later holds, or the one with a tag."""
    found = {}
    for name in element.get("class").split():
        for rule in (rules.get(name, {}), rules.get(f"{element.tag}.{name}", {})):
            for key, (rank, value) in rule.items():
                if key not in found or rank > found[key][0]:
                    found[key] = rank, value
    return {key: value for key, (_rank, value) in found.items()}


def rules_of(root):
    """{"class" or "tag.class": {property: (rank, value)}} of the `style` elements, which Word and Google Docs write.

    Only simple rules, and none that holds under a condition, such as for print.
    """
    rules = {name: {"text-decoration": ((False, 0), "line-through")} for name in STRUCK_CLASSES}
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element.tag == "style":
            _add_rules(rules, _css_comment.sub("", text_of(element)))
        waiting += reversed(elements(element))
    return rules


def _add_rules(rules, css):
    depth, selectors, has_condition = 0, "", False
    for number, piece in enumerate(_brace.split(css), start=len(rules)):
        if piece == "{":
            depth += 1
            has_condition = has_condition or selectors.startswith("@")
        elif piece == "}":
            depth = max(0, depth - 1)
            has_condition = has_condition and depth > 0
        elif depth == 0:
            selectors = piece.rpartition(";")[2].strip()
        elif depth == 1 and not has_condition:
            _add_rule(rules, selectors, piece, number)


def _add_rule(rules, selectors, declarations, number):
    style = {name: value for name, value in _declared(declarations).items() if name in OF_CLASSES}
    for selector in selectors.split(",") if style else ():
        if found := _class.fullmatch(selector.strip()):
            tag = found[1].lower()
            name = f"{SAME.get(tag, tag)}.{found[2]}" if tag else found[2]
            rules.setdefault(name, {}).update({key: ((bool(tag), number), value) for key, value in style.items()})


def formatting(style):
    """({tags that the style stands for}, {tags that it cancels})."""
    wanted, cancelled = [], set()
    if not style:
        return wanted, cancelled
    font = style.get("font", "").split()
    weight = style.get("font-weight") or next((word for word in font[:4] if _bold.fullmatch(word)), "")
    if _bold.match(weight):
        wanted.append("strong")
    elif _not_bold.match(weight):
        cancelled.add("strong")
    slant = style.get("font-style") or next((word for word in font[:4] if word in ("italic", "oblique")), "")
    if slant.startswith(("italic", "oblique")):
        wanted.append("em")
    elif slant == "normal":
        cancelled.add("em")
    lines = f"{style.get('text-decoration', '')} {style.get('text-decoration-line', '')}"
    if "line-through" in lines:
        wanted.append("s")
    position = style.get("vertical-align", "")
    if position in ("super", "sub"):
        wanted.append("sup" if position == "super" else "sub")
    return wanted, cancelled


def is_hidden(element, style):
    return (
        "hidden" in element.attributes
        or style.get("display", "").startswith("none")
        or style.get("visibility", "").startswith(("hidden", "collapse"))
        or style.get("mso-hide", "") == "all"
        or _is_nothing(style.get("opacity"))
        or (_is_nothing(style.get("max-height")) and style.get("overflow") == "hidden")
        or (_is_nothing(style.get("font-size")) and not _sets_size(element))
    )


def _is_nothing(size):
    return bool(size) and _nothing.fullmatch(size) is not None


def _sets_size(element):
    """Whether an element within this one has letters of a size: mailings close gaps between boxes by size zero."""
    return any("font" in child.get("style") or _sets_size(child) for child in elements(element))


def is_line(element, style):
    """Whether an inline element begins a line and ends it."""
    block = style.get("display", "").startswith(("block", "flex", "grid", "list-item", "table-row", "flow-root"))
    return block or style.get("display") == "table" or element.get("role") in ("row", "listitem", "paragraph")


def is_cell(element, style):
    """Whether an inline element is a cell beside others."""
    cell = element.get("role") in ("cell", "gridcell", "columnheader", "rowheader")
    return cell or style.get("display") == "table-cell"


def list_level(style):
    """The level of a paragraph in Word's lists, from 1; 0 if it is in none."""
    found = _level.search(style.get("mso-list", ""))
    return int(found[1]) if found else 0
