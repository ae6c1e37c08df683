"""The admin of video and audio: the file, its poster, and its captions and transcript in each language."""

from django.contrib import admin, messages
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from contacts.admin.base import RelatedChoices, TranslatedSearch
from contacts.admin.fields import own_moment
from contacts.admin.inlines import TranslationStackedInline

from ...media.recordings.checking import ACCEPT
from ...models import Recording, RecordingTranslation
from ...pages.recordings import clock
from ...pages.texts import pictures
from .. import display
from .base import MediaAdmin, visible_files
from .media_forms import RecordingForm, RecordingTextsForm

NO_TEXT = _("This recording has neither captions nor a transcript: people who cannot hear it are left out.")


class RecordingTranslationFormSet(TranslationStackedInline.formset):
    def add_fields(self, form, index):
        """Times in captions are written from left to right; the style sheet gives each line its own direction."""
        super().add_fields(form, index)
        if "captions" in form.fields:
            form.fields["captions"].widget.attrs["dir"] = "ltr"


class RecordingTranslationInline(TranslationStackedInline):
    model = RecordingTranslation
    formset = RecordingTranslationFormSet
    form = RecordingTextsForm
    fields = ["language", "title", "caption", "captions", "captions_file", "transcript", "terms"]
    verbose_name_plural = _("titles, captions and transcripts")


@admin.register(Recording)
class RecordingAdmin(TranslatedSearch, RelatedChoices, MediaAdmin):
    form = RecordingForm
    list_display = [
        "preview",
        "name",
        "kind",
        "length",
        "file_size",
        "credit",
        "uploader",
        own_moment(Recording, "created_at"),
    ]
    list_display_links = ["name"]
    list_filter = ["kind", *MediaAdmin.list_filter]
    search_fields = ["credit", "file", "original_name", "tags"]
    search_translations = ["title", "caption", "transcript"]
    autocomplete_fields = ["poster"]
    shared_fields = ["credit", "copyright", "terms", "tags"]
    accept = ACCEPT
    inlines = [RecordingTranslationInline]
    fieldsets = [
        (None, {"fields": ["file", "poster", "credit", ("copyright", "terms"), "tags"]}),
        (_("Used in"), {"fields": ["where_used", "former_files"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("poster")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "poster":
            field.queryset = visible_files(request, field.queryset)
        return field

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if not form.instance.translations.exclude(captions="", transcript="").exists():
            messages.warning(request, NO_TEXT)

    def add_texts(self, row, language, texts):
        RecordingTranslation.objects.create(recording=row, language=language, title=texts["title"])

    def choice_details(self, recording):
        """What the article's form shows beside the name of a recording."""
        note = " · ".join(filter(None, [recording.get_kind_display(), clock(recording.duration)]))
        thumbnail = {"thumbnail": pictures.smallest_address(recording.poster)} if recording.poster_id else {}
        return {"note": note} | thumbnail

    @admin.display(description=_("preview"))
    def preview(self, recording):
        return display.thumbnail(recording.poster) if recording.poster_id else "–"

    @admin.display(description=_("title"))
    def name(self, recording):
        return recording.name

    @admin.display(description=_("duration"), ordering="duration")
    def length(self, recording):
        return format_html('<bdi dir="ltr">{}</bdi>', clock(recording.duration) or "–")
