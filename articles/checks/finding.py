"""What a check has found: one sentence about one field."""

from dataclasses import dataclass

# A warning is acknowledged by whoever submits the article; a block refuses its approval.
WARNING, BLOCK = "warning", "block"


@dataclass(frozen=True)
class Finding:
    """`field` is the name of a field or relation of Article, `sentence` a translated text.

    `image` is the id of the picture on whose page it can be mended.
    """

    field: str
    sentence: str
    level: str = WARNING
    image: int | None = None
