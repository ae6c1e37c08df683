"""Arabic: a light stemmer, which takes the article, prepositions and common endings off a noun.

The idea is that of Larkey, Ballesteros and Connell, "Light Stemming for Arabic Information Retrieval" (2007): what is
left is no root, but the same letters for every form of a noun. Endings are taken off until none is left. A letter that
may belong to the word stays unless a list knows better: "and" (و) before words that begin with it, "in", "for" and
"as" (ب, ل, ك) before all but well-known nouns. Plurals that change within the word stand in a table.

Words come folded: without vowel signs, with one form of alef, and ه for ة.
"""

import re

OMAN, AMMAN = "عمان", "عممان"  # of Amman, the م is written twice, as it is spoken
SHADDA, SIGNS = "\u0651", re.compile("[\u064b-\u0652]")
SHORTEST = 3  # letters that stay
ARTICLES = ("بال", "كال", "فال", "لل", "ال")
PRONOUNS = ("هما", "ها", "هم", "هن", "كم", "نا", "ه")
ENDINGS = ("تين", "تان", "تا", "تي", "ات", "ان", "ون", "ين", "وا", "ا")
# Nouns of two letters, to which the article may be joined: dam, blood, hand, tide, land, right, mother, father.
SHORT = {"سد", "دم", "يد", "مد", "بر", "حق", "ام", "اب", "سم", "خط"}
# Words that begin like "and" (of three letters: as whole words), and those that begin like the article.
WITH_WAW = tuple(
    "وزار وزير وزرا وادي وديان وكال وكيل ولاي ولاد وحدات واحد وثيق وثايق وصول وسيط وسايل وسيل واجب واسع واقع والد "
    "وفاه وفود ورشه وباء وبايي وقايه وقاي وقود وظيف وظايف وجود وجه وضوح واضح وارد وراء وعود واشنطن ويلز واسط وشيك "
    "وصيه وتير وفير وحده وطني وقوع وعاء وصلات وسطي".split()
)
WITH_WAW_ALONE = set("وطن وقت وصل وضع وسط وفد ورش ورق وعي وفق وفر وزن ورد وقع وقف وهم وصف وعد ولد وجب وحد ولي".split())
WITH_ARTICLE = tuple("التزام التحاق التهاب التقاء التماس التقاط الغاء الزام الكترون الماني الباني الاف الله".split())
# Names and nouns whose last letters are no ending. In some, ة makes another noun: town and country, school and teacher.
WHOLE = set(
    "سودان لبنان بحرين يونان يابان عمان ايران فلسطين مالي باكستان افغانستان تركمانستان كازاخستان قيرغيزستان اوزبكستان "
    "طاجيكستان سكان برلمان انسان ميزان طيران حيوان عنوان مكان زمان امان ضمان نيسان حزيران كانون قانون مليون تلفزيون "
    "عممان فيديو راديو مايو يونيو يوليو "
    "تعاون مخزون تخزين تعيين تحسين تمكين تكوين تامين نبات حياه مياه وفاه زيتون ليمون تموين تدوين رييسي "
    "مدرسه طريقه جامعه مكتبه بلده امراه".split()
)
# Nouns that are other nouns with ة than without it: writing and book, currency and work, revolution and bull, course
# and role. What is written with ه may be "his book", and counts as that.
FEMININE = {"كتابه", "عمله", "ثوره", "دوره"}
# {plural, or another form of the noun: singular}
PLURALS = {
    plural: singular
    for singular, plurals in {
        "مدرسه": "مدارس", "نهر": "انهار انهر", "بلد": "بلاد بلدان", "دوله": "دول", "مدينه": "مدن", "قريه": "قري",
        "بيت": "بيوت", "طفل": "اطفال", "امراه": "نساء", "رجل": "رجال", "شخص": "اشخاص", "عامل": "عمال",
        "خبير": "خبراء", "وزير": "وزراء", "رييس": "روساء", "مدير": "مدراء", "عضو": "اعضاء", "شريك": "شركاء",
        "طالب": "طلاب طلبه", "تلميذ": "تلاميذ", "طبيب": "اطباء", "مريض": "مرضي", "لاجي": "لاجيين لاجيون",
        "بير": "ابار", "سد": "سدود", "حوض": "احواض", "بحر": "بحار", "بحيره": "بحيرات", "قناه": "قنوات",
        "ماء": "مياه", "مطر": "امطار", "سيل": "سيول", "وادي": "وديان اوديه", "جبل": "جبال", "ساحل": "سواحل",
        "ضفه": "ضفاف", "رافد": "روافد", "مجري": "مجاري", "مصب": "مصبات", "عاصفه": "عواصف", "اعصار": "اعاصير",
        "زلزال": "زلازل", "كارثه": "كوارث", "خطر": "اخطار", "خساره": "خساير", "ضرر": "اضرار", "جسر": "جسور",
        "طريق": "طرق", "مشروع": "مشاريع", "برنامج": "برامج", "تقرير": "تقارير", "خبر": "اخبار", "قانون": "قوانين",
        "مليون": "ملايين", "ميه": "مايه", "الف": "الاف", "سنه": "سنوات سنين", "عام": "اعوام", "يوم": "ايام",
        "شهر": "اشهر شهور",
        "اسبوع": "اسابيع", "وقت": "اوقات", "موسم": "مواسم", "فصل": "فصول", "حد": "حدود", "منطقه": "مناطق",
        "مركز": "مراكز", "مكتب": "مكاتب", "محطه": "محطات", "مقياس": "مقاييس", "خزان": "خزانات", "انبوب": "انابيب",
        "مصرف": "مصارف", "حقل": "حقول", "محصول": "محاصيل", "سمكه": "اسماك سمك", "مرفا": "مرافي",
        "ميناء": "مواني", "سفينه": "سفن", "قارب": "قوارب", "صياد": "صيادين صيادون", "حكومه": "حكومات",
        "منظمه": "منظمات", "هييه": "هييات", "مسووليه": "مسووليات", "حق": "حقوق", "هدف": "اهداف", "خطه": "خطط",
        "سبب": "اسباب", "اثر": "اثار", "رقم": "ارقام", "درس": "دروس", "مورد": "موارد", "مصدر": "مصادر",
        "ازمه": "ازمات", "حرب": "حروب", "هجوم": "هجمات",
        "سوق": "اسواق", "سعر": "اسعار", "مال": "اموال", "بنك": "بنوك", "مرض": "امراض",
        "لقاح": "لقاحات", "مستشفي": "مستشفيات", "صوره": "صور", "فيلم": "افلام", "كتاب": "كتب", "رساله": "رسايل",
        "وثيقه": "وثايق", "وسيله": "وسايل", "وظيفه": "وظايف", "شجره": "اشجار شجر", "ارض": "اراضي", "جزيره": "جزر",
        "منسوب": "مناسيب", "موج": "امواج", "مخيم": "مخيمات", "اسره": "اسر", "عايله": "عوايل عايلات", 
        "نظام": "نظم انظمه",
        "جهاز": "اجهزه", "اداه": "ادوات", "معبر": "معابر", "وفد": "وفود", "راي": "اراء",
        "مسجد": "مساجد", "شارع": "شوارع", "مبني": "مباني", "منزل": "منازل", "مصنع": "مصانع", "مخزن": "مخازن",
        "فريق": "فرق", "نايب": "نواب", "تاجر": "تجار", "صحيفه": "صحف", "ضحيه": "ضحايا", "قتيل": "قتلي",
        "جريح": "جرحي", "نتيجه": "نتايج", "قاعده": "قواعد", "مشكله": "مشاكل", "قايمه": "قوايم", "حريق": "حرايق",
        "دواء": "ادويه", "غرفه": "غرف", "حاجز": "حواجز", "قافله": "قوافل", "بذره": "بذور", "تل": "تلال",
    }.items()
    for plural in plurals.split()
}  # fmt: skip
# Well-known nouns, before which ب, ل and ك are words of their own.
NOUNS = {*PLURALS, *PLURALS.values(), *WHOLE} | set(
    "فيضان فيضانات جفاف مصر سوريا عراق اردن سودان تونس جزاير مغرب يمن ليبيا كينيا اثيوبيا صومال فرات دجله نيل نيجر "
    "سنغال افريقيا اسيا اوروبا انذار انذارات توقعات امم مساعدات تعاون مشاركه مياه".split()
)
NOUNS -= set("بر ام اب حد بير راي اسر صور".split())


