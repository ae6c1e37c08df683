"""Tidies texts that are no HTML, such as names, headlines and e-mail addresses, whether typed, pasted or imported.

Character codes (`&amp;`) become characters, HTML tags and invisible characters go, letters are composed (NFC). What is
tidy already is returned as it is. Each function takes `note`, a function that gets what was removed: a code and how
many.
"""

import html
import re
import string
import unicodedata

from django.utils.translation import gettext as _gettext
from django.utils.translation import ngettext

TAGS = (
    "a abbr acronym address article aside audio b bdi bdo big blink blockquote body br button caption center cite code"
    " col colgroup dd del details dfn dir div dl dt em embed fieldset figcaption figure font footer form frame frameset"
    " h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins kbd label legend li link main map mark menu meta nav"
    " nobr noscript object ol option p param picture pre q s samp script section select small source span strike strong"
    " style sub summary sup svg table tbody td template textarea tfoot th thead time title tr tt u ul var video wbr"
).split()
BLOCKS = (
    "address article aside blockquote br caption center dd details dir div dl dt fieldset figcaption figure footer form"
    " h1 h2 h3 h4 h5 h6 header hr legend li main menu nav ol option p pre section summary table tbody td tfoot th thead"
    " tr ul"
).split()
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")  # with which a formula begins
ROUNDS = 9  # layers of character codes within character codes
OF_CHINESE_KEYBOARDS = str.maketrans("＠。．", "@..")
RAISED = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")

