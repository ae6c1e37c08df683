"""Start-up: connects the apps with the page cache, and makes ours the admin site."""

from django.apps import AppConfig
from django.contrib.admin import apps
from django.utils.translation import gettext_lazy as _


class NewsroomConfig(AppConfig):
    name = "newsroom"
    verbose_name = _("Site")

    def ready(self):
        from django.conf import settings

        from articles import jobs
        from articles.checks.links import addresses
        from articles.media import usage
        from contacts import languages, public_pages

        from . import checks  # noqa: F401 - registers the system checks
        from .doctor import alarm
        from .formats import boolean_icons, chinese
        from .login import expiry, mails
        from .models import fault_of_page, pages_showing
        from .pagecache.siteversion import bump
        from .serving import reporting, slow_queries
        from .theme import current
        from .theme.models import themes_showing

        reporting.start()
        slow_queries.watch()
        chinese.patch_django()
        boolean_icons.patch_django()
        public_pages.on_change(bump)
        usage.register_pages(pages_showing)
        usage.register_pages(themes_showing)
        languages.register_names(current.name)
        addresses.register("page", fault_of_page)
        if settings.ALARM_EMAIL:
            jobs.register(alarm.JOB, alarm.look, alarm.LOOK_EVERY, for_all=True)
        jobs.register(mails.JOB, mails.send_due, mails.LOOK_EVERY)
        jobs.register(expiry.JOB, expiry.clean, expiry.EVERY, for_all=True)


class NewsroomAdminConfig(apps.AdminConfig):
    default = False
    default_site = "newsroom.admin_site.NewsroomSite"
