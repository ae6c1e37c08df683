"""What an article needs before it may be submitted or approved: one sentence for each field that is not ready."""

from django.utils.translation import gettext as _

from ..models import Article, Image


class Refused(Exception):
    """A move that cannot be made. `errors` maps a field name, or "" for the whole article, to one sentence."""

    def __init__(self, errors):
        self.errors = {"": errors} if not isinstance(errors, dict) else errors
        super().__init__(" ".join(str(sentence) for sentence in self.errors.values()))


def for_submission(article):
    """{field: sentence} of what a draft lacks before it may be submitted for review."""
    missing = {}
    if not article.headline.strip():
        missing["headline"] = _("Write a headline.")
    if not article.slug.strip():
        missing["slug"] = _("Fill in the slug, the last part of the address.")
    if not article.body.strip():
        missing["body"] = _("Write the text.")
    return missing


def for_approval(article):
    """{field: sentence} of what an article lacks before it may be approved."""
    missing = for_submission(article)
    if article.publish_at is None:
        missing["publish_at"] = _("Give the date and time of publication.")
    if not article.topic_rows.exists():
        missing["topics"] = _("Choose at least one topic.")
    if not article.region_rows.exists():
        missing["regions"] = _("Choose at least one region.")
    if not has_reachable_contact(article):
        missing["contacts"] = _("Choose a press contact who can be reached by e-mail or telephone today.")
    missing.update(for_images(article))
    if article.revises_id and _address_is_taken(article):
        missing["slug"] = _("Another article in this language has this slug.")
    return missing


def _address_is_taken(copy):
    others = Article.objects.filter(language=copy.language, slug=copy.slug, revises=None)
    return others.exclude(pk=copy.revises_id).exists()


def has_reachable_contact(article):
    for row in article.contact_rows.select_related("contact"):
        contact = row.contact.for_public()
        if contact is not None and (contact.email or contact.phones.exists()):
            return True
    return False


def for_images(article):
    """{"lead_image" or "gallery": sentence} of a picture without credit or alternative text."""
    images = {article.lead_image_id: "lead_image"} if article.lead_image_id else {}
    images |= {key: "gallery" for key in article.image_rows.values_list("image", flat=True) if key not in images}
    missing = {}
    for image in Image.objects.filter(pk__in=images).prefetch_related("translations"):
        if not image.credit.strip():
            missing[images[image.pk]] = _("An image has no credit: %s") % image.file.name
        elif not image.decorative and not image.alt:
            missing[images[image.pk]] = _("An image has no alternative text: %s") % image.file.name
    return missing
