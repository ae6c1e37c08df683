"""Articles, prepositions and conjunctions: a search for several words does not ask for these."""

STOP_WORDS = {
    "en": set("a an and at by for from in into of on or over per the to under with".split()),
    "fr": set("à a au aux avec d de dans des du en et l la le les ou par pour sous sur un une".split()),
    "es": set("a al con de del desde e el en entre la las lo los o para por sobre u un una unas unos y".split()),
    "ar": set("في من على علي إلى الى الي عن مع أو او و ب ل عند بين خلال حول".split()),
    "ru": set("а в во для до за и из или к ко между на над о об от по под при с со у через".split()),
    "zh": set("的 在 和 与 及 了 对 于 從 从 为".split()),
}


def is_stop_word(word, language):
    """Whether a word in lower case is one of these."""
    return word in STOP_WORDS.get(language, ())
