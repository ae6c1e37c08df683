from django.core.files.storage import default_storage
from django.utils.html import format_html

from ..media.renditions import rendition_name


def thumbnail(image):
    """The smallest copy that is made already, else the original; the words stand beside it."""
    return format_html(
        '<img class="thumbnail" src="{}" alt="" loading="lazy" decoding="async" width="150" height="100">',
        _small(image),
    )


def _small(image):
    widths = image.renditions.get("webp")
    return default_storage.url(rendition_name(image, min(widths), "webp")) if widths else address(image)


def address(image):
    return image.file.url
