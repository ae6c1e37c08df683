"""Reads who says a quotation in Arabic, which has no capitals: "وقالت سلمى حداد، مديرة المؤسسة"."""

import re

from ..reading import Found
from ..words import UNIT
from .names import Who, function_in
from .verbs import NO_ROLE, PRONOUN, VERBS

ARABIC_ROLE = re.compile(
    r"(?:(?:ال)?(?:مدير|رئيس|متحدث|ناطق|مسؤول|منسق|مستشار|مساعد|وزير|ممثل|خبير|نائب|موظف|مهندس|طبيب|باحث|أستاذ"
    r"|محافظ|مزارع|صياد|مؤسس|قائد|عضو|طالب|قبطان|نقيب|معلم|سائق|تاجر|ناشط|كاتب|شاعر|مخرج|ممرض|مؤرخ|متطوع|مشرف|مدرب"
    r"|ضابط|محام|محامي|صحفي|فنان|خياط|نجار|بحار|حارس|مربي|أخصائي|استشاري|وكيل|سكرتير)[ةا]?"
    r"|(?:ال)?أمين[ةا]? (?:ال)?(?:عام|سر)[ةا]?)(?!\w)"
)
TITLE = re.compile(
    r"(?<!\w)(?:الدكتورة?|د\.|السيدة?|الأستاذة?|المهندسة?|الشيخة?|البروفيسورة?|المعلمة?|الحاجّ?ة?|الأسطى|الريّ?س|العم|الخالة|القبطان|الربّ?ان|العقيد|المقدم|النقيب|العميد|اللواء"
    r"|القاضية?)\s(?=\w)"
)
NO_NAMES = {"إن", "أن", "في", "إنه", "إنها", "خلال", "كيف", "ماذا", "لماذا", "متى", "أين"}
TO_WHOM = re.compile(r"ل\w{3,}(?:ه|ها|هم)|\w{3,}اً")  # "لتلاميذه": to his pupils, "ضاحكاً": laughing
IN_NAMES = {"الدين", "الله", "الرحمن", "الرحيم", "الكريم", "العزيز", "الإسلام", "الزهراء", "الملك", "القادر"}
OF_NAMES = {"عبد", "أبو", "بن", "ابن", "بنت", "آل", "الدين"}  # parts of names of more than two words
ARABIC_STOP = re.compile(
    r"\s(?:إن|أن|في|خلال|على|من|عن|بعد|إلى|لدى|أمام|قائلا|قائلة|بما يلي|ما يلي|بالقول|بقوله|بقولها|إنه|إنها|بأن)(?!\w)"
)


def _is_clause(text):
    return bool(NO_ROLE.match(text) or VERBS["ar"].match(text))


def arabic_speaker(parts):
    first, start = parts[0]
    stop = ARABIC_STOP.search(first)
    name = first[: stop.start()] if stop else first
    name = name.partition("(")[0].strip() or name  # "سجى (19 عاماً)"
    words = name.split()
    if not words or words[0] in NO_NAMES or TO_WHOM.fullmatch(words[0]) or PRONOUN["ar"].fullmatch(words[0]):
        return Who(is_pronoun=True, start=start, end=start + len(first))
    if title := TITLE.search(name, 1):
        # "الأمين العام للمؤسسة الدكتور خالد الرشيدي": the title begins the name.
        begin, role = start + title.start(), name[: title.start()].strip()
        shown = name[title.start() :].strip()
        sure = 3 <= len(shown.split()) <= 5
        return Who(
            Found(shown, sure, begin, begin + len(shown)), Found(role, sure, start, start + len(role)),
            start=start, end=begin + len(shown),
        )  # fmt: skip
    # "المهندس تركي الصلهام، مدير عام المشروع": the title begins the name if a function follows.
    is_titled = TITLE.match(name) and len(words) > 2 and len(parts) > 1 and ARABIC_ROLE.match(parts[1][0])
    if ARABIC_ROLE.match(name) and not is_titled:
        if len(parts) > 1 and 2 <= len(parts[1][0].split()) <= 4 and not _is_clause(parts[1][0]):
            other, begin = parts[1]
            name = first  # "in Iraq" belongs to the function if the name follows
            return Who(
                Found(other, len(parts) == 2, begin, begin + len(other)), Found(name, True, start, start + len(name)),
                start=start, end=begin + len(other),
            )  # fmt: skip
        if len(words) < 3:
            return Who(Found(name, False, start, start + len(name)), start=start, end=start + len(name))
        shown = " ".join(words[-3:] if words[-2] in OF_NAMES or words[-3] in OF_NAMES else words[-2:])
        begin = start + name.rindex(shown) if shown in name else start
        role = name[: begin - start].strip()
        function = Found(role, False, start, start + len(role)) if role else None
        return Who(Found(shown, False, begin, begin + len(shown)), function, start=start, end=begin + len(shown))
    if words[0].startswith("ال") and len(words) > 1 and not TITLE.match(name):
        # "الفلاحة رقية أزواغ": no name of a person begins with the article
        shown = " ".join(words[1:])
        begin = start + name.index(shown, len(words[0])) if shown in name else start
        return Who(
            Found(shown, False, begin, begin + len(shown)), Found(words[0], False, start, start + len(words[0])),
            start=start, end=start + len(name),
        )  # fmt: skip
    role = function_in(parts[1:]) if len(parts) > 1 and not stop else None
    if role and not (ARABIC_ROLE.match(role.value) and role.sure):
        role = Found(role.value, bool(ARABIC_ROLE.match(role.value)) and len(parts) == 2, role.start, role.end)
    sure = 2 <= len(words) <= 4 and (role is not None or not stop) and not UNIT.search(name)
    # "أمينة المكتبة رولا قسيس": within a name stand few words with the article, such as "نور الدين"
    sure = sure and not any(word.startswith("ال") and word not in IN_NAMES for word in words[1:-1])
    return Who(Found(name, sure, start, start + len(name)), role, start=start, end=start + len(name))
