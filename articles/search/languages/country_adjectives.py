"""Adjectives of countries: "Nepalese" and "hondureño" for Nepal and Honduras, by the endings of each language.

Most adjectives that these rules make are no words. Nobody types those; what is made from two countries ("Nigerian",
of Nigeria and Niger) is that of the country whose name changes least.
"""

SHORTEST = 3  # letters of a name that stay
# {language: [(what the name loses, what it gets)]}
ENDINGS = {
    "en": "/n /an /ian /ese /i a/ese a/i a/ian y/ian as/an as/ian s/n o/an e/ian",
    "fr": "/n /en /ais /ien /ain /éen a/ais e/ais e/en e/ien e/ois e/ain ie/ois ie/ain ie/e as/ien as/éen a/éen a/ien "
    "istan/ais istan/ istan/ek stan/",
    "es": "/ano /eño /ense /és /í /ino a/ano a/eño a/ense a/és ia/iano ia/ano ú/uano á/eño as/eño a/teco o/ano "
    "án/anés án/aní án/ano e/és e/eno istán/o",
    "ru": "/ский /ьский /йский /янский /анский а/ский а/ийский а/ьский а/инский я/йский ия/ский истан/ский стан/ский "
    "рия/ерский й/йский ы/ский",
}
_pairs = {language: [pair.split("/") for pair in pairs.split()] for language, pairs in ENDINGS.items()}


def adjectives(name, language):
    """[(letters that change, adjective)] of the name of a country; it may have several words, as Sri Lanka has."""
    return [
        (len(lost) + len(got), name.removesuffix(lost) + got)
        for lost, got in _pairs.get(language, ())
        if name.endswith(lost) and len(name) - len(lost) >= SHORTEST
    ]
