"""schema.org NewsArticle as JSON-LD: https://schema.org/NewsArticle."""

from datetime import UTC

from django.utils.html import json_script
from django.utils.safestring import mark_safe

from contacts.organisation import absolute, organisation_name

HEADLINE_LENGTH = 110  # longer ones are refused by the large aggregators


def news_article(request, article, address):
    """The article as a `<script type="application/ld+json">`: data, which no CSP needs a nonce for."""
    organisation = {"@type": "Organization", "name": organisation_name(article.language)}
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.headline[:HEADLINE_LENGTH],
        "description": article.summary,
        "inLanguage": article.language,
        "datePublished": moment(article.publish_at),
        "dateModified": moment(max(article.updated_at, article.publish_at)),
        "mainEntityOfPage": absolute(request, address),
        "author": organisation,
        "publisher": organisation,
        "articleSection": str(article.kind_label),
        "identifier": article.reference,
        "dateline": article.dateline,
        "image": article.lead_image and absolute(request, article.lead_image.get_absolute_url()),
    }
    script = json_script({name: value for name, value in data.items() if value})
    return mark_safe(script.replace("application/json", "application/ld+json", 1))


def moment(when):
    return when.astimezone(UTC).isoformat(timespec="seconds")
