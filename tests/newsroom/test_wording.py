"""The wording of the interface: each language's punctuation, one term for one thing, counts with the right case."""

import re

import pytest
from django.utils import translation
from django.utils.timesince import TIME_STRINGS

from .messages import LANGUAGES, catalogue, forms, said

pytestmark = pytest.mark.one_database

NOT_TEXT = re.compile(r"<[^>]+>|%\(\w+\)[sdr]|%[sd]|\{\w*\}")  # tags and placeholders
HAN = r"[\u3400-\u9fff]"
FULL = r"[，。：；？！“”、（）]"
ARABIC = r"[\u0621-\u0655]"

# Each pattern finds what is wrong. Sources: the UN's editorial manuals, the RAE, the Imprimerie nationale, GB/T 15834.
EVERYWHERE = {
    "a straight quotation mark or apostrophe": r"[\"']",
    "three dots for an ellipsis": r"\.\.\.",
    "two blanks": r"  ",
    "a blank before a full stop or a comma": r"\S[ \u00a0][.,،。，](?=\s|$)",
}
PUNCTUATION = {
    "en": {"quotation marks of another language": r"[«»„]"},
    "fr": {
        "no narrow no-break space before ; ! ?": r"[^\u202f][;!?](?=\s|$)",
        "no no-break space before a colon": r"[^\u00a0]:(?=\s|$)",
        "no no-break space inside « »": r"«(?!\u00a0)|(?<!\u00a0)»",
        "quotation marks of another language": r"[“”„]",
        "a dash that can begin a line": r" [–—]",
    },
    "es": {
        "quotation marks of another language": r"[“”„]|«\s|\s»",
        "no mark at the beginning of a question or an exclamation": r"^[^¿]*\?|^[^¡]*!",
        "a blank before a mark": r"\s[;:!?]",
    },
    "ar": {
        "a Latin comma, semicolon or question mark": rf"{ARABIC}[»)]?\s*[,;?](?=\s|$)|,\s*{ARABIC}",
        "quotation marks of another language": r"[“”„]|«\s|\s»",
        "tanwin before the alif, or none": r"\u064b\u0627|أولا(?!\u064b)",
        "a blank after a joined preposition": r"بـ\s",
    },
    "ru": {
        "quotation marks of another language": r"[“”]|«\s|\s»",
        "a hyphen or an en dash for a dash": r"\s[-–]\s",
        "a dash that can begin a line": r" —",
        "е for ё": (
            r"(?i)\b(?:еще|ее|нее|нем|все еще|(?:зачеркн|учетн|введенн|сохраненн|населенн|подчиненн|истекш)\w+"
            r"|темн(?:ая|ый|ое)|истек|начнется|вернемся|запрещен|защищен|заменен|изменен|удален|утвержден|отменен"
            r"|поврежден|включен|отключен|введен|распространен|определен)\b"
        ),
    },
    "zh": {
        "a half-width mark beside Chinese": rf"{HAN}[,.:;?!()]|[,:;?!(] ?{HAN}|\)\s*{HAN}",
        "quotation marks of another language": r"[«»„]",
        "a blank between Chinese characters or beside a full-width mark": rf"{HAN} +{HAN}|{FULL} | {FULL}",
        "no blank between Chinese and Latin letters or digits": rf"{HAN}[A-Za-z0-9]|[A-Za-z0-9]{HAN}",
    },
}