# A tag as programs write it: known, with values for its attributes. "5 <b and c> 3" is a text.
_attribute = r"""\s+[\w:-]+\s*+=\s*+(?>"[^"<>]*"|'[^'<>]*'|[^\s"'<>=]+)"""
_tag = re.compile(rf"</?(?P<name>(?:{'|'.join(TAGS)})\b|o:p\b)(?:{_attribute})*+\s*+/?>", re.IGNORECASE)
_windows_letter = re.compile("[\x80\x82-\x84\x86-\x8c\x8e\x91-\x9c\x9e\x9f]")
_suspect = re.compile("[\x80-\x9fÂÃâÐÑØÙ\ufb00-\ufb06]")
_ligature = re.compile("[\ufb00-\ufb06]")  # "ﬁ" in one character, as PDF files have it
# What Windows-1252 makes of the bytes of UTF-8 that follow the first one of a letter, and the first ones.
_later = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
# "MANHÃ»" may be a word in capitals with its closing mark: such stays.
_closed = "(?<=[A-ZÀ-Þ].)[”»’](?!\\w)"
_twice_encoded = re.compile(f"(?:(?:Â|Ã(?!{_closed}))[{_later}]|â[€‚„][{_later}]|(?:[ÐÑØÙ][{_later}]){{2,}})+")
_raised = re.compile(r"<sup(?: [^<>]*)?>\s*([0-9+\-−=()n]{1,9})\s*</sup\s*>", re.IGNORECASE)
# What is struck out holds no longer: "<del>5</del> 7 million".
_struck = re.compile(rf"<(s|del|strike)\b(?:{_attribute})*+\s*+>[^<]*</\1\s*>", re.IGNORECASE)
_program = re.compile(r"<(script|style)\b[^<>]*>[^<]*(?:</\1\s*>|\Z)", re.IGNORECASE)
_comment = re.compile(r"<!--[^<>]*-->")
_code = re.compile(r"&(?:amp;)*(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_blanks = re.compile(r"\s+")
_line_end = re.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")

# No-break spaces that typography wants: before French punctuation, after an opening quote, after a number.
_keeps_together = re.compile(
    "(?<=\\S)[\u00a0\u202f](?=[:;!?»%‰€])|(?<=«)[\u00a0\u202f](?=\\S)|(?<=\\d)[\u00a0\u202f](?=\\w)"
)

_invisible = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u202a-\u202e\u2060-\u2065"
    "\u206a-\u206f\u2800\u3164\ufeff\uffa0\ufff0-\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)
_FLAG = "\U0001f3f4"  # is followed by tag characters in the flags of Scotland and others
_tags_of_no_flag = re.compile(f"(?<![{_FLAG}\U000e0020-\U000e007f])[\U000e0020-\U000e007f]")
# Joiners have an effect within a word of a script that joins its letters, and within an emoji.
_JOINING = "\u0300-\u1fff\u2190-\u2bff\ua8e0-\ufdff\ufe0f\ufe70-\ufefc\U0001f000-\U0001faff"
_idle_joiner = re.compile(f"(?<![{_JOINING}])[\u200c\u200d]|[\u200c\u200d](?=[\\s\u0000-\u02ff]|\\Z)")
# A zero-width space divides words of scripts that write no spaces: Thai, Lao, Burmese, Khmer, Tibetan.
_SPACELESS = "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff"
_idle_space = re.compile(f"(?<![{_SPACELESS}])\u200b|\u200b(?![{_SPACELESS}])")
_right_to_left = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_direction = "\u061c\u200e\u200f\u2066-\u2069"
_direction_marks = re.compile(f"[{_direction}]")
_isolates = re.compile("[\u2066-\u2069]")
_at_sign = re.compile(r"\s{0,9}(?:[(\[{]at[)\]}]|@)\s{0,9}", re.IGNORECASE)
_dot_sign = re.compile(r"\s{0,9}[(\[{](?:dot|point|punto|точка)[)\]}]\s{0,9}", re.IGNORECASE)
_mail_words = r"e-?mail|mail|courriel|correo(?: electrónico)?|эл\. ?почта|البريد(?: الإلكتروني)?|邮箱|电子邮件"
_mail_label = re.compile(rf"\A\W{{0,9}}(?:{_mail_words})\s{{0,9}}[:：]\s{{0,9}}", re.IGNORECASE)
_mail_link = re.compile(r"""<a\s[^<>]*href\s*=\s*["']?mailto:([^"'<>?\s]+)""", re.IGNORECASE)
_never_in_addresses = re.compile(f"[\\s\u200b-\u200f{_direction}]+")


SENTENCES = {
    "tags_removed": lambda n: ngettext("%(count)d HTML tag was removed", "%(count)d HTML tags were removed", n),
    "entities_decoded": lambda n: ngettext(
        "%(count)d HTML character code was decoded", "%(count)d HTML character codes were decoded", n
    ),
    "invisible_removed": lambda n: ngettext(
        "%(count)d invisible character was removed", "%(count)d invisible characters were removed", n
    ),
}


def spreadsheet_cell(value):
    """A text that no spreadsheet takes for a formula (OWASP, "CSV injection")."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def text_of_cell(cell):
    """The text of a cell that `spreadsheet_cell` may have written."""
    return cell[1:] if cell.startswith("'") and cell[1:].lstrip(" ").startswith(FORMULA) else cell


def ignore(code, number):
    """The `note` of those who do not want to know."""


def sentences(removed):
    """A translated sentence for each code of what was removed: {code: how many}."""
    told = (SENTENCES[code](number) % {"count": number} for code, number in removed.items())
    return [_gettext("%(what)s.") % {"what": what} for what in told]


def is_tidy(text):
    """Whether a text needs nothing; `isprintable` is false if it holds an invisible character or an unusual blank."""
    return (
        text.isprintable()
        and "<" not in text
        and "&" not in text
        and "  " not in text
        and text[:1] != " " != text[-1:]
        and unicodedata.is_normalized("NFC", text)
        and (text.isascii() or not _invisible.search(text))
        and (text.isascii() or with_right_letters(text) == text)
    )


def one_line(text, note=ignore):
    """A text without lines, such as a headline: blanks of any kind become one space."""
    if is_tidy(text):
        return text
    for _ in range(ROUNDS):
        found = _on_one_line(_visible(_without_html(text, " ", note), note))
        if found == text:
            break
        text = found
    return text


def lines(text, note=ignore):
    """A text that keeps its lines, such as a postal address; no more than one empty line at a time."""
    if is_tidy(text):
        return text
    for _ in range(ROUNDS):
        found = _line_end.sub("\n", _without_html(text, "\n", note))
        found = "\n".join(_on_one_line(line) for line in _visible(found, note).split("\n"))
        found = re.sub(r"\n{3,}", "\n\n", found).strip()
        if found == text:
            break
        text = found
    return text


def web_address(text, note=ignore):
    """The address of a page, without blanks around it and invisible characters within it."""
    text = text.strip()
    if is_tidy(text) and " " not in text:
        return text
    return _never_in_addresses.sub(
        lambda blank: "%20" if blank[0].isspace() else "", _invisible_gone(_decoded(text, note), note).strip()
    )


def email_address(text, note=ignore):
    """An e-mail address out of what people paste: "mailto:a@b.org", "Press <a@b.org>", "a (at) b.org"."""
    text = _invisible_gone(_decoded(text, note), note)
    text = _direction_marks.sub("", text).replace("\u200b", "").translate(OF_CHINESE_KEYBOARDS)
    if link := _mail_link.search(text):
        text = link[1]
    text = _dot_sign.sub(".", _at_sign.sub("@", text))
    within = re.search(r"<([^<>@]+@[^<>@]+)>", text)
    text = _mail_label.sub("", (within[1] if within else text).strip())
    if text[:7].lower() == "mailto:":
        text = text[7:].partition("?")[0]
    text = re.sub(r"(?<=\w)\s*\([^()@]*\)\Z", "", text)  # "a@b.org (Press)"
    return unicodedata.normalize("NFC", text.strip("<>.,; \t"))


def _without_html(text, blank, note):
    """The text without tags, and with its character codes decoded, however often they were encoded."""
    for _ in range(ROUNDS):
        before = text
        if "<" in text:
            text, struck = _struck.subn("", with_raised(_comment.sub("", _program.sub("", text))))
            text, number = _tag.subn(lambda tag: blank if tag["name"].lower() in BLOCKS else "", text)
            if number or struck:
                note("tags_removed", number + 2 * struck)
        text = _decoded(text, note)
        if text == before:
            break
    return text


def with_raised(html):
    """HTML in which raised numbers are characters of their own, so that 10<sup>6</sup> does not become 106."""
    return _raised.sub(lambda found: found[1].translate(RAISED), html) if "<sup" in html or "<SUP" in html else html


def with_right_letters(text):
    """A text without the traces of programs that mistook its encoding, and without ligatures.

    "â€™" and "Ã©" are UTF-8 that was taken for Windows-1252. U+0080 to U+009F, which nobody types, are quotes and
    dashes of Windows-1252 that was taken for Latin-1; U+0085 is a line end, too, and stays.
    """
    if not _suspect.search(text):
        return text
    text = _ligature.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    text = _twice_encoded.sub(_decoded_letters, text)
    return _windows_letter.sub(lambda found: found[0].encode("latin-1").decode("cp1252"), text)


def _decoded_letters(found):
    data = b"".join(char.encode("latin-1" if char < "\u0100" else "cp1252") for char in found[0])
    try:
        return data.decode()
    except UnicodeDecodeError:
        return found[0]


def _decoded(text, note):
    if "&" not in text:
        return text
    found = _code.sub(lambda code: html.unescape(f"&{code[1]};"), text)
    if found != text:
        note("entities_decoded", sum(1 for _ in _code.finditer(text)))
    return found


def _visible(text, note):
    """The text without characters that nobody sees and that have no effect."""
    text = unicodedata.normalize("NFC", text)
    found = _invisible_gone(text, note)
    kept = _idle_space.sub("", _idle_joiner.sub("", found))
    if not _right_to_left.search(kept):
        kept = _direction_marks.sub("", kept)
    elif _isolates.search(kept) and not _are_balanced(kept):
        kept = _isolates.sub("", kept)
    kept = kept.strip(f"\u061c\u200e\u200f{string.whitespace}")
    if gone := sum(not char.isspace() for char in found) - sum(not char.isspace() for char in kept):
        note("invisible_removed", gone)
    return kept


def _invisible_gone(text, note):
    if text.isascii() and text.isprintable():
        return text
    text = with_right_letters(text)
    kept = _tags_of_no_flag.sub("", text)
    found = _invisible.sub(lambda char: char[0] if "\U000e0020" <= char[0] <= "\U000e007f" else "", kept)
    if len(found) != len(text):
        note("invisible_removed", len(text) - len(found))
    return found


def _are_balanced(text):
    depth = 0
    for mark in _isolates.findall(text):
        depth += -1 if mark == "\u2069" else 1
        if depth < 0:
            return False
    return depth == 0


def _on_one_line(text):
    """The text with one space for each run of blanks; no-break spaces stay where typography wants them."""
    parts, at = [], 0
    for kept in _keeps_together.finditer(text):
        parts += [_blanks.sub(" ", text[at : kept.start()]), kept[0]]
        at = kept.end()
    return "".join([*parts, _blanks.sub(" ", text[at:])]).strip()
