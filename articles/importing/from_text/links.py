"""Finds the links of a release: its own, not those of the page or the mailing around it."""

import re

from .asides import is_aside
from .lines import addresses
from .reading import Found

MOST = 100  # links
OF_THE_SITE = re.compile(r"/(?:tags?|categor(?:y|ies)|authors?)/", re.IGNORECASE)  # lists of the site, below its pages
FILLED_IN_LATER = re.compile(r"[\[\]{}|*]|%%")  # "?e=[UNIQID]": a mailing has an address for each of its readers


def links_of(taken, part):
    """[Found] of the links in `taken`, a Lines. part: {number of a line: its part}."""
    found, others = {}, []
    asides = bytearray(len(taken.text))  # 1 for each character of a line that was set aside
    for number, line in enumerate(taken.lines):
        if part[number] == "aside":
            asides[line.start : line.end] = b"\1" * len(line.text)
            continue
        if part[number] in ("contacts", "out"):
            others.append((line.start, line.end))
        for address, start, end in addresses(line.text):
            has_scheme = address.lower().startswith("http")
            value = address if has_scheme else f"https://{address}"
            sure = has_scheme or address.lower().startswith("www.")
            found.setdefault(value, Found(value, sure, line.start + start, line.start + end))
    for address, start, end in taken.anchors:
        if any(asides[start:end]) or is_aside(taken.text[start:end]) or FILLED_IN_LATER.search(address):
            continue
        found.pop(f"https://{address.partition('://')[2]}", None)  # "www.…" that is a link to "http://www.…"
        # In a signature, a link with other words than its address may be a profile in a network.
        is_profile = any(first <= start < last for first, last in others) and "." not in taken.text[start:end]
        found[address] = Found(address, not is_profile and not OF_THE_SITE.search(address), start, end)
    return list(found.values())[:MOST]