# What we do not say, and the term that we keep to.
WORDS = {
    "en": {r"\b[Tt]his story\b": "this item", r"\btaken back\b": "undone", r"\bfor good\b": "permanently"},
    "fr": {
        r"(?i)\be-?mails?\b": "courriel",
        r"(?i)bibliothèque": "médiathèque",
        r"(?i)texte alternatif": "texte de remplacement",
        r"(?i)déclinaison": "copies réduites",
        r"(?i)\bfiches?\b": "enregistrement",
        r"(?i)\b(?:tu|ton|tes)\b": "vous",
    },
    "es": {
        r"(?i)biblioteca": "mediateca",
        r"(?i)fichero": "archivo",
        r"(?i)\bclaves?\b": "contraseña",
        r"(?i)\be-?mails?\b": "correo electrónico",
        r"(?i)\b(?:tu|tus|olvidaste)\b": "usted",
    },
    "ar": {
        r"مقال": "مادة",
        r"مرش[ّ]?ح": "عامل التصفية",
        r"المكتبة": "مكتبة الوسائط",
        r"اتصال (?:ال)?صحفية|الاتصال الصحفية": "إعلامية",
        r"بدون": "من دون",
        r"تموه|\b(?:فتحتم|كتبتم|حفظتم|سجّلتم|تريدون|تحتاجون|احفظوا|افتحوا|راجعوا|انسخوا|اختاروا|سجّلوا|عودوا)\b": "أنت",
        r"(?:تعديلات|جلست|صلاحيات|بإمكان|يمكن)كم": "أنت",
    },
    "ru": {
        r"(?i)\bстат(?:ья|ьи|ью|ье|ей|ьёй|ьям|ьями|ьях)\b": "материал",
        r"(?i)рабоч(?:ий|его|ем|ему) стол": "редакция",
        r"(?i)(?:новая|новую|эта|эту) редакци": "версия",
        r"(?i)библиотек": "медиатека",
        r"(?i)\bофис": "отделение",
        r"(?i)отбро[сш]": "удалить",
        r"(?i)ничего подобного": "таких записей нет",
        r"(?<![.:?!] )(?<!^)\b(?:Вы|Вас|Вам|Ваш\w*)\b": "вы",
        r"(?i)e-?mail|имейл": "эл. почта",
        # Django's lengths of time are in the nominative.
        r"(?:через|за|в течение) \ufffc|\ufffc (?:назад|спустя)": "a phrase with a colon before the length of time",
    },
    "zh": {
        r"文章": "稿件",
        r"权利": "权限",
        r"编辑台": "编辑部",
        r"过滤": "筛选",
        r"版次": "版本",
        r"图片库": "媒体库",
        r"替代文字": "替代文本",
        r"[帐账]号": "账户",
        r"你": "您",
        r"缺省": "默认",
    },
}


def wordings(language):
    """(message, text without HTML) of all that we say in a language."""
    if language == "en":
        yield from ((message, text) for _, message, plural in said() for text in (message, plural))
    else:
        yield from ((entry.msgid, text) for entry in catalogue(language) for text in forms(entry))


def faults(language, rules):
    texts = [(message, NOT_TEXT.sub("\ufffc", text)) for message, text in wordings(language)]
    return sorted(
        {(name, message, text) for name, wrong in rules.items() for message, text in texts if re.search(wrong, text)}
    )


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_punctuation_is_that_of_the_language(language):
    assert faults(language, EVERYWHERE | PUNCTUATION[language]) == []


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_one_thing_has_one_name(language):
    assert faults(language, {f"say {right}": wrong for wrong, right in WORDS[language].items()}) == []


def end(message):
    return message.replace("...", "…").rstrip("”")[-1:]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_ends_as_its_message_does(language):
    ends = {".": ".。", ":": ":：", "?": "?？؟.。", "…": "…"}  # a question may become a sentence
    wrong = [
        (message, text)
        for message, text in wordings(language)
        if not text.endswith(tuple(ends.get(end(message), "")) or ("",))
        or (end(message) not in ends and text.endswith((".", "。", ":", "：", "?", "？", "؟", "…")))
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("number", "days"), [(1, "يوم واحد"), (2, "يومين"), (3, "3 أيام"), (11, "11 يوماً"), (100, "100 يوم")]
)
def test_an_arabic_length_of_time_counts_as_arabic_does(number, days):
    with translation.override("ar"):
        assert TIME_STRINGS["day"] % {"num": number} == days
