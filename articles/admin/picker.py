"""Choosing a picture for the body: a page of thumbnails in a window of its own, opened by the editor."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from .markup import address

PER_PAGE = 24


class PickerView:
    def get_urls(self):
        return [
            path("pick/", self.admin_site.admin_view(self.pick_view), name="articles_image_pick"),
            *super().get_urls(),
        ]

    def pick_view(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        words = request.GET.get("q", "")[:200]
        images, _distinct = self.get_search_results(request, self.get_queryset(request), words)
        page = Paginator(images.order_by("-created_at", "-id"), PER_PAGE).get_page(request.GET.get("p"))
        for image in page:
            image.address = address(image)
        context = self.admin_site.each_context(request) | {
            "title": _("Choose a picture"), "page": page, "words": words, "is_popup": True, "opts": self.opts,
            "may_add": self.has_add_permission(request),
        }  # fmt: skip
        return TemplateResponse(request, "admin/articles/image/pick.html", context)
