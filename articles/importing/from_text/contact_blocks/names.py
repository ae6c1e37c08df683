"""Tells names of persons from those of units and organisations in a contact block."""

import re

from ..quotations.arabic import ARABIC_ROLE
from ..quotations.names import NAME, length_of_function
from ..quotations.verbs import CHINESE_TITLE, HONORIFIC, SURNAMES
from ..words import AT_SIGN, COMPANY, EMAIL, ORGANISATION, ROLE, UNIT
from .lines import has_data, intro_at
from .patterns import AT, CHINESE_FUNCTION, IN_UNIT, NO_OFFICE, SHORT_CHINESE, THREE_IN_RUSSIAN, WITH_TITLE, has_role

OF_TOWN = re.compile(
    r"(?:ville|commune|mairie|métropole|région|département|city|town|county|borough|village|ayuntamiento"
    r"|municipio|alcaldía"
    r"|diputación|cabildo|cámara|chamber|chambre) (?:de|du|d[’']|del|of)\s?\S",
    re.IGNORECASE,
)
ARABIC_COMPANY = re.compile(
    r"(?<!\w)(?:(?:ال)?(?:وكالة|شركة|جمعية|منظمة|مؤسسة|برنامج|هيئة|اتحاد|شبكة|مبادرة|صندوق|بنك|جامعة|معهد"
    r"|بلدية|لجنة|نقابة"
    r"|غرفة|مجموعة|متحف|حركة|مجلس)|لل\w{3,})(?!\w)"
)

MOST_OF_UNIT = 4  # words of the name of a unit that surely has no organisation within it
ONE_WORD = re.compile(r"[^\W\d_\u0600-\u06ff\u4e00-\u9fff]+")
IN_TWO_SCRIPTS = re.compile(r"(?P<own>[^A-Za-z]{1,60}[^\sA-Za-z(（/])[\s(（/]{1,3}[A-Z][A-Za-zÀ-ÿ .'’-]{2,60}[)）]?")


def function_in_front(text, language):
    """(length of "Press officer " before a name or 0, whether the function can have no other word)."""
    title = CHINESE_FUNCTION.match(text) if language == "zh" else None
    cut = title.end() if title else length_of_function(text)
    if not cut or (not title and not NAME.fullmatch(text[cut:].strip())):
        cut = _function_in_small_letters(text, language)
    three = THREE_IN_RUSSIAN.fullmatch(text[cut:]) if cut else None  # "Пресс-секретарь Совета Айрат Нуриев"
    return cut + (len(three["more"]) if three else 0), not three


def _function_in_small_letters(text, language):
    words = text.split()
    if len(words) < 3 or language in ("ar", "zh"):
        return 0
    name = " ".join(words[-2:])
    role = text[: len(text) - len(name)]
    is_role = text.endswith(name) and ROLE.search(role) and not UNIT.search(name) and NAME.fullmatch(name)
    return len(role) if is_role and not NAME.fullmatch(text) else 0


def kind_of_name(text, language):
    """ "person", "unit", or None if it could be either, or no name at all."""
    if len(text) > 120 or re.search(r"\d", text):
        return None
    if UNIT.search(text):
        return None if ROLE.match(text) else "unit"
    if COMPANY.search(text) or ORGANISATION.match(text) or OF_TOWN.match(text):
        return None
    bare = HONORIFIC.sub("", text)
    if language == "zh" and re.fullmatch(r"[\u4e00-\u9fff·]{2,16}", text):
        bare = re.sub(r"(?:女士|先生|小姐)\Z", "", text)
        if bare != text or "·" in bare or (bare[:1] in SURNAMES and len(bare) <= 3 and not CHINESE_TITLE.search(bare)):
            return "person"
        return None
    if language == "ar" and re.search("[\u0600-\u06ff]", text):
        is_name = 2 <= len(text.split()) <= 4 and not ARABIC_COMPANY.search(text) and not ARABIC_ROLE.match(text)
        return "person" if is_name else None
    if ROLE.search(text) and not length_of_function(text):
        return None
    return "person" if NAME.fullmatch(bare) and 2 <= len(bare.split()) <= 5 and not _is_acronym(bare) else None


def is_person(text, language):
    """Whether a text is a person's name, and no line that announces contacts."""
    return kind_of_name(text, language) == "person" and intro_at(f"{text}: ") < 0


def likely_kind(text, language):
    """What a name rather is that could be either."""
    if language in ("ar", "zh"):
        return (
            "unit"
            if COMPANY.search(text) or ARABIC_COMPANY.search(text) or len(text.split()) > 3 or len(text) > 24
            else "person"
        )
    words = HONORIFIC.sub("", text)
    return "unit" if COMPANY.search(text) or not NAME.fullmatch(words) or len(words.split()) > 4 else "person"


def _is_acronym(text):
    """Whether a word in capitals is among words that are not: "IOM London" is no person."""
    words = text.split()
    if not words[0].isupper() and words[-1].isupper() and len(words[-1]) > 3:
        return False  # "Ilaria CONTI"
    return any(len(word) > 1 and word.isupper() for word in words) and not all(word.isupper() for word in words)


def remark_as_text(remark, language):
    """A match of ROUND as text to read: data as they are, functions and names as parts of their own; or None."""
    inner = remark["inner"]
    is_behind = has_data(remark.string[: remark.start()])  # "+41 22 … (Geneva office)"
    is_hours = not is_behind and re.match(r"\d+\s?[^\W\d]", inner)  # "(24 hours)"
    has_digits = bool(re.search(r"\d", inner)) and not is_hours
    if has_digits or EMAIL.search(inner) or re.fullmatch(AT_SIGN, remark[0], re.IGNORECASE):
        return remark[0]
    is_named = has_role(inner) or (UNIT.search(inner) and len(inner.split()) > 1)
    is_name = inner[:1].isupper() or (language in ("ar", "zh") and len(inner) > 2)
    return f",{inner}," if not is_behind and (is_named or (is_name and not NO_OFFICE.search(inner))) else None


def may_be_other(name, kind, language, in_sentence):
    """Whether a name may be longer or shorter, or have another ending."""
    is_bent = language == "ru" and in_sentence and kind == "person"  # "связаться с Еленой Сидоровой"
    is_with_organisation = len(name.split()) > MOST_OF_UNIT or bool(COMPANY.search(name))  # "River Fund Press Office"
    return is_bent or (kind == "unit" and is_with_organisation) or bool(WITH_TITLE.search(name))


def is_purpose(text):
    """Whether a text in front of a contact says for what it is, rather than where: "Interviews", "Media contact"."""
    is_word = bool(ONE_WORD.fullmatch(text)) and not text.isupper() and not UNIT.search(text)
    return is_word or bool(re.search(r"\d", text)) or intro_at(f"{text}: ") >= 0


def is_short_name(text, places):
    """Whether a few Chinese characters behind a unit may be who is to be asked there."""
    is_other = has_role(text) or COMPANY.search(text) or places.is_city(text) or places.country(text)
    return bool(SHORT_CHINESE.fullmatch(text)) and not is_other


def in_own_script(name, language):
    """The name without its form in Latin letters: "林品妤" of "林品妤 Pin-yu Lin"."""
    both = IN_TWO_SCRIPTS.fullmatch(name) if language in ("ar", "ru", "zh") else None
    return both["own"] if both else name


def at_work(text, language):
    """The match of the words between a person and where they work: " at ", or " in the " before a unit; or None."""
    at = AT.search(text) or IN_UNIT.search(text)
    is_unit = at and (at.re is AT or UNIT.search(text, at.end()))
    return at if is_unit and kind_of_name(text[: at.start()], language) == "person" else None
