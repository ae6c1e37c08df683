"""`articles.media.resize`, in which one picture kills its process. Without Django, as that: other processes run it."""

import os

from articles.media import resize
from articles.media.resize import *  # noqa: F403

KILLER = 77  # the width of that picture


def renditions(content, widths, *options):
    if widths == [KILLER]:
        os._exit(9)
    return resize.renditions(content, widths, *options)
