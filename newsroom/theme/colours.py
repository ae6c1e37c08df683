"""The colours of a theme: their contrasts by WCAG 2.2, and the style sheet that is made of them."""

import re
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

HEX = re.compile(r"#[0-9a-fA-F]{6}")
ENOUGH = 4.5  # WCAG 2.2, 1.4.3, level AA
# Papers and letters of tokens.css, by light and dark.
PAPERS = {"light": ("#ffffff", "#f1f6f5"), "dark": ("#0e1b1f", "#14252a")}
ON_BRAND = {"light": "#ffffff", "dark": "#f3faf9"}
BLACK, WHITE = "#000000", "#ffffff"
SUFFIX = {"light": "", "dark": "_dark"}
LETTERS = {
    "sans": ":root, [lang] { --serif: var(--sans); }",
    "serif": ":root, [lang] { --sans: var(--serif); }",
}


class Pair(NamedTuple):
    """A colour that somebody chose (the name of its field), beside one that it is read with, and their ratio."""

    field: str
    other: object
    ratio: float


def luminance(colour):
    """https://www.w3.org/TR/WCAG22/#dfn-relative-luminance"""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio"""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mixed(colour, other, share):
    """A colour with this share of another one."""
    values = [(int(colour[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(own + (its - own) * share):02x}" for own, its in values)


def pairs(values):
    """The Pairs of the colours of a theme, {field: value}; what is no colour is left out."""
    for mode, suffix in SUFFIX.items():
        brand, link = (values[name + suffix] for name in ("brand", "link"))
        if HEX.fullmatch(brand):
            yield Pair("brand" + suffix, _("the letters on it"), contrast(brand, ON_BRAND[mode]))
            yield Pair("brand" + suffix, _("the quiet letters on it"), contrast(brand, _quiet(brand, mode)))
        if HEX.fullmatch(link):
            for paper, name in zip(PAPERS[mode], (_("the page"), _("the tinted bands")), strict=True):
                yield Pair("link" + suffix, name, contrast(link, paper))


def _quiet(brand, mode):
    """The letters of less important words on the brand's colour."""
    return mixed(ON_BRAND[mode], brand, 0.14)


def style_sheet(theme):
    """The style sheet of a theme; "" if everything looks as without one."""
    blocks = {mode: " ".join(_properties(theme, mode, suffix)) for mode, suffix in SUFFIX.items()}
    rules = [f":root {{ {blocks['light']} }}"] if blocks["light"] else []
    if blocks["dark"]:
        rules.append(f"@media (prefers-color-scheme: dark) {{ :root {{ {blocks['dark']} }} }}")
    if theme.letters:
        rules.append(LETTERS[theme.letters])
    return "\n".join(rules)


# Where a theme has a colour for light alone, dark keeps that of tokens.css.
DARK = {"brand": "#0a4149", "link": "#86d0d6"}


def _properties(theme, mode, suffix):
    brand, link = (HEX.fullmatch(getattr(theme, name + suffix)) for name in ("brand", "link"))
    brand, link = brand and brand[0], link and link[0]
    if mode == "dark":
        brand, link = brand or (theme.brand and DARK["brand"]), link or (theme.link and DARK["link"])
    if brand:
        yield f"--brand: {brand}; --brand-deep: {mixed(brand, BLACK, 0.26)};"
        yield f"--on-brand-muted: {_quiet(brand, mode)};"
    if link:
        yield f"--link: {link}; --link-strong: {mixed(link, BLACK if mode == 'light' else WHITE, 0.3)};"
