"""Numbers below a hundred that are written as words, as at the beginning of a sentence: "Eighty-six villages".

In lower case and without accents. Arabic and Chinese texts have figures there.
"""

import re
from itertools import pairwise

_SMALL = {
    "en": "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen",
    "fr": "un/une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize "
    "dixsept dixhuit dixneuf",
    "es": "uno/un/una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis "
    "diecisiete dieciocho diecinueve veinte veintiuno/veintiun veintidos veintitres veinticuatro veinticinco "
    "veintiseis veintisiete veintiocho veintinueve",
    "ru": "один/одна/одно два/две/двух три/трех четыре/четырех пять/пяти шесть/шести семь/семи восемь/восьми "
    "девять/девяти десять/десяти одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать "
    "восемнадцать девятнадцать",
}
_TENS = {
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
    "fr": "vingt trente quarante cinquante soixante - quatrevingt/quatrevingts -",
    "es": "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "ru": "двадцать/двадцати тридцать/тридцати сорок/сорока пятьдесят/пятидесяти шестьдесят/шестидесяти "
    "семьдесят/семидесяти восемьдесят/восьмидесяти девяносто/девяноста",
}
_AND = {"and", "et", "y"}
_in_one = re.compile(r"\b(?:(quatre)[- ](?=vingt)|(dix)[- ](?=sept|huit|neuf))")
_word = re.compile(r"[^\W\d_]+")


def _numbered(words, first, step):
    parts = enumerate(words.split())
    return {word: first + place * step for place, spelt in parts for word in spelt.split("/") if word != "-"}


SMALL = {code: _numbered(words, 1, 1) for code, words in _SMALL.items()}
TENS = {code: _numbered(words, 20, 10) for code, words in _TENS.items()}


def values(text, language):
    """The numbers, as integers, that a text in lower case without accents has as words."""
    small, tens = SMALL.get(language, {}), TENS.get(language, {})
    if language == "fr":
        text = _in_one.sub(r"\1\2", text)
    words = [word for word in _word.findall(text) if word not in _AND]
    found = set()
    for word, behind in pairwise([*words, ""]):
        if word in tens:
            found |= {tens[word], tens[word] + small.get(behind, 0)}
        if word in small:
            found.add(small[word])
    return found
