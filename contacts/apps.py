"""Start of the app of contacts and offices: registers scheduled changes of public pages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContactsConfig(AppConfig):
    name = "contacts"
    verbose_name = _("Offices and contacts")

    def ready(self):
        from . import public_pages
        from .reachable import now

        public_pages.register_schedule(now.next_change)
