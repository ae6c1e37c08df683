"""Words in the language the reader asked for, or in another one that says which it is.

WCAG 2.2, 3.1.2: a passage in another language than the page carries its own `lang`.
"""

from dataclasses import dataclass

from django.utils.html import escape, format_html

from .languages import content_language, direction


@dataclass(frozen=True)
class Wording:
    """A text and the language it is in; language "" for a bare code, which is in none."""

    text: str = ""
    language: str = ""

    def __bool__(self):
        return bool(self.text)

    def __str__(self):
        return self.text

    @property
    def attributes(self):
        """` lang="en" dir="ltr"` where the page is in another language, else nothing."""
        if not self.text or self.language in ("", content_language()):
            return escape("")
        return format_html(' lang="{}" dir="{}"', self.language, direction(self.language))

    def html(self):
        return format_html("<span{}>{}</span>", self.attributes, self.text) if self.attributes else escape(self.text)
