"""Reads a person with a function from the words of a sentence: "the mayor of Tallow, Ines Prado"."""

import re

from ..reading import Found
from ..words import ROLE, UNIT
from .names import ARTICLE, NAME, Who, bare, function_in, length_of_function, unsure, without_title
from .verbs import HONORIFIC, NO_ROLE

CHUNK = re.compile(r"\s*[,،，]\s*")
FROM = re.compile(r"(?:of|from|du|des?|del|из)(?!\w)", re.IGNORECASE)
# What stands between the verb and who speaks: "s’amuse de son côté Anne Li".
CIRCUMSTANCE = re.compile(
    r"(?:(?:de son côté|pour sa part|quant à (?:lui|elle)|à son tour|hier|aujourd[’']hui|également|aussi|ainsi"
    r"|por su parte|a su vez"
    r"|ayer|hoy|también|asimismo|today|yesterday|also|in turn|в свою очередь|ему|ей|им|нам|сегодня|вчера|также"
    r"|при этом)(?:\s|\Z))+",
    re.IGNORECASE,
)
COMPOUND = re.compile(r"[^\W\d_]+-[a-zà-ÿа-яё]+")  # no first name: in "Jean-Luc", both words have capitals
INITIALS = re.compile(r"[^\W\d_a-zа-яё]\.\s[^\W\d_a-zа-яё]\.")
# What may be a function or a title that belongs to the name: "la maestra Zárate Méndez".
TITLE = re.compile(
    r"(?:maestr[oa]|doctora?|profesora?|licenciad[oa]|ingenier[oa]|professeure?|docteure?|professor|judge"
    r"|justice|juge"
    r"|juez|jueza|hermana|sœur|sister|padre|père|father|imam|imán|cheikh|captain|capitán|capitaine|профессор"
    r"|доктор|академик)",
    re.IGNORECASE,
)
OCCUPATION = re.compile(
    r"(?!later|after|never|ever|over|further|however|rather|together|moment)\w{2,}"
    r"(?:er|or|ist|ian|man|woman|monger|smith|тель|ник|ница|ист|истка|ор|ёр|арь|щик|щица|чик|чица|лог)"
)
ENDS_OPEN = re.compile(r"(?<!\w)(?:of|for|the|de|du|des|aux?|del|de la|para|pour|по|для|[dl][’'])\s?\Z", re.IGNORECASE)
PATRONYMIC = re.compile(r"(?:вич|вна|чна)(?!\w)")
# "les termes de sa directrice": the function begins behind such a word.
OF = re.compile(r"(?<!\w)(?:of|in|for|de|du|des|d[’']|del|en|à|sa|son|su|ses|sus|в|на|о)(?!\w)", re.IGNORECASE)
ARTICLES = set("the le la les l' l’ el los las".split())
NOT_NAMES = set(
    "desde con sin por para tras entre hacia from with by depuis chez avec pour sans dans si"
    " the a an this that on in at for from our we i il elle le la les l' un une el los las en это the".split()
)


def chunks(text, start, end):
    """[(text, start)] of the parts between commas."""
    found, at = [], start
    for comma in [*CHUNK.finditer(text, start, end), None]:
        stop = comma.start() if comma else end
        part = text[at:stop]
        if part.strip(" .:"):
            found.append((part.strip(" .:"), at + len(part) - len(part.lstrip(" .:"))))
        at = comma.end() if comma else end
    return found


def name_at(text):
    """The length of the name with which a text begins, 0 if with none."""
    title = HONORIFIC.match(text)
    found = NAME.match(text, title.end() if title else 0)
    if not found or text[: found.end()].split()[0].lower().rstrip(".") in NOT_NAMES:
        return 0
    return found.end()


def with_function(first, start, run, others):
    """The name begins the part; its function may stand before it in capitals, or in the next part."""
    name, begin, role = first[:run], start, None
    if cut := length_of_function(name):
        role = Found(name[:cut].strip(), True, start, start + len(name[:cut].rstrip()))
        name, begin = name[cut:], start + cut
    title, _space, surname = name.partition(" ")
    if role is None and surname and " " not in surname and ROLE.fullmatch(title):
        # "Commissioner Hellström"
        role, name, begin = Found(title, False, begin, begin + len(title)), surname, begin + len(title) + 1
        return Who(Found(name, False, begin, begin + len(name)), role, start=start, end=begin + len(name))
    words = len(HONORIFIC.sub("", name).split())
    sure = words >= 2 or bool(HONORIFIC.match(name)) or bool(ROLE.search(name))
    sure = sure and words <= 4 and not UNIT.search(name)
    if role is None and surname.count(" ") and COMPOUND.fullmatch(title):
        role, name = Found(title, False, begin, begin + len(title)), surname  # "Co-author Ann Lee"
        begin, sure = begin + len(title) + 1, False
    if (
        role is None
        and words == 3
        and title[-1:] != "."
        and not INITIALS.match(name)
        and _cyrillic(name)
        and not PATRONYMIC.search(name)
    ):
        # "Боцман Геннадий Шубин": of three Russian words one is that of the father, or a function.
        role, name = Found(title, False, begin, begin + len(title)), surname
        begin, sure = begin + len(title) + 1, False
    rest = first[run:].strip()
    # Behind "said New York resident Ann Lee" the name is another one.
    sure = sure and (not rest or bool(NO_ROLE.match(rest) or FROM.match(rest)))
    if role is None and run == len(first) and others:
        role = function_in(others)
    return Who(Found(name, sure, begin, begin + len(name)), role, start=begin, end=begin + len(name))


