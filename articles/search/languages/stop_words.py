"""Stop words and pronouns of each language. A search that has other words ignores the stop words."""

STOP_WORDS = {
    "en": set("a an and at by for from in into of on or over per the to under with".split()),
    "fr": set("à a au aux avec d de dans des du en et l la le les ou par pour sous sur un une".split()),
    "es": set("a al con de del desde e el en entre la las lo los o para por sobre u un una unas unos y".split()),
    "ar": set("في من على علي إلى الى الي عن مع أو او و ب ل عند بين خلال حول".split()),
    "ru": set("а в во для до за и из или к ко между на над о об от по под при с со у через".split()),
    "zh": set("的 在 和 与 及 了 对 于 從 从 为".split()),
}

# "How many schools …?" A reader means the schools.
ASKING = {
    "en": set("how many much what when where which who whom whose why do does did".split()),
    "fr": set(
        "combien comment où pourquoi quand que quel quelle quelles quels qui quoi est-ce qu'est-ce qu’est-ce".split()
    ),
    "es": set(
        "adónde adonde como cómo cuál cuáles cual cuales cuando cuándo cuanta cuantas cuanto cuantos cuánta cuántas "
        "cuánto cuántos donde dónde que qué quien quienes quién quiénes".split()
    ),
    "ar": set("كم متى متي أين اين كيف لماذا ماذا ما هل أي اي".split()),
    "ru": set("где зачем как какая какие каких какого какое какой когда кто куда ли откуда почему сколько что".split()),
    "zh": set("为什么 什么 哪个 哪些 哪里 多少 如何 怎么 怎样 有多少 请问 谁 吗 呢".split()),
}


def is_stop_word(word, language):
    """Whether a word in lower case is one of these."""
    return word in STOP_WORDS.get(language, ()) or word in ASKING.get(language, ())


# Words that are short like abbreviations: a search for WHO or US means none of these.
PRONOUNS = {
    "en": set(
        "am are as be can do had has he her him his if is it its may me my no not she so us was we who will".split()
    ),
    "fr": set("ce est eu il ils nos on ont se ses son sont tu".split()),
    "es": set("dos eso es ese fue mi ni nos se ser son su sus tu uno".split()),
    "ru": set(
        "бы вам вас вы где да ее ей ему же или им их как кто мне мы не нет ни но он она они оно так там том тот".split()
    ),
}


def is_common(word, language):
    """Whether a word in lower case is a pronoun or another word that nobody looks for."""
    return is_stop_word(word, language) or word in PRONOUNS.get(language, ())


# Other words that have no other form. Stemmed, "after" (после) would be ambassadors (послы), "but" (pero) a pear.
INVARIABLE = {
    "es": set("aunque contra durante hasta más muy pero porque sin según también todavía tras ya".split()),
    "fr": set("après avant car chez depuis donc dès entre mais pendant plus sans très vers".split()),
    "ru": set("без более вне еще если лишь около перед после потому также тоже только уже чтобы".split()),
}


def never_stemmed(language):
    """The words of a language, in lower case, that stay as they are."""
    kinds = (STOP_WORDS, ASKING, PRONOUNS, INVARIABLE)
    return frozenset().union(*(kind.get(language, ()) for kind in kinds)) if language != "ar" else frozenset()
