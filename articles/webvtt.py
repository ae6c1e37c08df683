"""Captions in WebVTT (https://www.w3.org/TR/webvtt1/): checked strictly, in one spelling, without comments for readers.

What a browser would pass over in silence is refused with its line, because nobody would notice a missing caption.
"""

import re
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST_CUES = 20_000
MOST_CHARACTERS = 1_000_000
HEADER = re.compile(r"WEBVTT(?:[ \t].*)?")
MOMENT = r"(?:(\d{2,4}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
TIMING = re.compile(rf"[ \t]*{MOMENT}[ \t]+-->[ \t]+{MOMENT}((?:[ \t]+\S+)*)[ \t]*")
SETTING = re.compile(
    r"vertical:(?:rl|lr)|line:-?\d{1,4}(?:\.\d+)?%?(?:,(?:start|center|end))?|"
    r"position:\d{1,3}(?:\.\d+)?%(?:,(?:line-left|center|line-right))?|size:\d{1,3}(?:\.\d+)?%|"
    r"align:(?:start|center|end|left|right)"
)
MARKUP = re.compile(
    r"</?(?:c|b|i|u|v|lang|ruby|rt)(?:\.[\w-]+)*(?:[ \t][^<>&\n]*)?>|<(?:\d{2,4}:)?[0-5]\d:[0-5]\d\.\d{3}>"
)
BARE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|lrm|rlm|nbsp|#\d{1,7}|#x[0-9a-fA-F]{1,6});)")


@dataclass
class Block:
    """A cue or, without `timing`, a comment; `text` are its lines."""

    timing: str = ""
    identifier: str = ""
    text: list = field(default_factory=list)

    def __str__(self):
        return "\n".join([*filter(None, [self.identifier, self.timing]), *self.text])


def parse(text):
    """The Blocks of captions. Raises ValidationError with the number of the line that is wrong."""
    if len(text) > MOST_CHARACTERS:
        raise ValidationError(_("The captions are too long."), code="too_long")
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not HEADER.fullmatch(lines[0]):
        raise _fault(1, _("It does not begin with WEBVTT. Save the captions as WebVTT (.vtt)."))
    if len(lines) > 1 and lines[1].strip():
        raise _fault(2, _("An empty line must follow WEBVTT."))
    blocks, latest = [], 0
    for number, some in _groups(lines[1:], 2):
        if re.match(r"NOTE(?:[ \t]|$)", some[0]):
            blocks.append(Block(text=_comment(number, some)))
            continue
        cue, start = _cue(number, some)
        if start < latest:
            raise _fault(number, _("This caption begins before the one above it."))
        latest = start
        blocks.append(cue)
    cues = sum(bool(block.timing) for block in blocks)
    if not cues:
        raise ValidationError(_("There is no caption in it."), code="empty")
    if cues > MOST_CUES:
        raise ValidationError(_("The captions are too long."), code="too_long")
    return blocks


def validate(text):
    """A validator."""
    parse(text)


def tidied(text):
    """Valid captions in one spelling; others as they are, for `validate` to refuse."""
    try:
        return _written(parse(text)) if text.strip() else ""
    except ValidationError:
        return text


def public(text):
    """Captions as readers get them: without comments. Raises ValidationError."""
    return _written(block for block in parse(text) if block.timing)


def _written(blocks):
    return "\n\n".join(["WEBVTT", *map(str, blocks)])


def _fault(number, sentence):
    return ValidationError(_("Line %(line)s: %(fault)s"), code="invalid", params={"line": number, "fault": sentence})


def _groups(lines, first):
    """Yield (number of its first line, lines) of each block between empty lines."""
    start, some = first, []
    for number, line in enumerate([*lines, ""], first):
        if line.strip():
            if not some:
                start = number
            some.append(line)
        elif some:
            yield start, some
            some = []


def _comment(number, lines):
    for line in lines:
        if "-->" in line:
            raise _fault(number, _("A comment must not contain “-->”. Is an empty line missing?"))
    return [line.rstrip() for line in lines]


def _cue(number, lines):
    """(Block, its beginning in milliseconds)"""
    identifier = "" if "-->" in lines[0] else lines[0].strip()
    if identifier:
        number, lines = number + 1, lines[1:]
    if re.match(r"(?:STYLE|REGION)(?:[ \t]|$)", identifier):
        raise _fault(number - 1, _("Blocks STYLE and REGION are not supported. Remove this block."))
    found = TIMING.fullmatch(lines[0]) if lines else None
    if found is None:
        raise _fault(number, _("Here a time is expected, such as 00:01.000 --> 00:04.000."))
    start, end = _milliseconds(found.groups()[:4]), _milliseconds(found.groups()[4:8])
    if end <= start:
        raise _fault(number, _("The caption ends before it begins."))
    settings = found[9].split()
    for setting in settings:
        if not SETTING.fullmatch(setting):
            raise _fault(number, _("“%s” is not a setting of captions.") % setting[:40])
    timing = " ".join([f"{_moment(start)} --> {_moment(end)}", *settings])
    return Block(timing, identifier, [_clean(at, line) for at, line in enumerate(lines[1:], number + 1)]), start


def _milliseconds(parts):
    hours, minutes, seconds, rest = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest


def _moment(milliseconds):
    seconds, rest = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}.{rest:03}"


def _clean(number, line):
    """A line of a caption with its markup and all else escaped; refused if it has markup that captions do not know."""
    if "-->" in line:
        raise _fault(number, _("A caption must not contain “-->”. Is an empty line missing?"))
    if any(char < " " and char != "\t" for char in line):
        raise _fault(number, _("It contains a control character."))
    parts, at = [], 0
    for found in MARKUP.finditer(line):
        parts += [_escaped(number, line[at : found.start()]), found[0]]
        at = found.end()
    return "".join([*parts, _escaped(number, line[at:])]).rstrip()


def _escaped(number, text):
    if found := re.search(r"<[a-zA-Z/!?][^>]{0,20}>?", text):
        raise _fault(number, _("%s is not allowed in captions.") % found[0])
    return BARE_AMPERSAND.sub("&amp;", text).replace("<", "&lt;").replace(">", "&gt;")
