"""Spanish: one stem for singulars and plurals that Snowball's stemmer leaves apart."""

PLURALS = ("as", "es", "os", "ás", "ós")


def one_number(stem):
    """Short plurals, such as "ríos"; and "peces", of which the stem is "pec", has the singular "pez"."""
    if 4 <= len(stem) <= 5 and stem.endswith(PLURALS):
        return stem[:-1]
    return f"{stem[:-1]}c" if stem.endswith("z") else stem
