from django.contrib import admin, messages
from django.db.models import Exists, OuterRef
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from contacts.admin.base import TranslatedSearch
from contacts.admin.inlines import TranslationStackedInline

from ..media import usage
from ..models import Attachment, Image, ImageTranslation
from .access import MediaAdmin
from .markup import thumbnail, used_by
from .media_forms import AttachmentForm, ImageForm
from .picker import PickerView

NO_WORDS = _(
    "This picture has no alternative text. "
    "Describe what it shows for people who cannot see it, or tick “decorative”."
)


class ImageWords(TranslationStackedInline):
    model = ImageTranslation
    verbose_name_plural = _("alternative text and captions")


class AltFilter(admin.SimpleListFilter):
    title, parameter_name = _("alternative text"), "alt"

    def lookups(self, request, model_admin):
        return [("missing", _("missing")), ("decorative", _("decorative"))]

    def queryset(self, request, images):
        if self.value() == "missing":
            words = ImageTranslation.objects.filter(image=OuterRef("pk")).exclude(alt="")
            return images.filter(~Exists(words), decorative=False)
        return images.filter(decorative=True) if self.value() == "decorative" else images


class UseFilter(admin.SimpleListFilter):
    title, parameter_name = _("use"), "use"

    def lookups(self, request, model_admin):
        return [("no", _("in no article")), ("yes", _("in an article"))]

    def queryset(self, request, files):
        if self.value() == "no":
            return usage.unused(files)
        everything = files.model.objects.order_by()
        return files.exclude(pk__in=usage.unused(everything).values("pk")) if self.value() == "yes" else files


@admin.register(Image)
class ImageAdmin(PickerView, TranslatedSearch, MediaAdmin):
    form = ImageForm
    upload_another = _("Add a picture")
    list_display = ["preview", "name", "credit", "size_in_pixels", "created_at"]
    list_display_links = ["preview", "name"]
    list_filter = [AltFilter, UseFilter]
    search_fields = ["credit", "file"]
    search_translations = ["alt", "caption"]
    date_hierarchy = None
    list_per_page = 48
    inlines = [ImageWords]
    change_form_template = "admin/articles/image/change_form.html"
    change_list_template = "admin/articles/image/change_list.html"
    fieldsets = [
        (None, {"fields": ["file", "credit", ("copyright", "terms"), "decorative"]}),
        (_("Focal point"), {
            "classes": ["focal"], "fields": [("focal_x", "focal_y")],
            "description": _("The point that stays visible when the picture is cropped: 0 is the left or top edge, 1 "
                             "the right or bottom edge."),
        }),
        (_("Used in"), {"fields": ["where_used"]}),
    ]  # fmt: skip
    readonly_fields = ["where_used"]

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        image = form.instance
        if not image.decorative and not image.translations.exclude(alt="").exists():
            messages.warning(request, NO_WORDS)

    @admin.display(description=_("preview"))
    def preview(self, image):
        return thumbnail(image)

    @admin.display(description=_("description"))
    def name(self, image):
        if not image.decorative and not image.alt:
            return format_html('<strong class="doubt">{}</strong>', _("no alternative text"))
        return image.name

    @admin.display(description=_("size"))
    def size_in_pixels(self, image):
        return format_html('<bdi dir="ltr">{} × {}</bdi>', image.width, image.height)

    @admin.display(description=_("articles"))
    def where_used(self, image):
        return used_by(image)


@admin.register(Attachment)
class AttachmentAdmin(MediaAdmin):
    form = AttachmentForm
    upload_another = _("Add a file")
    list_display = ["title", "language", "content_type", "size", "created_at"]
    list_filter = ["language", UseFilter]
    search_fields = ["title", "file"]
    fields = ["file", ("title", "language"), "where_used"]
    readonly_fields = ["where_used"]

    @admin.display(description=_("articles"))
    def where_used(self, attachment):
        return used_by(attachment)
