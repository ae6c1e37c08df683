"""The app of articles: connects the triggers, and what changes public pages by the clock."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Articles")

    def ready(self):
        from contacts import public_pages

        from .models import list_changes, triggers
        from .publishing import after_save, due_editions

        post_migrate.connect(triggers.install, sender=self, dispatch_uid="articles.models.triggers")
        public_pages.register_schedule(due_editions.next_publication)
        public_pages.on_name_change(list_changes.note_names)
        public_pages.on_name_change(after_save.set_days_of_scheduled)
        public_pages.register_overdue_count(due_editions.overdue)
