"""How an article is set: the dateline run into its first paragraph, dates for machines."""

import re

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from articles.html import clean
from articles.templatetags.newsroom_images import with_pictures

from ..pages.front_pages import newest_from
from ..pages.json_ld import moment

register = template.Library()

FIRST_PARAGRAPH = re.compile(r"\s*<p(\s[^>]*)?>")


@register.filter
def body(article):
    """The body, which was cleaned when it was stored, behind its dateline: "Geneva – The …"."""
    html = with_pictures(article.body)
    dateline = article.dateline
    if not dateline:
        return html
    line = format_html('<b class="dateline">{}</b> – ', dateline)
    opening = FIRST_PARAGRAPH.match(html)
    if opening is None:
        return mark_safe(f"<p>{line}</p>{html}")
    return mark_safe(html[: opening.end()] + line + html[opening.end() :])


@register.filter
def cleaned(html):
    """HTML of the site's own pages: cleaned as it is shown, whichever way it came in."""
    return mark_safe(clean(html))


register.filter("moment", moment)


@register.inclusion_tag("articles/_latest_from.html")
def latest_from(office):
    return {"office": office, "articles": newest_from(office)}
