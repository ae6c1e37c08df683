"""Reads who says a quotation from the words beside it: "said Ann Lee, head of office"."""

import re
from dataclasses import replace

from ..reading import Found
from ..words import ROLE
from .arabic import arabic_speaker
from .chinese import chinese_speaker
from .names import AGE, ARTICLE, NAME, Who, _word, bare, function_in, without_title
from .persons import CIRCUMSTANCE, chunks, function_first, is_at_beginning, name_at, with_function
from .verbs import AFTER, HONORIFIC, NO_END, PRONOUN, VERBS

REACH = 260  # characters beside a quotation in which its speaker is looked for
_stop = rf"(?:(?<=[^\W\d_]{{3}}){NO_END}|(?<=[»”)])|(?<=\s[a-z]{{2}}))[.!?]"  # no full stop of "U.S." or "Dr."
SENTENCE_END = re.compile(rf"{_stop}(?=\s|\Z)|[.!?](?=\s*\Z)|[;:!?\n()]|\s[—–-]{{1,2}}\s")
STOP = re.compile(rf"{_stop}\s")
WITH_PRONOUN = re.compile(r"-(?:elle|il)s?(?!\w)", re.IGNORECASE)  # "a-t-elle ajouté", "dit-il"
INVERTED = re.compile(r"\s*,?\s*(?:[—–]\s*)?(?:[a-zà-öø-ÿœа-яё](?:[’']?[^\W\d_]+(?:-[^\W\d_]+)*)?\s+){1,5}(?=\S)")
NOTHING = re.compile(
    r"[\s:,،]*(?:that|que|qu[’']|что|how|:)?[\s:,،]*|[\s,]*(?:today|yesterday|hier|aujourd[’']hui|hoy|ayer|сегодня"
    r"|вчера)?[\s,:]*",
    re.IGNORECASE,
)
SIGNED = re.compile(r"\s*[—–-]{1,2}\s*(?=\S)")  # “…” — Ann Lee, head of office
BEFORE_FUNCTION = re.compile(r"(?:in|on|at|en|lors|в|на|во|durante|pendant|dans|devant|ante)\s", re.IGNORECASE)
AS = re.compile(
    r"(?:as|comme(?: l[’'])?|como|según|selon|так,? как|как)", re.IGNORECASE
)  # "Как отметил глава фонда Анна Ли, «"
AS_FOR = re.compile(r"(?<!\w)[أا]م[ّ]?ا\s+")  # "أما المزارع سالم، وهو من القرية، فيقول": as for …, he says
OPINION = re.compile(r"\s*(?:Pour|Para|For|Для)\s+(?=\S)")


# "the minister", "el funcionario", "глава": somebody whom the text has named before.
LONE_FUNCTION = re.compile(
    r"(?:(?:[Tt]he|[Ll][ea]|[Ee]l)\s|[Ll][’'])(?:[a-zà-ÿ-]+\s)?[A-Za-zà-ÿ-]{3,24}|(?:[а-яё-]+\s)?[а-яё-]{3,24}"
)


def after(text, language):
    """Who, from the text that follows a quotation up to the next one, or None."""
    if language == "zh":
        return chinese_speaker(text, follows=True)
    if text.startswith("."):
        return None  # "«…». La técnica, añade, «…»"
    sentence = _first_sentence(text)
    verb = VERBS[language].search(text, 0, sentence)
    if not verb:
        signed = SIGNED.match(text)
        if signed and (found := name_and_function(text[signed.end() :].rstrip(" ."))):
            return replace(found.moved(signed.end()), end_of_clause=len(text))
        return _inverted(text, sentence) if language != "ar" else None
    lead = text[: verb.start()].strip(" ,.—–-،")
    if not lead:
        found = _following(text, verb, sentence, language) or Who(start=verb.start(), end=verb.end())
        return replace(found, end_of_clause=sentence)
    if pronoun := PRONOUN[language].fullmatch(lead):
        start = text.index(pronoun[0])
        return Who(is_pronoun=True, start=start, end=verb.end(), end_of_clause=sentence)
    if LONE_FUNCTION.fullmatch(lead):
        return Who(is_pronoun=True, function=bare(lead), start=text.index(lead), end=verb.end(), end_of_clause=sentence)
    if len(lead) > 160 or language == "ar":
        return None
    start = len(text[: verb.start()]) - len(text[: verb.start()].lstrip(" ,.—–-"))
    found = named_before(text, start, verb.start(), is_clause=True)
    return replace(found, end_of_clause=sentence) if found else None