def function_first(first, start, others):
    """ "the mayor of Tallow, Ines Prado", "директор Фонда Анна Петрова"."""
    names = list(NAME.finditer(first))
    if others and ROLE.match(bare(first)):
        follows = name_at(others[0][0]) == len(others[0][0]) and len(others[0][0].split()) > 1
        if follows and (not names or len(names[-1][0].split()) == 1):
            names = []  # "la Directrice de l’Agence, Mme Anne Li"
    is_inside = bool(names) and bool(
        ENDS_OPEN.search(first[: names[-1].start()])
    )  # "Chief Executive of Brackwater Homes"
    if names and not is_inside and names[-1].end() == len(first) and names[-1].start() > 0:
        run = names[-1]
        words = run[0].split()
        keep = 3 if PATRONYMIC.search(run[0]) or (len(words) == 3 and not _cyrillic(first)) else 2
        keep = 3 if len(words) > 2 and INITIALS.fullmatch(" ".join(words[-3:-1])) else keep
        # "Dr Issa Abakar Hassane", "Joan Vidal i Serra"
        is_one = HONORIFIC.match(run[0]) or (any(map(str.islower, words)) and not ROLE.search(run[0]))
        keep = len(words) if is_one else keep
        name = " ".join(words[-keep:])
        begin = start + without_title(first, run.end() - len(name))
        name = first[begin - start :]
        role = first[: begin - start].rstrip(" ,")
        if role.lower() in ARTICLES:
            following = function_in(others) if others else None
            # "el Dr. Leandro Iturralde, director del museo"
            is_titled = bool(HONORIFIC.match(name)) and 2 <= len(HONORIFIC.sub("", name).split()) <= 4
            return Who(
                Found(name, is_titled, begin, begin + len(name)), following if is_titled else unsure(following),
                start=start, end=begin + len(name),
            )  # fmt: skip
        cut = CIRCUMSTANCE.match(role)
        start, role = (start + cut.end(), role[cut.end() :]) if cut else (start, role)
        sure = 2 <= len(words) <= keep and is_at_beginning(role) and not TITLE.fullmatch(bare(role))
        sure = sure or (2 <= len(words) <= keep and _is_occupation(role))
        if len(words) > keep and _cyrillic(first) and ROLE.search(role):
            sure = len(words) - keep == 1  # "директор Фонда Анна Петрова"
        return Who(
            Found(name, sure, begin, begin + len(name)), role and Found(bare(role), sure, start, start + len(role)),
            start=start, end=start + len(first),
        )  # fmt: skip
    if others and (both := _degree_and_name(first, start, others[0])):
        return both
    if others and (run := name_at(others[0][0])) == len(others[0][0]) and _is_function(first, others[0][0]):
        name, begin = others[0]
        return Who(
            Found(name, len(name.split()) >= 2 and bool(ROLE.search(first)), begin, begin + len(name)),
            Found(bare(first), len(others) == 1 and is_at_beginning(first), start, start + len(first)),
            start=start, end=begin + len(name),
        )  # fmt: skip
    return None


def _is_occupation(role):
    """Whether one word between the verb and the name says what somebody does: "l’ingénieur", "печник", "fishmonger"."""
    word = bare(role)
    is_noun = word != role or OCCUPATION.fullmatch(word)
    return bool(is_noun) and re.fullmatch(r"[^\W\d_]{4,}", word) and word.islower() and not TITLE.fullmatch(word)


def _is_function(text, name):
    """Whether a text before a name is a function: it has a word for one, or an article before a whole name."""
    return bool(ROLE.search(text)) or bool(ARTICLE.match(text) and len(name.split()) > 1 and text[-1:].islower())


def _degree_and_name(first, start, other):
    """Who, of "head of the census, doctor of sociology Anna Lee", whose second part ends with the name. Not sure."""
    text, begin = other
    names = [name for name in NAME.finditer(text) if name.end() == len(text) and len(name[0].split()) > 1]
    if not names or HONORIFIC.match(text) or not ROLE.search(first) or not text[0].islower() or not names[0].start():
        return None
    name = names[0]
    role = f"{bare(first)}, {text[: name.start()].strip()}"
    return Who(
        Found(name[0], False, begin + name.start(), begin + len(text)), Found(role, False, start, begin + name.start()),
        start=start, end=begin + len(text),
    )  # fmt: skip


def is_at_beginning(role):
    """Whether the word that says what somebody is stands at the beginning, behind adjectives at most."""
    word = ROLE.search(role)
    return bool(word) and not OF.search(role[: word.start()])


def _cyrillic(text):
    return bool(re.search("[а-яё]", text))
