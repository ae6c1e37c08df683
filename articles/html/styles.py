"""Reads the `style` attribute as text: what is bold, slanted, struck out, raised, hidden; the levels of Word."""

import re

_level = re.compile(r"level([1-9])")
_bold = re.compile(r"bold|[6-9]00|1000")
_not_bold = re.compile(r"normal|lighter|[1-5]00")


def read(element):
    """{property: value} of an element's style, in lower case."""
    style = element.attributes.get("style")
    if not style:
        return {}
    found = {}
    for declaration in style.lower().split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            found[name.strip()] = value.strip().removesuffix("!important").rstrip()
    return found


def formatting(style):
    """({tags that the style stands for}, {tags that it cancels})."""
    wanted, cancelled = [], set()
    if not style:
        return wanted, cancelled
    weight = style.get("font-weight", "")
    if _bold.match(weight):
        wanted.append("strong")
    elif _not_bold.match(weight):
        cancelled.add("strong")
    slant = style.get("font-style", "")
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
    )


def list_level(style):
    """The level of a paragraph in Word's lists, from 1; 0 if it is in none."""
    found = _level.search(style.get("mso-list", ""))
    return int(found[1]) if found else 0
