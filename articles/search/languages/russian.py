"""Russian: one stem for all cases of a noun, where Snowball's stemmer has two or three."""

import re

# Nouns whose last letters Snowball takes for the ending of a verb, in the first case only: "сигнал" became "сигна",
# "сигнала" "сигнал". Names in -стан are such, too.
NOUNS = set(
    """
    актив амман амстердам арал архив байкал банан визит водоем вокзал вулкан вьетнам генерал герой гранит дагестан
    дефицит дунай еврей журнал заем залив интервал иран йемен казах канал капитал караван китай коллектив коран
    край кредит ливан лимит массив материал минерал мотив музей непал ниамей норматив обмен обрыв объем обычай
    океан оман орган остров отлив парагвай паром персонал подъем полив портал потенциал прием прилив проем пролив
    прорыв разлив режим ручей сенегал сериал сигнал скандал случай судан суринам тегеран трамвай транзит трофей
    туман туркмен улей ураган урал урожай уругвай финал фонтан чернозем шанхай экран
    """.split()
)
ENDINGS = "|а|у|е|ом|ем|ы|и|ов|ев|ам|ами|ах|я|ю|ям|ями|ях|ей".split("|")
CASES = {noun.removesuffix("й") + ending: noun for noun in NOUNS for ending in ENDINGS}
CASES |= {noun: noun for noun in NOUNS}
OF_A_PLACE = "(?:ск(?:ий|ая|ое|ие|ого|ой|ом|ому|их|им|ими|ую))"
_of_a_noun = re.compile(rf"({'|'.join(sorted(NOUNS))}){OF_A_PLACE}")
# Nouns that change more than their endings.
CHANGING = {
    "день": "дня дню днем дне дни дней дням днями днях",
    "лед": "льда льду льдом льде льды льдов льдам льдами льдах",
    "египет": "египта египту египтом египте",
}
CASES |= {case: noun for noun, cases in CHANGING.items() for case in [noun, *cases.split()]}
STAN = re.compile(rf"(\w{{3,}}стан)(?:|а|у|е|ом|{OF_A_PLACE})")
# Vowels that come and go: "паводок", "паводка".
_fleeting = re.compile(r"(?<=\w[бвгджзклмнпрстфхцчшщ])[ое](?=[кц]$)")
STABLE = 7  # letters: longer stems are stemmed until nothing changes, "предупреждени" and "предупреждает" to one


def stem(word, once):
    """The stem of a word in lower case; `once`: Snowball's stemmer."""
    word = word.replace("ё", "е")
    if word in CASES:
        return CASES[word]
    if name := STAN.fullmatch(word) or _of_a_noun.fullmatch(word):
        return name[1]
    found = once(word)
    while len(shorter := once(found)) >= STABLE and shorter != found:
        found = shorter
    return _fleeting.sub("", found)
