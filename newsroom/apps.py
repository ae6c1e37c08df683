from django.apps import AppConfig
from django.contrib.admin import apps
from django.utils.translation import gettext_lazy as _


class NewsroomConfig(AppConfig):
    name = "newsroom"
    verbose_name = _("Site")

    def ready(self):
        from . import checks  # noqa: F401 - registers the system checks
        from .chinese import teach_django

        teach_django()


class DeskConfig(apps.AdminConfig):
    default = False
    default_site = "newsroom.sites.NewsroomSite"
