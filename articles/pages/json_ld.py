"""schema.org data (JSON-LD) of pages, for search engines. The scripts hold data only, so the CSP asks for no nonce.

https://schema.org/NewsArticle · https://schema.org/BreadcrumbList · https://schema.org/Organization
"""

import json

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.html import json_script
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from contacts import directory
from contacts.languages import organisation_name
from contacts.public_pages import absolute
from contacts.templatetags.kept_html import kept_html

from .article_page import changed_at, iso_moment, office_moment
from .texts import pictures

HEADLINE_LENGTH = 110  # longer ones are refused by the large aggregators
LOGO = "newsroom/icon.svg"


def script(data):
    """The data as a script; nothing in it can end that script."""
    text = json_script({"@context": "https://schema.org"} | data)
    return mark_safe(text.replace("application/json", "application/ld+json", 1))


def article(request, article, shown):
    """The scripts of an article's page; `shown`: the context of its template."""
    trail = [(_("News"), reverse("articles:list")), (article.headline, shown["address"])]
    return mark_safe(script(_news_article(request, article, shown)) + breadcrumbs(request, trail))


def breadcrumbs(request, trail):
    """The way from the front page to a page: [(name, address)] without the front page, which is the organisation's."""
    steps = [(organisation_name(), reverse("articles:home")), *trail]
    items = [
        {"@type": "ListItem", "position": place, "name": str(name), "item": absolute(request, address)}
        for place, (name, address) in enumerate(steps, 1)
    ]
    return script({"@type": "BreadcrumbList", "itemListElement": items})


def front_page(request):
    names = {name for name in settings.NEWSROOM_NAMES.values() if name} | {settings.NEWSROOM_NAME}
    others = sorted(names - {organisation_name()})
    return script(_organisation(request) | ({"alternateName": others} if others else {}))


def _organisation(request):
    home = absolute(request, reverse("articles:home"))
    logo = {"@type": "ImageObject", "url": absolute(request, static(LOGO))}
    return {"@type": "Organization", "name": organisation_name(), "url": home, "logo": logo}


def _news_article(request, article, shown):
    organisation = _organisation(request)
    contacts = contact_points(shown["contact_ids"], shown["generation"])
    url = absolute(request, shown["address"])
    data = {
        "@type": "NewsArticle",
        "headline": short(article.headline),
        "description": article.summary,
        "url": url,
        "inLanguage": article.language,
        "datePublished": office_moment(article, shown["zone"]),
        "dateModified": iso_moment(changed_at(article)),
        "mainEntityOfPage": url,
        "author": organisation,
        "publisher": organisation | ({"contactPoint": contacts} if contacts else {}),
        "articleSection": str(article.kind_label),
        "keywords": [label.text for label in shown["topics"]],
        "identifier": article.reference,
        "dateline": article.dateline,
        "contentLocation": _place(article),
        "spatialCoverage": [
            {"@type": "Country", "name": label.text, "url": absolute(request, label.url)}
            for label in shown["countries"]
        ],
        "image": _image(request, article, shown.get("share_image")),
        "correction": [_correction_comment(change) for change in shown["changes"] if change.is_correction],
        "license": settings.NEWSROOM_LICENCE,
        "isAccessibleForFree": True,
        **_versions(request, article, shown["versions"]),
    }
    return {name: value for name, value in data.items() if value}


def short(headline):
    """A headline of no more than 110 characters, which ends with a whole word where it has spaces."""
    if len(headline) <= HEADLINE_LENGTH:
        return headline
    return f"{headline[: HEADLINE_LENGTH - 1].rsplit(' ', 1)[0]}…"


def _place(article):
    if not article.dateline:
        return None
    country = article.dateline_country.iso2 if article.dateline_country_id else ""
    address = {"@type": "PostalAddress", "addressLocality": article.dateline_place, "addressCountry": country}
    return {
        "@type": "Place",
        "name": article.dateline,
        "address": {name: value for name, value in address.items() if value},
    }


def _versions(request, article, versions):
    """The other live versions; a translation is based on its source, if that is one of them."""
    works = {
        version.pk: {"@type": "NewsArticle", "url": absolute(request, address), "inLanguage": version.language}
        for version, address in versions
    }
    source = works.get(article.translation_of_id)
    if article.translation_of_id is None:
        return {"workTranslation": list(works.values())}
    return {"translationOfWork": source, "isBasedOn": source and source["url"]}


def contact_points(ids, generation):
    """[ContactPoint] of the contacts with these ids, or of who answers for them today; each once.

    Kept as the blocks of the same contacts are, see `contact_blocks`.
    """
    keys = {pk: ("contact point", generation, timezone.now().date(), pk) for pk in ids}
    points = {pk: kept_html.get(key) for pk, key in keys.items()}
    if missing := [pk for pk, text in points.items() if text is None]:
        for pk, contact in directory.answering(missing).items():
            points[pk] = kept_html.put(keys[pk], json.dumps(_contact_point(contact)) if contact else "")
    return [json.loads(text) for text in dict.fromkeys(points.values()) if text]


def _contact_point(contact):
    numbers = [number for phone in contact.phones.all() for number in phone.numbers]
    data = {
        "@type": "ContactPoint",
        "contactType": "media relations",
        "name": contact.name,
        "email": contact.email,
        "telephone": numbers[0] if numbers else "",
        "availableLanguage": contact.languages,
    }
    return {name: value for name, value in data.items() if value}


def _correction_comment(change):
    """https://schema.org/CorrectionComment"""
    text = " ".join(filter(None, [change.wrong, change.note]))
    return {"@type": "CorrectionComment", "text": text, "datePublished": iso_moment(change.at)}


def _image(request, article, share_image):
    """The lead picture, else the address of the picture for shared links, if there is one."""
    if article.lead_image:
        return _image_object(request, article.lead_image)
    return absolute(request, share_image) if share_image else None


def _image_object(request, image):
    """https://schema.org/ImageObject with the rights of the picture, as search engines show them beside it."""
    size = pictures.size(image)
    data = {
        "@type": "ImageObject",
        "url": absolute(request, pictures.address(image)),
        "contentUrl": absolute(request, pictures.address(image)),
        "width": size[0],
        "height": size[1],
        "caption": image.caption,
        "creditText": image.credit,
        "creator": {"@type": "Person", "name": image.credit},
        "copyrightNotice": image.copyright_notice,
        "license": image.terms_address,
        "usageInfo": image.local_terms,
    }
    return {name: value for name, value in data.items() if value}
