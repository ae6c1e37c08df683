from django.utils.html import format_html


def thumbnail(image):
    """The smallest rendition that is made already, else the original; the words stand beside it."""
    return format_html(
        '<img class="thumbnail" src="{}" alt="" loading="lazy" decoding="async" width="{}" height="{}">',
        address(image), *_box(image),
    )  # fmt: skip


def address(image):
    return image.file.url


def _box(image, side=160):
    longest = max(image.width, image.height) or 1
    return round(image.width * side / longest) or side, round(image.height * side / longest) or side
