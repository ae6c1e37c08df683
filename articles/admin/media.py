"""The admin of the media library: images with the editor's image picker, and attachments."""

from contextlib import suppress

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import DatabaseError, transaction
from django.db.models import Exists, OuterRef
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from contacts.admin.base import PublicModelAdmin, TranslatedSearch
from contacts.admin.fields import Textarea
from contacts.admin.inlines import TranslationStackedInline

from .. import permissions
from ..media import background, cleanup, renditions, usage
from ..media.storage import NotStored
from ..models import Attachment, Copies, Image, ImageTranslation
from . import display, uploads
from .media_forms import AttachmentForm, ImageForm

IN_USE = _("This file is used, so it cannot be replaced. Upload another one and use that instead:")
NO_ALTERNATIVE_TEXT = _(
    "This picture has no alternative text. Describe what it shows for people who cannot see it, or tick “decorative”."
)


def visible_files(request, files):
    """The images or attachments of the queryset that the user may see, and so may choose for an article."""
    if request.user.has_perm(f"articles.view_{files.model._meta.model_name}"):
        return files
    return usage.visible_to(request.user, files)


def accepts_pages(request):
    """Whether the request comes from a browser, which shows the form with its errors."""
    return "text/html" in request.headers.get("accept", "")


def _delete_stored(request):
    """Delete the file that this request has stored, as its row was not."""
    if name := getattr(request, "stored_file", ""):
        with suppress(DatabaseError):
            cleanup.delete_files([name])


class AltFilter(admin.SimpleListFilter):
    title, parameter_name = _("alternative text"), "alt"

    def lookups(self, request, model_admin):
        return [("missing", _("missing")), ("decorative", _("decorative"))]

    def queryset(self, request, images):
        if self.value() == "missing":
            described = ImageTranslation.objects.filter(image=OuterRef("pk")).exclude(alt="")
            return images.filter(~Exists(described), decorative=False)
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


class MediaAdmin(PublicModelAdmin):
    """Base of both admins: members may view; the right "media" allows to add, to change, and to delete unused files.

    The file of a used row cannot be replaced: its URL depends on its content, and texts contain that URL.
    """

    show_full_result_count = False
    add_label = ""
    readonly_fields = ["where_used"]

    def get_queryset(self, request):
        return visible_files(request, super().get_queryset(request))

    def get_object(self, request, object_id, from_field=None):
        file = super().get_object(request, object_id, from_field)
        if file is not None:
            file.viewer = request.user  # for `where_used`
        return file

    def get_readonly_fields(self, request, obj=None):
        readonly = super().get_readonly_fields(request, obj)
        return [*readonly, "file"] if obj is not None and usage.is_used(obj) else readonly

    def get_form(self, request, obj=None, change=False, **kwargs):
        if "file" in self.get_readonly_fields(request, obj):
            add = reverse(f"admin:articles_{self.opts.model_name}_add")
            kwargs["help_texts"] = {"file": format_html('{} <a href="{}">{}</a>', IN_USE, add, self.add_label)}
        form = super().get_form(request, obj, change, **kwargs)
        form.visible_files = self.get_queryset(request)
        return form

    def has_module_permission(self, request):
        return super().has_module_permission(request) or permissions.may(request.user, "view")

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request, obj) or permissions.may(request.user, "view")

    def has_add_permission(self, request):
        return super().has_add_permission(request) or permissions.may(request.user, "media")

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) or permissions.may(request.user, "media")

    def has_delete_permission(self, request, obj=None):
        if super().has_delete_permission(request, obj):
            return True
        return obj is not None and permissions.may(request.user, "media") and not usage.is_used(obj)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """If the file cannot be stored, say so at its field; a request that expects no page gets 507."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except NotStored as error:
            _delete_stored(request)
            request.refused_already = [("file", error)]
        except DatabaseError:
            _delete_stored(request)
            raise
        return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, *args, **kwargs):
        response = super().render_change_form(request, context, *args, **kwargs)
        found = context["adminform"].form.errors.as_data().get("file", ()) if context["errors"] else ()
        if any(error.code == "not_stored" for error in found) and not accepts_pages(request):
            response.status_code = 507
        return response

    def save_form(self, request, form, change):
        obj = super().save_form(request, form, change)
        request.stored_file = obj.file.name if form.checked else ""
        return obj

    def save_model(self, request, obj, form, change):
        before = self.model.objects.filter(pk=obj.pk).values_list("file", flat=True).first()
        super().save_model(request, obj, form, change)
        if before and before != obj.file.name:
            transaction.on_commit(lambda: cleanup.delete_files([before]))

    def delete_model(self, request, obj):
        name = obj.file.name
        super().delete_model(request, obj)
        transaction.on_commit(lambda: cleanup.delete_files([name]))

    def get_actions(self, request):
        return {}

    @admin.display(description=_("articles"))
    def where_used(self, file):
        return display.where_used(file, file.viewer) if file.pk else _("shown after saving")


class ImageTranslationInline(TranslationStackedInline):
    model = ImageTranslation
    verbose_name_plural = _("alternative text and captions")

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "alt":  # often longer than a line
            kwargs["widget"] = Textarea(attrs={"rows": 1, "class": "vLargeTextField one-line"})
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(Image)
class ImageAdmin(TranslatedSearch, MediaAdmin):
    form = ImageForm
    add_label = _("Add a picture")
    list_display = ["preview", "name", "credit", "size_in_pixels", "created_at"]
    list_display_links = ["preview", "name"]
    list_filter = [AltFilter, UseFilter, "copies"]
    readonly_fields = ["where_used", "copies_state"]
    search_fields = ["credit", "file"]
    search_translations = ["alt", "caption"]
    list_per_page = 48
    inlines = [ImageTranslationInline]
    fieldsets = [
        (None, {"fields": ["file", "credit", ("copyright", "terms"), "decorative"]}),
        (_("Focal point"), {
            "fields": [("focal_x", "focal_y")],
            "description": _("The point that stays visible when the picture is cropped: 0 is the left or top edge, 1 "
                             "the right or bottom edge."),
        }),
        (_("Used in"), {"fields": ["where_used", "copies_state"]}),
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
        """An offer is no error: the form tells it above its fields."""
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
        if form.checked and renditions.needs_quick_copy(obj):
            renditions.make_quick(obj)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        image = form.instance
        if not image.decorative and not image.translations.exclude(alt="").exists():
            messages.warning(request, NO_ALTERNATIVE_TEXT)

    @admin.display(description=_("preview"))
    def preview(self, image):
        return display.thumbnail(image)

    @admin.display(description=_("smaller copies"))
    def copies_state(self, image):
        return display.copies(image) if image.pk else _("shown after saving")

    @admin.display(description=_("description"))
    def name(self, image):
        if not image.decorative and not image.alt:
            return format_html('<strong class="problem">{}</strong>', _("no alternative text"))
        return image.name

    @admin.display(description=_("size"))
    def size_in_pixels(self, image):
        return format_html('<bdi dir="ltr">{} × {}</bdi>', image.width, image.height)


@admin.register(Attachment)
class AttachmentAdmin(MediaAdmin):
    form = AttachmentForm
    add_label = _("Add a file")
    list_display = ["title", "language", "content_type", "size", "created_at"]
    list_filter = ["language", UseFilter]
    search_fields = ["title", "file"]
    fields = ["file", ("title", "language"), "where_used"]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if form.checked and form.checked.converted_from:
            text = _("The text was converted from %(encoding)s to UTF-8. Check its accents and special characters.")
            messages.warning(request, text % {"encoding": form.checked.converted_from})
