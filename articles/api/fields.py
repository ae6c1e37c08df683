"""Fields and serializers that several resources of the API have."""

from django.conf import settings
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

BY_LANGUAGE = {
    "type": "object",
    "additionalProperties": {"type": "string"},
    "description": "A text for each language that has one.",
    "example": {"en": "Flood in the delta", "fr": "Inondation dans le delta"},
}


@extend_schema_field(BY_LANGUAGE)
class ByLanguage(serializers.DictField):
    """{language: text}"""

    child = serializers.CharField()


class LanguageField(serializers.ChoiceField):
    def __init__(self, **options):
        super().__init__(choices=[code for code, _ in settings.LANGUAGES], **options)


class Named(serializers.Serializer):
    """A region, country, topic or office, with its name in the article's language."""

    code = serializers.CharField(help_text="The code by which lists are filtered.")
    name = serializers.CharField()
    url = serializers.URLField(help_text="Its page for people.")
    api_url = serializers.URLField()


class Sparse(serializers.Serializer):
    """A serializer of a resource of which clients may ask for some fields only (`only`): none is always there."""

    def __init__(self, *args, only=None, **options):
        self._only = only
        super().__init__(*args, **options)

    @classmethod
    def many_init(cls, *args, only=None, **options):
        options["child"] = cls(only=only, context=options.get("context", {}))
        return serializers.ListSerializer(*args, **options)

    def get_fields(self):
        fields = super().get_fields()
        for field in fields.values():
            field.required = False
        return fields if self._only is None else {name: fields[name] for name in self._only}
