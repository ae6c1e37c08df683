"""The filters of the media library's lists: use, tags, who uploaded it, alternative text."""

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from contacts.models.membership import name_of

from ...media import usage
from ...models import ImageTranslation
from ...models.media.files import IMPORT

MOST = 200  # tags and people that a filter offers


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


class TagFilter(admin.SimpleListFilter):
    """Offers the tags of the files that the user may see."""

    title, parameter_name = _("tag"), "tag"

    def lookups(self, request, model_admin):
        return [(tag, tag) for tag in model_admin.get_queryset(request).tags_in_use()[:MOST]]

    def queryset(self, request, files):
        return files.tagged(self.value()) if self.value() else files


class UploaderFilter(admin.SimpleListFilter):
    title, parameter_name = _("uploaded by"), "by"

    def lookups(self, request, model_admin):
        known = model_admin.model.objects.order_by().exclude(uploaded_by=None).values("uploaded_by")
        people = get_user_model().objects.filter(Q(pk=request.user.pk) | Q(pk__in=known)).order_by("username")[:MOST]
        return [
            *((str(user.pk), name_of(user)) for user in people),
            (IMPORT, _("import")),
        ]

    def queryset(self, request, files):
        if self.value() == IMPORT:
            return files.filter(uploaded_by_name=IMPORT)
        known = {value for value, _name in self.lookup_choices}
        if self.value() is None:
            return files
        return files.filter(uploaded_by=self.value()) if self.value() in known else files.none()
