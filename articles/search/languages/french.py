"""French: one stem for plurals and families of words that Snowball's stemmer leaves apart."""

PLURALS = ("as", "os", "us")  # "visas", "vidéos", "élus"


def one_family(stem):
    """Without the s of a plural; "hydrologue" becomes "hydrolog", which is the stem of "hydrologie"."""
    if stem.endswith(PLURALS) and len(stem) > 3:
        return stem[:-1]
    return stem[:-1] if stem.endswith("gu") else stem
