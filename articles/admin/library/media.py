"""The admin of images, with the editor's image picker, and of attachments."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from contacts.admin.base import TranslatedSearch
from contacts.admin.fields import Textarea, own_moment
from contacts.admin.inlines import TranslationStackedInline

from ...media import background, images, renditions
from ...media.formats.detect import ACCEPT
from ...models import Attachment, Copies, Image, ImageTranslation
from ...pages.texts import pictures
from .. import display
from . import uploads
from .base import MediaAdmin
from .clearance import TO_BE_CLEARED, PictureUploads
from .filters import AltFilter
from .media_forms import AttachmentForm, ImageForm

NO_ALTERNATIVE_TEXT = _(
    "This picture has no alternative text. Describe what it shows for people who cannot see it, or tick “decorative”."
)


class ImageTranslationInline(TranslationStackedInline):
    model = ImageTranslation
    verbose_name_plural = _("alternative text and captions")

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "alt":  # often longer than a line
            kwargs["widget"] = Textarea(attrs={"rows": 1, "class": "vLargeTextField one-line"})
        if db_field.name == "terms":
            kwargs["widget"] = Textarea(attrs={"rows": 2})
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(Image)
class ImageAdmin(PictureUploads, TranslatedSearch, MediaAdmin):
    form = ImageForm
    list_display = ["preview", "name", "credit", "size_in_pixels", "uploader", own_moment(Image, "created_at")]
    list_display_links = ["preview", "name"]
    list_filter = [AltFilter, *MediaAdmin.list_filter, "to_be_cleared", "copies"]
    readonly_fields = [*MediaAdmin.readonly_fields, "copies_state"]
    search_fields = ["credit", "file", "original_name", "tags"]
    search_translations = ["alt", "caption"]
    list_per_page = 48
    change_list_template = "admin/articles/image/change_list.html"
    shared_fields = ["credit", "copyright", "terms", "tags"]
    read_from_files = ["credit"]
    accept = ACCEPT
    inlines = [ImageTranslationInline]
    fieldsets = [
        (None, {"fields": ["file", "credit", ("copyright", "terms"), "tags", "decorative"]}),
        (_("Focal point"), {
            "fields": [("focal_x", "focal_y")],
            "description": _("The point that stays visible when the picture is cropped: 0 is the left or top edge, 1 "
                             "the right or bottom edge."),
        }),
        (_("Used in"), {"fields": ["where_used", "former_files", "copies_state"]}),
    ]  # fmt: skip

    def get_urls(self):
        view = self.admin_site.admin_view(self.pick_view)
        return [path("pick/", view, name="articles_image_pick"), *super().get_urls()]

    def pick_view(self, request):
        """The window in which the rich text editor lets the user choose an image (prose-figure.js opens it)."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        query = request.GET.get("q", "")[:200]
        images, _may_have_duplicates = self.get_search_results(request, self.get_queryset(request), query)
        page = Paginator(images.order_by("-created_at", "-id"), 24).get_page(request.GET.get("p"))
        context = self.admin_site.each_context(request) | {
            "title": _("Choose a picture"), "page": page, "query": query, "is_popup": True, "opts": self.opts,
            "may_add": self.has_add_permission(request),
        }  # fmt: skip
        return TemplateResponse(request, "admin/articles/image/pick.html", context)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        kept = uploads.prepare(request) if request.method == "POST" and self.has_add_permission(request) else {}
        response = super().changeform_view(request, object_id, form_url, (extra_context or {}) | kept)
        if kept and response.status_code == 302:  # the library has it now
            uploads.forget(kept["kept_upload"])
        return response

    def render_change_form(self, request, context, *args, **kwargs):
        """An offer is no error: the form shows it above its fields."""
        form = context["adminform"].form
        if any(error.code == "offer" for error in form.errors.as_data().get("__all__", ())):
            context["offer"] = form.errors["__all__"][0]
            if len(context["errors"]) == 1:
                context["errors"] = []
        return super().render_change_form(request, context, *args, **kwargs)

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, (extra_context or {}) | {"copies": display.copies_progress()})

    def save_model(self, request, obj, form, change):
        if renditions.SHOWN_IN_COPIES & set(form.changed_data):
            obj.copies = Copies.DUE
        super().save_model(request, obj, form, change)
        if obj.copies == Copies.DUE:
            transaction.on_commit(background.wake)
        if form.checked and form.checked.is_still:
            messages.warning(request, _("Of an animation one frame is shown. Add a film under “Video and audio”."))
        if form.checked and renditions.needs_quick_copy(obj):
            renditions.make_quick(obj)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        image = form.instance
        if not image.decorative and not image.translations.exclude(alt="").exists():
            messages.warning(request, NO_ALTERNATIVE_TEXT)

    def texts_of(self, upload):
        """What the photographer wrote into the file. A damaged file has no texts: its form says why it is refused."""
        if getattr(upload, "failure", None):
            return {}
        try:
            upload.checked = images.check(upload)
        except ValidationError:
            return {}
        found = upload.checked.embedded
        return {name: getattr(found, name) for name in ("credit", "copyright", "terms", "alt", "caption")}

    def add_texts(self, row, language, texts):
        words = {name: texts.get(name, "") for name in ("alt", "caption")}
        if any(words.values()):
            ImageTranslation.objects.create(image=row, language=language, **words)

    def after_replacing(self, row):
        background.wake()
        if renditions.needs_quick_copy(row):
            renditions.make_quick(row)

    def choice_details(self, image):
        """What the article's form shows beside the name of a picture."""
        note = {"note": str(TO_BE_CLEARED)} if image.to_be_cleared else {}
        return {"thumbnail": pictures.smallest_address(image)} | note

    @admin.display(description=_("preview"))
    def preview(self, image):
        return display.thumbnail(image)

    @admin.display(description=_("smaller copies"))
    def copies_state(self, image):
        return display.copies(image) if image.pk else _("shown after saving")

    @admin.display(description=_("description"))
    def name(self, image):
        name = image.name
        if not image.decorative and not image.alt:
            name = format_html('<strong class="problem">{}</strong>', _("no alternative text"))
        return (
            format_html('{} <span class="badge badge-to-clear">{}</span>', name, TO_BE_CLEARED)
            if image.to_be_cleared
            else name
        )

    @admin.display(description=_("size"))
    def size_in_pixels(self, image):
        return format_html('<bdi dir="ltr">{} × {}</bdi>', image.width, image.height)


@admin.register(Attachment)
class AttachmentAdmin(MediaAdmin):
    form = AttachmentForm
    list_display = ["title", "language", "content_type", "file_size", "uploader", own_moment(Attachment, "created_at")]
    list_filter = ["language", *MediaAdmin.list_filter]
    search_fields = ["title", "file", "original_name", "tags"]
    fields = ["file", ("title", "language"), "tags", "where_used", "former_files"]
    shared_fields = ["language", "tags"]
    own_fields = ["title"]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if form.checked and form.checked.converted_from:
            text = _("The text was converted from %(encoding)s to UTF-8. Check its accents and special characters.")
            messages.warning(request, text % {"encoding": form.checked.converted_from})
