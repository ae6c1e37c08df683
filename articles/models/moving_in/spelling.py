"""The one spelling of the addresses of a former system, and the patterns among them; for the model and the look-up.

A pattern is compared part by part, without regular expressions of its own: `*` stands for one part, at the end for all
that follows; `{name}` stands for one part, or for what a part has beside fixed text, and can be repeated in the target.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from urllib.parse import parse_qsl, quote, unquote_to_bytes

from django.core.exceptions import ValidationError
from django.utils.encoding import repercent_broken_unicode
from django.utils.translation import gettext_lazy as _

from contacts.plain_text import ignore

LONGEST = 500  # characters of an old address
MOST_PARTS, MOST_PARAMETERS = 20, 8
COMBINED = 6  # parameters of which some may be missing in the table; of more, all or one must be there
ROUNDS = 5  # layers of percent-encoding within percent-encoding
HOST = re.compile(r"(?:[a-z][a-z0-9+.-]{1,20}:)?//[^/?#]*", re.IGNORECASE)
WILDCARD = re.compile(r"\{([a-z][a-z0-9_]{0,29})\}|\*")
REST = "*"  # the name of all that follows
# Added to addresses by those who count visits.
NOT_OF_THE_ADDRESS = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id")


@dataclass(frozen=True)
class Address:
    """`path`: "/news/17", without a slash at the end. `parameters`: ((name, value), …), sorted by name."""

    path: str
    parameters: tuple = ()

    def __str__(self):
        query = "&".join(f"{_encoded(name)}={_encoded(value)}" for name, value in self.parameters)
        return f"{self.path}?{query}" if query else self.path

    @cached_property
    def parts(self):
        return self.path.split("/")[1:]


def parsed(text):
    """An address as somebody typed it, or as a browser asks for it, as an Address. Hosts and fragments are left out."""
    text = text.strip()
    text = HOST.sub("", text, count=1) if HOST.match(text) else text
    path, _mark, query = text.partition("#")[0].partition("?")
    path = _letters(repercent_broken_unicode(unquote_to_bytes(path)).decode())
    path = "/" + "/".join(part for part in (one.strip() for one in path.split("/")) if part)
    try:
        given = parse_qsl(query, keep_blank_values=True, max_num_fields=50)
    except ValueError:
        given = []
    own = {_letters(name): _letters(value) for name, value in given}
    return Address(path, tuple(sorted((k, v) for k, v in own.items() if k and not NOT_OF_THE_ADDRESS.fullmatch(k))))


def one_spelling(text, note=ignore):
    """Decoded, in small letters, composed, without slash at the end; parameters in one order."""
    for _round in range(ROUNDS):
        found = str(parsed(text))
        if found == text:
            break
        text = found
    return text


def _letters(text):
    visible = "".join(one for one in text if unicodedata.category(one)[0] != "C")
    return unicodedata.normalize("NFC", visible.lower())


def _encoded(text):
    return re.sub(r"[%&=#+\s]", lambda found: quote(found[0]), text)


def is_pattern(text):
    return "*" in text or "{" in text


def start(text):
    """`OldAddress.start` of an old address in its one spelling, as the database computes it."""
    wildcard, query = re.search(r"[*{]", text), text.find("?") + 1
    if wildcard is None:
        return text
    return text[:query] if 0 < query <= wildcard.start() else text[: wildcard.start()]


def starts(address):
    """The values of `OldAddress.start` that may be those of this address, at most some hundred.

    Exact rows: the address with all, some or none of its parameters. Patterns: what stands before a first wildcard,
    which follows a slash or another sign; if that is in a parameter, the path and a question mark.
    """
    given, found = address.parameters, [address.path]
    some = given if len(given) <= COMBINED else ()
    for size in range(1, len(some) + 1):
        found += [str(Address(address.path, chosen)) for chosen in combinations(some, size)]
    if given and not some:
        found += [str(address), *(str(Address(address.path, (one,))) for one in given)]
    if given:
        found.append(f"{address.path}?")
    signs = [at for at, one in enumerate(address.path, 1) if not one.isalnum()]
    return [*found, *(address.path[:at] for at in signs[:60])]


def match(wanted, address):
    """{name: text} of the wildcards if the address is what a row of the table wants (an Address), else None."""
    values, parts, given = {}, address.parts, dict(address.parameters)
    own = wanted.parts
    if own[-1] == REST and len(parts) >= len(own):
        own, rest = own[:-1], parts[len(own) - 1 :]
        values[REST] = "/".join(rest)
        parts = parts[: len(own)]
    if len(own) != len(parts):
        return None
    pairs = [*zip(own, parts, strict=True), *((value, given.get(name)) for name, value in wanted.parameters)]
    return values if all(_part_matches(one, text, values) for one, text in pairs) else None


def _part_matches(part, text, values):
    if text is None:
        return False
    wildcard = WILDCARD.search(part)
    if wildcard is None:
        return part == text
    before, after = part[: wildcard.start()], part[wildcard.end() :]
    if len(text) <= len(before) + len(after) or not (text.startswith(before) and text.endswith(after)):
        return False
    if wildcard[1]:
        values[wildcard[1]] = text[len(before) : len(text) - len(after)]
    return True


def exactness(address):
    """A sort key: those with the most fixed characters come last, and what is no pattern after all patterns."""
    text = str(address)
    return not is_pattern(text), len(WILDCARD.sub("", text)), not address.path.endswith("/*")


def names(text):
    """The names that the target of this address may repeat; `*` if it ends in one."""
    path = parsed(text).path
    return {found[1] for found in WILDCARD.finditer(text) if found[1]} | ({REST} if path.endswith("/*") else set())


def filled(target, values):
    """A target with its wildcards replaced by values; None if there is one without a value."""
    used = {found[1] or REST for found in WILDCARD.finditer(target)}
    if not used <= values.keys():
        return None
    return WILDCARD.sub(lambda found: quote(values[found[1] or REST], safe="" if found[1] else "/"), target)


def validate_address(text):
    """A validator of old addresses in their one spelling."""
    address = parsed(text)
    texts = [*address.parts, *(value for _name, value in address.parameters)]
    if address == Address("/"):
        raise ValidationError(_("Enter a path, such as %(example)s."), params={"example": "/news/floods.html"})
    if len(address.parts) > MOST_PARTS or len(address.parameters) > MOST_PARAMETERS:
        raise ValidationError(_("An old address has at most 20 parts and 8 parameters."))
    if set("{}") & set("".join(WILDCARD.sub("", one) for one in texts)):
        raise ValidationError(_("Write a placeholder as a name in braces, such as {slug}: letters, digits and _."))
    if is_pattern("".join(name for name, _value in address.parameters)):
        raise ValidationError(_("Placeholders stand for the value of a parameter, not for its name."))
    wildcards = [list(WILDCARD.finditer(one)) for one in texts]
    if any(len(found) > 1 for found in wildcards):
        raise ValidationError(_("A part between two slashes has at most one placeholder."))
    if any(one[: found[0].start()][-1:].isalnum() for one, found in zip(texts, wildcards, strict=True) if found):
        raise ValidationError(_("A placeholder stands at the start of a part, or after a sign such as - or _."))
    named = [found[0][1] for found in wildcards if found and found[0][1]]
    if len(named) != len(set(named)):
        raise ValidationError(_("Each placeholder needs a name of its own."))
    if not named and set(address.parts) == {REST} and not address.parameters:
        raise ValidationError(_("This would be every address. Begin with a fixed part, such as /news/*."))


def validate_target(path):
    """A validator of paths of this site: a path that begins with one slash, and no other host."""
    if not re.fullmatch(r"/(?!/)[^\\\s\x00-\x1f]*", path):
        raise ValidationError(_("Enter a path of this site that begins with /, such as /en/topics/floods/."))
