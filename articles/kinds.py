"""Kinds of article; `settings.ARTICLE_KINDS` adds an organisation's own as (code, label) pairs."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

KINDS = [
    ("news", _("News")),
    ("press-release", _("Press release")),
    ("statement", _("Statement")),
    ("briefing-note", _("Briefing note")),
    ("speech", _("Speech")),
    ("feature", _("Feature story")),
    ("media-advisory", _("Media advisory")),
]


def kind_choices():
    return KINDS + [tuple(pair) for pair in getattr(settings, "ARTICLE_KINDS", [])]


def kind_label(code):
    """The label of a kind, or its code if the settings no longer list it."""
    return dict(kind_choices()).get(code, code)
