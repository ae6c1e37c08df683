"""HTML that several admin pages show: an article's text, thumbnails, and where a file is used."""

from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from .. import permissions
from ..html import clean
from ..media.renditions import rendition_name
from ..media.usage import pages_using, used_in
from .article.columns import badge, titled

LIMIT = 50


def shown(html, article):
    """An article's HTML as a reader of the form sees it, in its language and direction.

    Cleaned once more: what stands in the database may be older than the rules.
    """
    if not html:
        return "–"
    return format_html(
        '<div class="shown-html" lang="{}" dir="{}">{}</div>',
        article.language,
        article.direction,
        mark_safe(clean(html)),
    )


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


def used_by(file):
    """Links to those articles with a file of the library that `file.seen_by` may see, and to the site's pages."""
    if not file.pk:
        return _("shown after saving")
    articles = permissions.visible(file.seen_by, used_in(file)).order_by("-id").defer("body", "notes_to_editors")
    rows = [
        (reverse("admin:articles_article_change", args=[article.pk]), titled(article), badge(article))
        for article in articles[:LIMIT]
    ]
    rows += [(page.get_absolute_url(), page, page._meta.verbose_name) for page in pages_using(file)]
    items = format_html_join("", '<li><a href="{}">{}</a> {}</li>', rows)
    return format_html('<ul class="used-in">{}</ul>', items) if items else _("not used in any article yet")
