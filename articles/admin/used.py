from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from .. import permissions
from ..media.usage import pages_with, used_in
from .article.columns import badge, titled

LIMIT = 50


def used_by(file):
    """Links to those articles with a file of the library that `file.seen_by` may see, and to the site's pages."""
    if not file.pk:
        return _("shown after saving")
    articles = permissions.visible(file.seen_by, used_in(file)).order_by("-id").defer("body", "notes_to_editors")
    rows = [
        (reverse("admin:articles_article_change", args=[article.pk]), titled(article), badge(article))
        for article in articles[:LIMIT]
    ]
    rows += [(page.get_absolute_url(), page, page._meta.verbose_name) for page in pages_with(file)]
    items = format_html_join("", '<li><a href="{}">{}</a> {}</li>', rows)
    return format_html('<ul class="used-in">{}</ul>', items) if items else _("in no article yet")
