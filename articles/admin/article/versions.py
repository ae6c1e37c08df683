"""Which language versions a story has, and which it lacks."""

from django.conf import settings


def missing_languages(source):
    """{code: name} of the languages into which nobody has begun to translate the source."""
    have = {source.language, *source.translations.filter(revises=None).values_list("language", flat=True)}
    return {code: name for code, name in settings.LANGUAGES if code not in have}