def _inverted(text, sentence):
    """Who, from words behind a quotation of which none is a known verb: "», avertit Anne Li, cheffe". Never sure."""
    words = INVERTED.match(text[:sentence])
    if not words or not (parts := chunks(text, words.end(), sentence)) or not (run := name_at(parts[0][0])):
        return None
    if run < 2 or len(parts[0][0][:run].split()) < 2:
        return None
    found = with_function(parts[0][0], parts[0][1], run, parts[1:])
    return replace(found.unsure(), is_clear=False, end_of_clause=sentence)


def has_verb(text, language):
    return bool(VERBS[language].search(text))


def name_and_function(text):
    """Who, from a line that begins with a name: "Ann Lee, head of office". Never sure."""
    parts = chunks(text, 0, len(text))
    if not parts or not (run := name_at(parts[0][0])) or run < len(parts[0][0]) or len(parts[0][0].split()) < 2:
        return None
    found = with_function(parts[0][0], parts[0][1], run, [])
    if parts[1:] and found.role is None:
        role = text[parts[1][1] :].strip(" .:")
        found = replace(found, role=Found(bare(role), False, parts[1][1], parts[1][1] + len(role)))
    return found.unsure()


def before(text, language):
    """Who, from the text in front of a quotation, or None."""
    if language == "zh":
        return chinese_speaker(text, follows=False)
    verbs = list(VERBS[language].finditer(text))
    if not verbs:
        return _announced(text) if language != "ar" else None
    verb = verbs[-1]
    rest = text[verb.end() :]
    as_for = AS_FOR.search(text, 0, verb.start()) if language == "ar" and verb[0].startswith("ف") else None
    if as_for and (parts := chunks(text, as_for.end(), verb.start())) and not STOP.search(text, as_for.end()):
        return arabic_speaker(parts).unsure()
    if len(rest.strip()) > 160 or _sentence_ends(rest[:-1].rstrip(" :,،")):
        return None
    is_after = AFTER.fullmatch(verb[0])
    follows = language == "ar" or is_after or _name_follows(rest)
    if follows and (found := _following(text, verb, len(text.rstrip(" :,،")), language)):
        return found.unsure() if is_after and language == "ru" else found  # "по словам Анны Ли": in the genitive
    begin = max([0, *(match.end() for match in SENTENCE_END.finditer(text, 0, verb.start()))])
    lead = text[begin : verb.start()].strip(" ,—–-")
    if AS.fullmatch(lead) and (found := _following(text, verb, len(text.rstrip(" :,")), language)):
        return found
    last = lead.rpartition(",")[2].strip()  # "…, Ann Lee, who added that “"
    if PRONOUN[language].fullmatch(last) or not lead or AS.fullmatch(lead):
        return Who(is_pronoun=True, start=begin, end=verb.end())
    if function := LONE_FUNCTION.fullmatch(lead.rpartition(",")[2].strip()):
        return Who(is_pronoun=True, function=bare(function[0]), start=begin, end=verb.end())
    found = named_before(text, begin, verb.start(), is_clause=False)
    if found and text[begin - 1 : begin] == ")":
        return found.unsure()  # "Rear Adm. (ret.) Ann Lee said"
    if found and not NOTHING.fullmatch(rest):
        return replace(found.unsure(), is_near=False)  # "called it “a new beginning for all of us”"
    return found


def _announced(text):
    """Who, if one person is named before the quotation in "Pour Anne Li, " or with a colon at the end. Never sure."""
    stripped = text.rstrip()
    if not stripped.endswith(":") and not OPINION.match(stripped):
        return None
    stripped = stripped.rstrip(":,")
    opinion = OPINION.match(stripped)
    begin = opinion.end() if opinion else max([0, *(match.end() for match in SENTENCE_END.finditer(stripped))])
    names = [name for name in NAME.finditer(stripped, begin) if len(name[0].split()) > 1]
    if len(names) != 1:
        return None
    name = names[0]
    first = without_title(stripped, name.start())
    parts = chunks(stripped, begin, first)
    if opinion and not parts:
        parts = chunks(stripped, name.end(), len(stripped))[:1]
    role = parts[-1] if parts and len(parts[-1][0]) < 100 else None
    return Who(
        Found(stripped[first : name.end()], False, first, name.end()),
        role and Found(bare(role[0]), False, role[1], role[1] + len(role[0])), start=begin, end=name.end(),
    )  # fmt: skip


