"""Which pictures of the library the text of an article shows, kept as rows.

A million bodies cannot be searched each time somebody asks for a picture.
"""

import re
from functools import cache

from ..html import own_image
from ..models import ArticleBodyImage, Image


@cache
def _pattern():
    return re.compile(f'<img[^>]* src="{own_image()}"')


def body_image_keys(*texts):
    """The SHA-256 of each picture in cleaned HTML, in order, once."""
    return list(dict.fromkeys(key for text in texts if "<img" in text for key in _pattern().findall(text)))


def sync(article):
    """After the text was saved: rows for the pictures in body and notes that the library has."""
    keys = body_image_keys(article.body, article.notes_to_editors)
    known = dict(Image.objects.filter(sha256__in=keys).values_list("sha256", "pk")) if keys else {}
    wanted = [known[key] for key in keys if key in known]
    rows = ArticleBodyImage.objects.filter(article=article)
    if wanted != list(rows.values_list("image_id", flat=True)):
        rows.delete()
        ArticleBodyImage.objects.bulk_create(
            ArticleBodyImage.row(article, order, image_id=key) for order, key in enumerate(wanted)
        )
