"""Custom model fields: HTML, slugs, tags, captions, the time of the last change, an ordered many-to-many relation."""

import re
import unicodedata

from django import forms
from django.db import models, router, transaction
from django.db.models.fields.related_descriptors import ManyToManyDescriptor
from django.utils import timezone
from django.utils.functional import cached_property

from contacts.models.text_fields import TidyField, TidyFormField
from contacts.plain_text import ignore, one_line

from . import webvtt
from .html import clean

# The stretched line and vowel signs, which nobody types into an address; not the signs that NFC composes: أ ؤ ئ آ.
ARABIC_SIGNS = re.compile("[\u0640\u064b-\u0652\u0656-\u065f\u0670]")
SEPARATOR = ", "  # of tags
BETWEEN_TAGS = re.compile(r"[,;،؛，；、\n]")
YEARS = range(1900, 2200)  # a date outside is a typing mistake


def is_plausible(value):
    """Whether a date or datetime is empty or within YEARS."""
    return value is None or value.year in YEARS


class HTMLField(models.TextField):
    """HTML text, cleaned by `articles.html` whenever it is written to the database.

    Forms and the import clean it earlier and report what was removed; `loaddata` and scripts rely on this field.
    After `save()` the instance has the cleaned text, so that a revision of it holds what is stored.
    """

    def pre_save(self, instance, add):
        value = super().pre_save(instance, add)
        if isinstance(value, str):
            value = clean(value)
            setattr(instance, self.attname, value)
        return value

    def get_db_prep_save(self, value, connection):
        return super().get_db_prep_save(clean(value) if isinstance(value, str) else value, connection)

    def deconstruct(self):
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs


def normal_slug(slug, note=ignore):
    """The one spelling of a slug: composed characters (NFC), small letters, no invisible marks or vowel signs."""
    if slug.isascii():
        return slug.lower().strip()
    text = ARABIC_SIGNS.sub("", "".join(one for one in slug if unicodedata.category(one) != "Cf"))
    # "İ" in small letters is two characters, of which a slug cannot have the second.
    return unicodedata.normalize("NFC", text.lower().replace("i\u0307", "i")).strip()


class SlugFormField(TidyFormField, forms.SlugField):
    tidy = staticmethod(normal_slug)

    def __init__(self, **options):
        super().__init__(**{"allow_unicode": True} | options)


class SlugField(TidyField, models.CharField):
    """The last part of an article's address, stored in its one spelling."""

    form_class = SlugFormField


def tidy_tags(text, note=ignore):
    """Tags in small letters, in their order, each once: "Floods; kenya" becomes "floods, kenya"."""
    tags = (one_line(tag, note).lower() for tag in BETWEEN_TAGS.split(text))
    return SEPARATOR.join(sorted({tag for tag in tags if tag}))


class TagsFormField(TidyFormField, forms.CharField):
    tidy = staticmethod(tidy_tags)


class TagsField(TidyField, models.CharField):
    """The tags of a file, as one text."""

    form_class = TagsFormField


def tidy_captions(text, note=ignore):
    return webvtt.tidied(text)


class CaptionsFormField(TidyFormField, forms.CharField):
    tidy = staticmethod(tidy_captions)


class CaptionsField(TidyField, models.TextField):
    """Captions in WebVTT, in one spelling."""

    form_class = CaptionsFormField
    default_validators = [webvtt.validate]


class ChangedField(models.DateTimeField):
    """The time of the last save. `loaddata` (a raw save) keeps the fixture's time, or the default if it gives none."""

    def __init__(self, *args, **options):
        super().__init__(*args, **{"default": timezone.now, "editable": False, "blank": True} | options)

    def pre_save(self, instance, add):
        setattr(instance, self.attname, timezone.now())
        return getattr(instance, self.attname)


class OrderedDescriptor(ManyToManyDescriptor):
    @cached_property
    def related_manager_cls(self):
        class OrderedManager(super().related_manager_cls):
            def set(self, objs, **options):
                keys = list(dict.fromkeys(getattr(obj, "pk", obj) for obj in objs))
                through, source, target = self.through, self.source_field.name, self.target_field.attname
                with transaction.atomic(using=router.db_for_write(through, instance=self.instance)):
                    rows = through._default_manager.filter(**{source: self.instance})
                    rows.delete()
                    through._default_manager.bulk_create(
                        through.row(self.instance, order, **{target: key}) for order, key in enumerate(keys)
                    )
                self._remove_prefetched_objects()

        return OrderedManager


class OrderedManyToManyField(models.ManyToManyField):
    """A many-to-many field that keeps the order in which its rows were given.

    The relation rows hold `order`; `article.regions.set([...])` numbers them as listed. Django's own fixture loader
    calls `set()` too, so `loaddata` keeps the order of a fixture's list. Read the order from `article.region_rows`.
    """

    def contribute_to_class(self, cls, name, **options):
        super().contribute_to_class(cls, name, **options)
        setattr(cls, self.name, OrderedDescriptor(self.remote_field, reverse=False))
