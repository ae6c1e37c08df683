"""What an article needs before it may be submitted or approved: one sentence for each field that is not ready."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts import clock
from contacts.languages import zone_name
from contacts.zones import OfficeZones, local_time

from .. import checks
from ..media.usage import PICTURES
from ..models import Article, Image, SourceState


class Refused(Exception):
    """A move that cannot be made. `errors` maps a field name, or "" for the whole article, to one sentence."""

    NOT_POSSIBLE = gettext_lazy("This is not possible now, or not allowed to you.")

    def __init__(self, errors):
        self.errors = {"": errors} if not isinstance(errors, dict) else errors
        super().__init__(" ".join(str(sentence) for sentence in self.errors.values()))


def together(*found):
    """{field: sentences} of several {field: sentence}."""
    fields = dict.fromkeys(field for one in found for field in one)
    return {field: " ".join(str(one[field]) for one in found if one.get(field)) for field in fields}


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
    missing = together(for_emergency(article), checks.blocks(article))
    if article.revises_id and article.publish_at is None:  # of others, the checks say so
        missing["publish_at"] = _("Give the date and time of publication.")
    if article.revises_id and _address_is_taken(article):
        missing["slug"] = _("Another article in this language has this slug.")
    if article.publish_at and timezone.now() < article.publish_at <= clock.now():
        zone = OfficeZones().name(article.office_id)
        words = {"time": f"{local_time(clock.now(), zone):%H:%M}", "city": zone_name(zone)}
        text = _("The clock of the server was set back. Choose a time after %(time)s (%(city)s), or publish now.")
        missing["publish_at"] = text % words
    if article.press_from and article.publish_at and article.press_from > article.publish_at:
        missing["press_from"] = _("The embargo cannot start after publication.")
    if article.translation_of_id and SourceState.objects.filter(translation=article, behind__gt=0).exists():
        missing[""] = _(
            "The source has changed since this was translated. Look at what has changed, and confirm that the"
            " translation is up to date."
        )
    return missing


def for_emergency(article):
    """{field: sentence} of what even an article that is published in an emergency must have."""
    missing = together(to_be_cleared(article), for_submission(article), checks.unread_machine_text(article))
    if article.revises_id:
        missing |= checks.for_readers(article.change_kind, article.was_wrong, article.change_note)
    return missing


def to_be_cleared(article):
    """{"lead_image", "gallery", "recordings" or "body": sentence} of a writer's picture that no editor has cleared."""
    missing, own = {}, Article.objects.filter(pk=article.pk).order_by()
    for field, path in PICTURES.items():
        images = Image.objects.filter(to_be_cleared=True, pk__in=own.values(path))
        image = images.with_translations().first()
        if image is not None:
            missing[field] = _("An editor must clear this picture first: %s") % image.name
    return missing


def _address_is_taken(copy):
    others = Article.objects.filter(language=copy.language, slug=copy.slug, revises=None)
    return others.exclude(pk=copy.revises_id).exists()