def _name_follows(rest):
    return bool(rest.strip(" :,")) and bool(re.match(rf"\s*(?:{HONORIFIC.pattern})?{_word}", rest))


def _first_sentence(text):
    end = SENTENCE_END.search(text, len(text) - len(text.lstrip(" ,.—–-،")))
    return end.start() if end else len(text)


def _sentence_ends(text):
    return bool(STOP.search(text))


def _following(text, verb, end, language):
    """Who stands behind the verb: "said Ann Lee, head of office", "сказала директор фонда Анна Ли"."""
    parts = chunks(text, verb.end(), end)
    if not parts:
        return Who(is_pronoun=True, start=verb.start(), end=verb.end())
    first, start = parts[0]
    if language == "ar":
        return arabic_speaker(parts)
    if WITH_PRONOUN.search(verb[0]):
        return Who(is_pronoun=True, start=verb.start(), end=verb.end())
    if (pronoun := PRONOUN[language].match(first)) and not first[pronoun.end() :].strip():
        return Who(is_pronoun=True, start=start, end=start + len(first))
    at = BEFORE_FUNCTION.match(first)
    role = at and ROLE.search(first, at.end())
    # "сказал на церемонии председатель совета Анна Ли"
    if role and (found := function_first(first[role.start() :], start + role.start(), parts[1:])):
        return found.unsure()
    run = name_at(first)
    if run:
        return with_function(first, start, run, parts[1:])
    is_named = len(parts) > 1 and name_at(parts[1][0]) == len(parts[1][0]) and len(parts[1][0].split()) > 1
    if (function := LONE_FUNCTION.match(first)) and function.end() == len(first) and not is_named:
        return Who(is_pronoun=True, function=bare(first), start=start, end=start + len(first))
    if first.split()[0].lower() in ("in", "on", "at", "en", "lors", "в", "на", "during", "durante", "pendant", "dans"):
        return Who(is_pronoun=True, start=verb.start(), end=verb.end())
    return function_first(first, start, parts[1:])


def _role_in(text, parts):
    """The function before a name: "the councillor for heritage, feasts and quarters, Ann Lee". Never sure."""
    end = parts[-1][1] + len(parts[-1][0])
    for part, start in reversed(parts[-3:]):
        if not AGE.match(part) and (ROLE.search(part) or ARTICLE.match(part)):
            role = text[start:end]
            return Found(bare(role), False, start + len(role) - len(bare(role)), end)
    return None


def named_before(text, start, end, is_clause):
    """Who stands before the verb: "Ann Lee, head of office, said"."""
    parts = chunks(text, start, end)
    if not parts or len(parts) > 5:
        return None
    for at in range(len(parts) - 1, -1, -1):
        part, begin = parts[at]
        run = name_at(part)
        found = function_first(part, begin, []) if run < len(part) and ROLE.match(part) else None
        # "Ann Lee, director of Oxdale, said": the town is no name.
        if found and (at == 0 or len(found.speaker.value.split()) > 1):
            return found
        if run and (run == len(part) or is_clause or (at == 0 and len(part[:run].split()) > 1)):
            found = with_function(part[:run], begin, run, [])
            following, role = parts[at + 1 :], found.role
            if role is None and following:
                role = function_in(following)
            if role is None and at:
                role = _role_in(text, parts[:at])
            others = len([one for one, _at in parts if not CIRCUMSTANCE.fullmatch(one)])
            sure = found.speaker.sure and run == len(part) and others <= 2
            if role and at == len(parts) - 1 and others == 2 and sure and not found.role:
                role = replace(role, sure=is_at_beginning(parts[at - 1][0]))  # "The mayor of Tallow, Ines Prado, said"
            speaker = Found(found.speaker.value, sure, found.speaker.start, found.speaker.end)
            return replace(found, speaker=speaker, role=role)
    return function_first(parts[-1][0], parts[-1][1], [])
