"""The rich text editor for admin forms, and the cleaning of its HTML on the server."""

from django import forms
from django.urls import reverse_lazy
from django_prose_editor.widgets import AdminProseEditorWidget
from js_asset import Media

from contacts.admin.fields import UnixNewlines

from ..html import clean

MENU = ["blockType -lists", "lists", "nodes -blockType -lists", "marks", "link", "table", "history", "utility"]
EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Subscript": True,
    "Superscript": True,
    "Heading": {"levels": [2, 3]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HorizontalRule": True,
    "HardBreak": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto", "tel"]},
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
    # Buttons only: the drop-downs of the editor cannot be opened with the keyboard.
    "Menu": {"groups": [{"group": group} for group in MENU]},
}


class ProseWidget(UnixNewlines, AdminProseEditorWidget):
    """The widget. admin-editor.js copies its `lang`, `dir` and `aria-label` to the editing area."""

    def __init__(self, attrs=None):
        super().__init__(attrs=attrs, config={"extensions": EXTENSIONS}, preset="configurable")


class CleanHTMLForm(forms.ModelForm):
    """Cleans the HTML of `html_fields`."""

    html_fields = ()

    def clean(self):
        cleaned = super().clean()
        values = self.cleaned_data if cleaned is None else cleaned
        for name in self.html_fields:
            if values.get(name):
                values[name] = clean(values[name])
        return values


class RichText:
    """For a ModelAdmin or an inline: `html_fields` get the editor and are cleaned."""

    html_fields = ()
    form = CleanHTMLForm

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.html_fields = self.html_fields
        return formset

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name in self.html_fields:
            kwargs["widget"] = ProseWidget
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class NoncedMedia:
    """For a ModelAdmin: gives the editor's inline script the nonce of the Content-Security-Policy."""

    def render_change_form(self, request, context, *args, **kwargs):
        if "media" in context:
            context["media"] = Media.from_media(context["media"], nonce=request.csp_nonce)
        return super().render_change_form(request, context, *args, **kwargs)
