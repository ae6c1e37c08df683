"""Words to which Snowball's stemmers give the stem of another word: here they have their own.

In each line the first word is the stem of all; a word that is spelt in two ways has one. In Spanish, a noun in -a that
in -o is another noun keeps its vowel (puerta, puerto); so does a French one in -e that without it is another (porte,
port).
"""

FAMILIES = {
    "en": """
        wellness
        fitness
        witness witnesses witnessed witnessing
        harness harnesses harnessed harnessing
        several
        important importantly importance
        executive executives
        experiment experiments experimental experimented experimenting
        authority authorities
        objective objectives
        business businesses
        conservative conservatives
        animation animations
    """,
    "fr": """
        crue crues
        stationnement stationnements
        riviera
        tempérament tempéraments
        clé clés clef clefs
        base bases
        coupe coupes
        course courses
        livre livres
        marche marches
        mère mères
        mûre mûres
        partie parties
        plante plantes
        pointe pointes
        porte portes
        selle selles
        vente ventes
    """,
    "es": """
        crecida crecidas
        avenida avenidas
        generoso generosa generosos generosas
        banca bancas
        banda bandas
        barca barcas
        barra barras
        bolsa bolsas
        carga cargas
        casa casas
        copa copas
        costa costas
        cuadra cuadras
        cuenta cuentas
        falla fallas
        manga mangas
        manta mantas
        marca marcas
        marea mareas
        moda modas
        pala palas
        pata patas
        plata platas
        plaza plazas
        puerta puertas
        punta puntas
        rama ramas
        rata ratas
        suela suelas
        trama tramas
        vela velas
    """,
    "ru": "странный странная странное странные странного странной странную странном странным странных странными",
}
STEMS = {
    language: {word: words.split()[0] for words in lines.strip().splitlines() for word in words.split()}
    for language, lines in FAMILIES.items()
}
