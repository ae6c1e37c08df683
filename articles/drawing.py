"""Cards drawn once and shown on every list: most of a list's work is the same twenty cards again.

The key is all that a card shows, so a drawn one cannot be out of date; what is not shown any more is
forgotten when there is no room left.
"""

from django.template.loader import get_template
from django.utils.translation import get_language

MOST = 4000  # some kilobytes each
_drawn = {}


def draw(name, article):
    """The HTML of templates/articles/_<name>.html for an article from `articles.cards`."""
    key = (name, get_language(), *_shown(article))
    html = _drawn.get(key)
    if html is None:
        html = get_template(f"articles/_{name}.html").render({"article": article})
        if len(_drawn) >= MOST:
            _drawn.clear()
        _drawn[key] = html
    return html


def _shown(article):
    picture = article.lead_image
    return (
        *(article.pk, article.language, article.slug, article.kind, article.headline, article.summary),
        *(article.publish_at, *(place.html for place in article.places)),
        picture and _picture(picture),
    )


def _picture(image):
    size = (image.width, image.height, image.focal_x, image.focal_y)
    return (image.sha256, *size, str(image.renditions), image.decorative, image.wording("alt"))
