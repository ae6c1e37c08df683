"""Start-up: connects the apps with the page cache, and makes ours the admin site."""

from django.apps import AppConfig
from django.contrib.admin import apps
from django.utils.translation import gettext_lazy as _


class NewsroomConfig(AppConfig):
    name = "newsroom"
    verbose_name = _("Site")

    def ready(self):
        from articles.media import usage
        from contacts import public_pages

        from . import checks  # noqa: F401 - registers the system checks
        from .formats import boolean_icons, chinese
        from .models import pages_showing
        from .pagecache.siteversion import bump

        chinese.patch_django()
        boolean_icons.patch_django()
        public_pages.on_change(bump)
        usage.register_pages(pages_showing)


class NewsroomAdminConfig(apps.AdminConfig):
    default = False
    default_site = "newsroom.admin_site.NewsroomSite"
