"""Patterns of what stands in contact blocks beside names, numbers and addresses."""

import re

from ..quotations.verbs import CHINESE_TITLE, SURNAMES
from ..words import ROLE, UNIT

ROUND = re.compile(r"[(（](?P<inner>[^()（）]{2,80})[)）]")
EDGE = re.compile(
    r"^(?:[\u4e00-\u9fff]{0,5}请联系|(?:或|请|可|致电|发至|发(?!言)|至)+|(?:or|and|ou|et|o|y|или|и|أو|或)(?:\s|\Z)"
    r"|con (?:la|el) |avec (?:le |la |l[’'])|the )+|(?:(?:^|\s)(?:on|at|au|al|or|and|ou|et|by"
    r"|par|por|call|llame|appelez|звоните|write|по|على|to|via|or by|o al|a|or email)[\s:]*)+\Z"
    r"|(?:或|请|致电|拨打|至|发送?(?:电子)?邮件至?)+\Z",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"\w\D{0,40}[ ,]\d{1,5}(?:,|\Z)|^\d{1,5},? \w")  # a street with a number, in a line without data
# "firstname.lastname@…" says how addresses are made.
PLACEHOLDER = re.compile(
    r"(?:first_?name|name|surname|pr[eé]nom|nombre|имя|initial)[._-]?(?:last_?name|surname|nom|apellidos?|фамилия)?@",
    re.IGNORECASE,
)
THREE_IN_RUSSIAN = re.compile(
    r"(?P<more>[А-ЯЁ][а-яё]+ )(?P<name>[А-ЯЁ][а-яё]+ (?![А-ЯЁ][а-яё]+(?:вич|вна|чна)\Z)[А-ЯЁ][а-яё-]+)"
)
NO_OFFICE = re.compile(
    r"(?<!\w)(?:whatsapp|telegram|signal|viber|wechat|english|français|anglais|español|inglés|mob)", re.IGNORECASE
)
UNIT_AND_NAME = re.compile(
    rf"(?P<unit>[\u4e00-\u9fff]{{2,20}}[部处科组室局])(?P<name>[{''.join(sorted(SURNAMES))}][\u4e00-\u9fff]{{1,2}}(?:女士|先生|小姐)?)"
)
AT = re.compile(r"\s(?:at|chez|from)\s(?=\S)")
IN_UNIT = re.compile(
    r"\s(?:in|of|with|au|du|à la|de la|de l[’']|en|de|del|в|из)\s(?:the |la |el |our )?(?=\S)", re.IGNORECASE
)
SHORT_CHINESE = re.compile(r"[\u4e00-\u9fff]{2,3}")
# "Общий адрес:", "General:" in front of an address that is nobody's own
OF_EMAIL = re.compile(
    r"(?:general|general (?:address|e-?mail)|общий адрес|общая почта|adresse générale|correo general|عام|公共邮箱)",
    re.IGNORECASE,
)
# "传播部主任李娜": a function in front of a name of two to four characters, or one with a dot.
CHINESE_FUNCTION = re.compile(rf"[\u4e00-\u9fff]{{0,8}}?{CHINESE_TITLE.pattern}\s?(?=.{{2,4}}\Z|.*·)")
IN_PLACE = re.compile(
    r"(?:[Ii]n|[Àà]|[Aa]u|[Ee]n|[Вв]о?|في|في مدينة|在)\s+(?P<place>[^\s:a-zà-ÿа-яё]\S*(?:\s\S+){0,2})\Z"
)
# A part of a postal address.
STREET = re.compile(
    r"(?<!\w)(?:street|road|avenue|boulevard|lane|square|floor|block|suite|p\.?o\.? box|building|rue|place"
    r"|quai|étage|bp|cedex"
    r"|calle|plaza|avenida|av\.|paseo|carrera|piso|edificio|ул\.|улица|проспект|пр\.|пл\.|площадь|дом|оф\."
    r"|شارع|طريق|ميدان|ص\.?ب"
    r")(?!\w)|[\u4e00-\u9fff](?:路|街|大道|巷|弄|楼|号)\Z",
    re.IGNORECASE,
)
WITH_TITLE = re.compile(r"(?:先生|女士|小姐)\Z")  # which may belong to the name, or not
LONGEST_OFFICE, MOST_WORDS = 120, 5  # characters of an office; words of a function
# Names in networks, and of pages: "@riverfund", "riverfund.example".
HANDLE = re.compile(
    r"[·\s]*[@#][\w.]{2,50}(?:\s*[@#][\w.]{2,50})*|(?<![\w@])[a-z0-9-]{2,63}(?:\.[a-z0-9-]{2,63}){1,4}(?:/\S{0,200})?"
)
# An address at which guests reply, and none for the press.
FOR_GUESTS = re.compile(
    r"(?:rsvp|event|inscri|acredit|accredit|akkredit|registrat|register|registro|reserv|no-?reply|newsletter|(?:un)?subscri)",
    re.IGNORECASE,
)
MARKS = re.compile("[\u064b-\u0652\u0670]")  # vowels of Arabic


def has_role(text):
    """Whether a word says what somebody does."""
    return bool(ROLE.search(text) or ROLE.search(MARKS.sub("", text)))


def is_latin(text):
    return bool(re.match("[A-Za-zÀ-ÿ]", text))


def is_like_an_office(text):
    """Whether a part of a contact may be the name of an office or organisation."""
    return len(text) <= LONGEST_OFFICE and (not text[0].islower() or bool(UNIT.search(text)))


def is_small_function(text):
    """Whether words behind a person's name are a function that is not known: "Ann Lee, syndic, …"."""
    is_short = text[0].islower() and len(text.split()) <= MOST_WORDS
    return is_short and not re.search(r"[\d@]", text) and not UNIT.search(text)
