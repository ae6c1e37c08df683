"""The rich text editor for admin forms, and the cleaning of its HTML on the server."""

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.i18n import JavaScriptCatalog
from django_prose_editor.widgets import AdminProseEditorWidget, importmap, prose_editor_js, prose_editor_media
from js_asset import Media

from contacts.admin.fields import UnixNewlines

from ..html import TooComplex, clean_with_report, sentences
from .display import cleaned_html

MENU = ["blockType -lists", "lists", "nodes -blockType -lists", "marks", "link", "table", "history", "utility"]
EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Subscript": True,
    "Superscript": True,
    "Strike": True,
    "Bdi": True,
    "Span": True,
    "Heading": {"levels": [2, 3]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HorizontalRule": True,
    "HardBreak": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto", "tel"], "defaultProtocol": "https"},
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "Figure": {"pickerUrl": reverse_lazy("admin:articles_image_pick")},
    "FigureGroup": True,
    "Caption": True,
    "Image": True,
    "OwnLanguage": True,
    "KeepHTML": True,
    "KeepSelected": True,
    "HTML": True,
    "Cleaner": {
        "url": reverse_lazy("admin:articles_clean_html"),
        "library": reverse_lazy("admin:articles_image_changelist"),
    },
    # Buttons only: the drop-downs of the editor cannot be opened with the keyboard.
    "Menu": {"groups": [{"group": group} for group in MENU]},
}

# What the dialogs of the editor show. Its package has translations of few languages.
TEXTS = [
    _("Alternative Text"), _("Browse…"), _("Bullets"), _("Cancel"), _("Caption"), _("Columns"), _("Edit Figure"),
    _("Image URL"), _("Include header row"), _("Insert"), _("Insert Figure"), _("Insert Table"), _("List properties"),
    _("List type"), _("No"), _("Rows"), _("Start at"), _("Table Properties"), _("Update"), _("Yes"),
]  # fmt: skip


class EditorCatalog(JavaScriptCatalog):
    """The translations for the scripts of Django's admin and of the editor."""

    packages = ["django.contrib.admin"]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"catalog": context["catalog"] | {text: gettext(text) for text in TEXTS}}


class ProseWidget(UnixNewlines, AdminProseEditorWidget):
    """The widget. admin-editor.js copies its `lang`, `dir` and `aria-label` to the editing area."""

    holds_html = True  # for the lock: its text is shown without markup
    styles = ["newsroom/css/editor-icons.css", "django_prose_editor/editor.css", "django_prose_editor/overrides.css"]

    @property
    def media(self):
        """As the package's own, but with a font of the icons that are used."""
        base = Media(importmap=importmap, css={"all": self.styles}, js=[prose_editor_js])
        return prose_editor_media(base=base, preset=self.preset)

    def __init__(self, attrs=None):
        super().__init__(attrs=attrs, config={"extensions": EXTENSIONS}, preset="configurable")


class CleanHTMLForm(forms.ModelForm):
    """Cleans the HTML of `html_fields`; `cleaning_notes` has sentences about what that changed: {field: [sentence]}."""

    html_fields = ()

    def clean(self):
        cleaned = super().clean()
        values = self.cleaned_data if cleaned is None else cleaned
        self.cleaning_notes = {}
        for name in self.html_fields:
            if values.get(name):
                self._clean_html(name, values)
        return values

    def _clean_html(self, name, values):
        is_changed = name in self.changed_data
        try:
            cleaned = clean_with_report(values[name])
        except TooComplex as error:
            if is_changed:
                self.add_error(name, error)
            return
        if is_changed and cleaned.findings:
            self.cleaning_notes[name] = sentences(cleaned.findings)
        if cleaned.html != values[name]:
            # If the form is refused, it shows the cleaned text, to which the notes belong.
            self.data = self.data.copy()
            self.data[self.add_prefix(name)] = cleaned.html
        values[name] = cleaned.html


class RichText:
    """For a ModelAdmin or an inline: `html_fields` get the editor and are cleaned."""

    html_fields = ()
    form = CleanHTMLForm
    shown_html = staticmethod(cleaned_html)

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.html_fields = self.html_fields
        return formset

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name in self.html_fields:
            kwargs["widget"] = ProseWidget
        return super().formfield_for_dbfield(db_field, request, **kwargs)
