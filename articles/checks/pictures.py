"""Checks of pictures: alternative text in the language of the article, credit, rights, clearance by an editor."""

from django.utils.translation import gettext as _

from .finding import BLOCK, Finding


def credit(draft):
    for field, image in _all(draft):
        if not image.credit.strip():
            yield Finding(field, _("An image has no credit: %s") % image.file.name, BLOCK)


def clearance(draft):
    for field, image in [*_all(draft), *draft.posters]:
        if image.to_be_cleared:
            told = _("An editor must clear this picture first: %s") % image.name
            yield Finding(field, told, BLOCK, image.pk)


def rights(draft):
    for field, image in _all(draft):
        if not image.copyright.strip() and not image.terms.strip():
            told = _("A picture has neither a copyright holder nor terms of use: %(picture)s")
            yield Finding(field, told % {"picture": image.name})


def alternative_text(draft):
    """A block if there is none at all; a warning if readers would get it in another language than the article's."""
    described = {image.pk for _field, image, alt in draft.body_images if alt}
    for field, image in _all(draft):
        is_in_body = field not in ("lead_image", "gallery")
        if image.decorative or (is_in_body and image.pk in described):
            continue
        languages = {text.language for text in image.translations.all() if text.alt}
        if not languages:
            yield Finding(field, _("An image has no alternative text: %s") % image.file.name, BLOCK)
        elif draft.article.language not in languages:
            told = _("A picture has no alternative text in the language of the article: %(picture)s")
            yield Finding(field, told % {"picture": image.name})


def _all(draft):
    """(field, Image) of each picture once."""
    seen = set()
    for field, image in [*draft.images, *((field, image) for field, image, _alt in draft.body_images)]:
        if image.pk not in seen:
            seen.add(image.pk)
            yield field, image
