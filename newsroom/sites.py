"""The admin site: its first page is the newsroom's desk, its menu a line of words."""

from django.conf import settings
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.views.i18n import JavaScriptCatalog

from contacts.languages import own_name
from contacts.roles import reads

MENU = ["article", "image", "attachment", "contact", "office", "topic", "page"]


class NewsroomSite(admin.AdminSite):
    site_title = site_header = _("Newsroom desk")
    index_title = _("Desk")
    enable_nav_sidebar = False

    def index(self, request, extra_context=None):
        from articles.desk import desk

        panels = desk(request.user) if reads(request.user) or request.user.is_superuser else {}
        return super().index(request, {"desk": panels, **(extra_context or {})})

    def i18n_javascript(self, request, extra_context=None):
        """The words of the admin's scripts and of the editor's dialogues."""
        return JavaScriptCatalog.as_view(packages=["django.contrib.admin", "django_prose_editor"])(request)

    def each_context(self, request):
        context = super().each_context(request)
        models = {
            model["object_name"].lower(): model
            for app in context["available_apps"]
            for model in app["models"]
            if model["admin_url"]
        }
        return context | {
            "menu": [models[name] for name in MENU if name in models],
            "interface_languages": [(code, own_name(code)) for code, _name in settings.LANGUAGES],
        }