def readings(word, folded):
    """A word in lower case as `stem` takes it: folded, but with its ة. Without vowel signs, عمان is Oman and Amman."""
    if folded.endswith(OMAN) and without_prefixes(folded) == OMAN:
        amman = folded.removesuffix(OMAN) + AMMAN
        return (amman,) if SHADDA in word else (folded,) if SIGNS.search(word) else (folded, amman)
    return (f"{folded[:-1]}ة" if SIGNS.sub("", word).endswith("ة") else folded,)


def stem(word):
    """The stem of a folded word, which may have its ة."""
    is_feminine, word = word.endswith("ة"), word.replace("ة", "ه")
    bare = without_prefixes(word)
    if is_feminine and bare in FEMININE:
        return bare
    for cut in (bare, _without(PRONOUNS, bare)):
        if cut in PLURALS:
            return _ending_off(PLURALS[cut])
    return _ending_off(bare)


def without_prefixes(word):
    """A folded word without conjunction, preposition and article."""
    if word in PLURALS or word in NOUNS:
        return word
    if word[:1] in ("و", "ف") and not _begins_with_waw(word):
        rest = word[1:]
        if rest.startswith(ARTICLES) and _article_off(rest) != rest:
            return _article_off(rest)
        if word[0] == "و" and (len(rest) >= SHORTEST or rest in SHORT):
            word = rest
    without = _article_off(word)
    if without != word:
        return without
    if word[:1] in ("ب", "ل", "ك") and _is_noun(word[1:]) and not _is_noun(word):
        return word[1:]
    return word


