"""Completes the addresses of links, or says why a link cannot stay."""

import re
from urllib.parse import quote, unquote

from .allowed import LINK

# Zero-width and direction marks: no part of any address.
INVISIBLE = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x1f\x7f"
_invisible = re.compile(f"[{INVISIBLE}]")
_scheme = re.compile(r"([a-z][a-z0-9+.-]*)\s*:\s*", re.IGNORECASE)
_web = re.compile(r"https?\s*:\s*/{1,3}\s*", re.IGNORECASE)
_doubled = re.compile(r"(?:https?://)+(?=https?:?//)", re.IGNORECASE)
_host = re.compile(r"(?:[\w-]+\.)+[\w-]{2,}(?::\d+)?(?=[/?#]|\Z)")
# A host without "www.": only names that cannot be those of a file, such as "annual.report.pdf" or "index.md".
_bare_host = re.compile(
    r"(?:[\w-]+\.)+(?:org|int|com|net|edu|gov|mil|info|eu|example|(?:gov|org|com|gob|gouv|go|ac|co)\.[a-z]{2})(?=[/?#]|\Z)",
    re.IGNORECASE,
)
_email = re.compile(r"[^\s@<>\"',;:/?#\\()]+@[^\s@<>\"',;:/?#\\()]+\.[^\s@<>\"',;:/?#\\().]+", re.IGNORECASE)
_separators = re.compile(r"[\s,;<>\"'()]+")
_extension = re.compile(r"(?:;\s*ext=|\bext\.?|\bx)\s*(\d{1,8})\s*\Z", re.IGNORECASE)
# Of Word, Google Docs, LibreOffice: marks of footnotes and endnotes, which survive as text.
NOTE = re.compile(r"#_?(?:ftn|edn|ftnt|sdfootnote|sdendnote|footnote|endnote|fn)(?:_?ref)?[\w.:-]*\Z", re.IGNORECASE)
UNSAFE = {"javascript", "vbscript", "data"}
LONGEST = 4_000  # characters of an address
# Addresses by which mail programs and Google count clicks; the address that was meant stands within them.
_counted = re.compile(
    r"https?://(?:(?:www\.)?google\.[a-z.]{2,6}/url\?|[\w.-]+\.safelinks\.protection\.outlook\.com/"
    r"|urldefense\.com/v3/__|lm?\.facebook\.com/l\.php\?)"
)
_counted_target = re.compile(r"[?&](?:url|q|u)=(https?(?:%3A|:)[^&#]+)", re.IGNORECASE)
_defended = re.compile(r"https?://urldefense\.com/v3/__(https?:/{1,2}[^*]+?)__;", re.IGNORECASE)


def completed(address):
    """(address, "") of a link that may stay as it is, (address, code) of a changed one, ("", code) of none."""
    given = address.strip()
    if len(given) > LONGEST:
        return "", "link_removed"
    address = _meant(_invisible.sub("", given).strip())
    if LINK.match(address) and not _doubled.match(address) and not address.lower().startswith(("mailto:", "tel:")):
        return _checked(address, "" if address == given else "link_completed")
    new = _complete(address)
    if not new:
        scheme = _scheme.match(address)
        return "", "link_unsafe" if scheme and scheme[1].lower() in UNSAFE else "link_removed"
    return _checked(new, "" if new == given.replace(" ", "%20") else "link_completed")


def counts_clicks(html):
    """Whether HTML holds a link by way of a counter of clicks."""
    return _counted.search(html) is not None


def _meant(address):
    """The address itself of a link that leads there by way of a counter of clicks."""
    if not _counted.match(address):
        return address
    if found := _counted_target.search(address):
        return unquote(found[1])
    found = _defended.match(address)
    return found[1] if found else address


def _checked(address, code):
    return (address, code) if LINK.match(address) else ("", "link_removed")


def _complete(address):
    """The address with its scheme and without blanks, or ""."""
    if _web.match(address):
        return _web_address(address)
    scheme = _scheme.match(address)
    if scheme and scheme[1].lower() == "mailto":
        return _mail_address(address[scheme.end() :])
    if scheme and scheme[1].lower() in ("tel", "callto"):
        return _telephone(address[scheme.end() :])
    if address.startswith("//"):
        rest = address[2:]
        return f"https://{_without_blanks(rest)}" if _host.match(rest) else ""
    if address.startswith("/"):
        return _without_blanks(address)
    if _email.fullmatch(address):
        return f"mailto:{address}"
    if (address.lower().startswith("www.") and _host.match(address)) or _bare_host.match(address):
        return f"https://{_without_blanks(address)}"
    return ""


def _web_address(address):
    """Repairs "http:// www.x.org" and "https://http://x.org"."""
    address = _doubled.sub("", address)
    rest = address[_web.match(address).end() :] if _web.match(address) else ""
    scheme = "https" if address[:5].lower() == "https" else "http"
    return f"{scheme}://{_without_blanks(rest)}" if rest and rest[0] not in "/\\?#" else ""


def _without_blanks(address):
    return re.sub(r"\s", "%20", address.strip())


def _mail_address(rest):
    who, mark, query = rest.partition("?")
    found = [part for part in _separators.split(unquote(who)) if _email.fullmatch(part)]
    if not found:
        return ""
    return f"mailto:{','.join(found)}{mark}{_without_blanks(query)}"


def _telephone(number):
    """ "+41 (0)22 555 01 50 ext. 7" as "tel:+41225550150;ext=7"."""
    number = unquote(number)
    extension = _extension.search(number)
    if extension:
        number = number[: extension.start()]
    if number.strip().startswith("+"):
        number = number.replace("(0)", "")
    digits = re.sub(r"[\s().\-/–\xa0]", "", number)
    if not re.fullmatch(r"\+?[0-9*#]{2,20}", digits):
        return ""
    return f"tel:{quote(digits, safe='+*')}{f';ext={extension[1]}' if extension else ''}"
