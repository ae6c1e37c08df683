"""The fields of articles and corrections in the API, for the answers and for their documentation."""

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from ..kinds import kind_choices
from .directory.serializers import ContactSerializer
from .fields import ByLanguage, LanguageField, Named, Sparse


class KindSerializer(serializers.Serializer):
    code = serializers.ChoiceField(choices=[])
    name = serializers.CharField(help_text="In English.")

    def get_fields(self):
        return super().get_fields() | {"code": serializers.ChoiceField(choices=[code for code, _ in kind_choices()])}


class VersionSerializer(serializers.Serializer):
    """Another public article."""

    id = serializers.IntegerField()
    language = LanguageField()
    headline = serializers.CharField()
    url = serializers.URLField()
    api_url = serializers.URLField()


class WithdrawalSerializer(serializers.Serializer):
    note = serializers.CharField(allow_blank=True, help_text="Why it was withdrawn.")
    read_instead = VersionSerializer(allow_null=True)


class DatelineSerializer(serializers.Serializer):
    place = serializers.CharField(allow_blank=True)
    country = Named(allow_null=True)


class BoilerplateSerializer(serializers.Serializer):
    title = serializers.CharField()
    body = serializers.CharField(help_text="HTML.")


class EditionSerializer(serializers.Serializer):
    number = serializers.IntegerField(help_text="Counts the published versions of the text from 1.")
    sha256 = serializers.CharField(help_text="Covers the edition and, by its SHA-256, the one before.")


class PictureSerializer(serializers.Serializer):
    url = serializers.URLField()
    width = serializers.IntegerField(allow_null=True)
    height = serializers.IntegerField(allow_null=True)
    alt = ByLanguage(help_text="Describes the picture; empty for a picture that only decorates.")
    caption = ByLanguage()
    credit = serializers.CharField(help_text="To be printed with the picture.")
    copyright = serializers.CharField(allow_blank=True)
    terms = serializers.CharField(allow_blank=True)
    translated_terms = ByLanguage(help_text="The terms of use in other languages.")


class AttachmentSerializer(serializers.Serializer):
    url = serializers.URLField()
    title = serializers.CharField()
    language = serializers.CharField()
    content_type = serializers.CharField()
    size = serializers.IntegerField(help_text="In bytes.")
    sha256 = serializers.CharField()


class RelatedLinkSerializer(serializers.Serializer):
    url = serializers.CharField()
    title = serializers.CharField()


class OwnCorrectionSerializer(serializers.Serializer):
    edition = serializers.IntegerField(help_text="The edition that corrected the text.")
    at = serializers.DateTimeField()
    was_wrong = serializers.CharField(allow_blank=True)
    now = serializers.CharField(allow_blank=True)


ARTICLE = {
    "id": 1204,
    "language": "en",
    "reference": "2026-00017",
    "state": "live",
    "headline": "Flood in the delta",
    "published_at": "2026-03-04T09:00:00Z",
    "published_on": "2026-03-04",
    "edition": {"number": 1, "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"},
    "url": "https://news.example.org/en/news/flood-in-the-delta/",
    "api_url": "https://news.example.org/api/v1/articles/1204/",
}


@extend_schema_serializer(component_name="Article", examples=[OpenApiExample("Article, some fields", value=ARTICLE)])
class ArticleSerializer(Sparse):
    """One language version of a story."""

    id = serializers.IntegerField(help_text="Never changes.")
    url = serializers.URLField(help_text="Its page for people.")
    api_url = serializers.URLField()
    language = LanguageField()
    slug = serializers.CharField(help_text="The last part of its page's address; it may change.")
    reference = serializers.CharField(allow_blank=True, help_text="YYYY-NNNNN, the same in all languages.")
    state = serializers.ChoiceField(choices=["live", "withdrawn"], help_text="Lists hold live articles only.")
    withdrawal = WithdrawalSerializer(allow_null=True)
    kind = KindSerializer()
    headline = serializers.CharField()
    summary = serializers.CharField(allow_blank=True, help_text="The standfirst.")
    body = serializers.CharField(allow_blank=True, help_text="Cleaned HTML with absolute addresses.")
    text = serializers.CharField(allow_blank=True, help_text="The body without markup.")
    notes_to_editors = serializers.CharField(allow_blank=True, help_text="HTML.")
    boilerplate = BoilerplateSerializer(allow_null=True)
    dateline = DatelineSerializer(allow_null=True)
    published_at = serializers.DateTimeField()
    published_on = serializers.DateField(help_text="The issuing office's day.")
    modified_at = serializers.DateTimeField()
    edition = EditionSerializer(allow_null=True)
    corrections = OwnCorrectionSerializer(many=True)
    regions = Named(many=True)
    countries = Named(many=True)
    primary_country = Named(allow_null=True, help_text="The first of the countries: the one that it is mostly about.")
    topics = Named(many=True)
    office = Named(allow_null=True)
    contacts = ContactSerializer(many=True)
    lead_image = PictureSerializer(allow_null=True)
    gallery = PictureSerializer(many=True)
    attachments = AttachmentSerializer(many=True)
    related_links = RelatedLinkSerializer(many=True)
    translation_of = VersionSerializer(allow_null=True, help_text="The article that this one translates, if public.")
    translations = VersionSerializer(many=True, help_text="The other public language versions.")


@extend_schema_serializer(component_name="Correction")
class CorrectionSerializer(Sparse):
    """What an article said wrongly, and what it says now."""

    id = serializers.IntegerField()
    at = serializers.DateTimeField()
    edition = serializers.IntegerField(help_text="The edition that corrected the text.")
    was_wrong = serializers.CharField(allow_blank=True, source="wrong")
    now = serializers.CharField(allow_blank=True)
    article = VersionSerializer()
