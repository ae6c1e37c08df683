from django.utils.html import format_html
from django.utils.safestring import mark_safe

from ..html import clean


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
