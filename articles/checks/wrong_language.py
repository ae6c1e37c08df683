"""Check whether the text is in the language that the article says: by its script, or by its commonest words."""

import re

from django.utils.translation import gettext as _

from ..search.languages.stop_words import is_common
from .finding import Finding

SCRIPTS = {
    "latin": re.compile("[A-Za-z\u00c0-\u024f]"),
    "cyrillic": re.compile("[\u0400-\u04ff]"),
    "arabic": re.compile("[\u0620-\u064a\u0671-\u06d3]"),
    "han": re.compile("[\u3400-\u4dbf\u4e00-\u9fff]"),
}
SCRIPT_OF = {"en": "latin", "fr": "latin", "es": "latin", "ru": "cyrillic", "ar": "arabic", "zh": "han"}
BY_WORDS = ("en", "fr", "es")
# Fewer letters or words say nothing: a headline may be a name. A Chinese character is about half a word.
FEWEST_LETTERS, LETTERS_OF_A_CHARACTER = 60, 4
FEWEST_WORDS = 8
_word = re.compile(r"[^\W\d_]+")


def language(draft):
    article = draft.article
    own = article.language.split("-")[0]
    text = " ".join([article.summary, draft.text])
    if own in SCRIPT_OF and (_is_in_another_script(text, own) or _is_in_other_words(text, own)):
        told = _("The text seems to be in another language than %(language)s.")
        yield Finding("body", told % {"language": article.get_language_display()})


def _is_in_another_script(text, own):
    letters = {script: len(letter.findall(text)) for script, letter in SCRIPTS.items()}
    letters["han"] *= LETTERS_OF_A_CHARACTER
    total = sum(letters.values())
    return total >= FEWEST_LETTERS and letters[SCRIPT_OF[own]] * 2 < total


def _is_in_other_words(text, own):
    """Words that two languages share, such as "de", count for both."""
    if own not in BY_WORDS:
        return False
    words = [word.lower() for word in _word.findall(text)]
    common = {code: sum(is_common(word, code) for word in words) for code in BY_WORDS}
    most = max(common.values())
    return most >= FEWEST_WORDS and most >= 2 * common[own]