def _begins_with_waw(word):
    """Whether its و is a letter of the noun."""
    if word.startswith("وبال"):
        return False
    return word.startswith(WITH_WAW) or _without((*PRONOUNS, "ات", "ا"), word) in WITH_WAW_ALONE


def _article_off(word):
    if word.startswith(WITH_ARTICLE):
        return word
    for article in ARTICLES:
        rest = word.removeprefix(article)
        if rest != word and (len(rest) >= SHORTEST or rest in SHORT):
            return rest
    return word


def _is_noun(word):
    return word in NOUNS or _without(PRONOUNS, word) in NOUNS or word.removesuffix("ا") in NOUNS


def _ending_off(word):
    """Without endings, one after another; ة (here ه), the ي of "Sudanese" and the و of "drivers of" are such, too."""
    before = None
    while before != word:
        before = word
        if word in WHOLE:
            return word
        if word.endswith("ا") and word[:-1] in WHOLE and word[-2] != "ه":
            return word[:-1]
        for pronoun in PRONOUNS:
            owned = _cut(word, pronoun)
            if owned != word:
                # The ة before a pronoun is written ت: "مدرستهم".
                word = _feminine(_cut(owned, "ت"), owned) if pronoun != "نا" else owned
                break
        else:
            word = _feminine(_without(ENDINGS, word), word)
            if word == before:
                word = _without(("ي", "و"), word, SHORTEST + 1)
        if word != before and word in FEMININE:
            return word
    return word


def _feminine(rest, word):
    """What is left of a word; with its ة if that makes another noun: "مدرستهم" is of a school and not of a teacher."""
    return (
        f"{rest}ه"
        if f"{rest}ه" in WHOLE | FEMININE and word[len(rest) :] in ("ت", "ات", "تا", "تي", "تين", "تان")
        else rest
    )


def _without(endings, word, shortest=SHORTEST):
    """The word without the first of these endings that it has."""
    return next((rest for ending in endings if (rest := _cut(word, ending, shortest)) != word), word)


def _cut(word, ending, shortest=SHORTEST):
    rest = word.removesuffix(ending)
    return rest if len(rest) >= shortest else word
