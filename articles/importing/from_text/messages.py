"""What programs add to a text that is sent by chat or e-mail: stamps of messages, ">" in front of lines, *stars*."""

import re

FEWEST_QUOTED = 3  # lines with ">" that make a text one that an e-mail quotes
LONG = 300  # characters of a message that is a text of its own
QUOTED = re.compile(r"^[ \t]*>[> \t]{0,8}", re.MULTILINE)
# "*bold*", "_italic_", "**bold**" of chats and of Markdown; not within an address: "example.org/_files_/plan.pdf"
EMPHASIS = re.compile(r"(?<![\w*/=&?#%])(\*\*?|__?)(?=[^\s*_])([^*\n]{1,300}?)(?<=[^\s*_])\1(?![\w*@/])")
# Emoji at both ends of a line, and the signs of a Markdown heading
_emoji = (
    "(?:[\u2190-\u21ff\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]"
    "[\ufe0f\u200d\U0001f3fb-\U0001f3ff]{0,3}[ \t]{0,3}){1,8}"
)
ORNAMENT = re.compile(rf"^[ \t]*{_emoji}(?=\S)|^#{{1,6}} (?=\S)|(?<=\S) {_emoji}$", re.MULTILINE)
# "[14/08/2026, 09:12:44] Ann Lee: ", "14.08.2026, 09:12 - Ann Lee: ", "[09:12, 14/8/2026] Ann Lee: "
STAMP = re.compile(
    r"^[\u200e\u200f]?\[?(?=[^\]\n]{0,24}\d[:.]\d\d)(?=[^\]\n]{0,16}\d{1,4}[./-]\d{1,2}[./-]\d{1,4})[^\]\n@]{10,32}"
    r"(?:\]|\s[–-])\s(?P<sender>[^:：\n]{1,60})[:：][ \t]?",
    re.MULTILINE,
)


def without_signs(text):
    """A plain text without ">", stars and ornaments; each stamp of a chat stands in a line of its own."""
    if len(QUOTED.findall(text)) >= FEWEST_QUOTED:
        text = QUOTED.sub("", text)
    text = STAMP.sub(lambda stamp: f"{stamp[0]}\n\n", text)
    return EMPHASIS.sub(r"\2", ORNAMENT.sub("", text))


def around_release(lines):
    """(numbers of the stamps and of the other messages, number of the stamp of the release or None) of a chat.

    The release is the longest message, with the long ones of the same sender.
    """
    stamps = [(number, found["sender"]) for number, line in enumerate(lines) if (found := STAMP.fullmatch(line.text))]
    if not stamps:
        return set(), None
    ends = [*(number for number, _sender in stamps[1:]), len(lines)]
    messages = [
        (sum(len(line.text) for line in lines[start + 1 : end]), sender, start, end)
        for (start, sender), end in zip(stamps, ends, strict=True)
    ]
    _length, author, release, _end = max(messages, key=lambda message: message[0])
    others = {number for number, _sender in stamps}
    for length, sender, start, end in messages:
        if start != release and (length < LONG or sender != author):
            others |= set(range(start, end))
    return others, release
