"""Start of the app: installs triggers, registers scheduled changes of public pages and the background jobs."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Articles")

    def ready(self):
        from contacts import public_pages
        from contacts.reachable import contact_list

        from . import checks
        from .alerts import sending as alert_sending
        from .desk import lateness
        from .models import list_changes, triggers
        from .pages import highlights, topic_contacts
        from .press_lists import sending as press_sending
        from .publishing import after_save, due_editions, revisions
        from .translating import parity, source_states

        post_migrate.connect(triggers.install, sender=self, dispatch_uid="articles.models.triggers")
        public_pages.register_schedule(due_editions.next_publication)
        public_pages.register_schedule(highlights.next_end)
        public_pages.on_name_change(list_changes.note_names)
        public_pages.on_name_change(after_save.set_days_of_scheduled)
        contact_list.register_subjects(topic_contacts.by_topic)
        revisions.on_new_text(source_states.source_moved)
        checks.register(parity.check)
        public_pages.register_overdue_count(due_editions.overdue)
        public_pages.register_late_numbers(lateness.numbers)
        public_pages.register_late_numbers(alert_sending.late_numbers)
        public_pages.register_late_numbers(press_sending.late_numbers)
        _register_jobs()


def _register_jobs():
    from django.conf import settings

    from . import jobs
    from .alerts import announcements, subscriptions
    from .alerts import sending as alert_sending
    from .desk import reminders
    from .feeds import websub
    from .importing.tables import waiting
    from .mail import enquiries, notices, sending
    from .media import background
    from .old_addresses import hits
    from .press_lists import confirming, planning
    from .press_lists import sending as press_sending
    from .publishing import due_editions
    from .reader_figures import storing
    from .webhooks import events
    from .webhooks import sending as webhook_sending

    jobs.register(background.JOB, background.look, background.LOOK_EVERY, longest=background.LONGEST)
    jobs.register(notices.JOB, sending.send_due, sending.LOOK_EVERY)
    if settings.WEBSUB_HUB:
        jobs.register(websub.JOB, websub.look, websub.LOOK_EVERY, for_all=True)
    jobs.register(reminders.LATE, reminders.tell_late, reminders.LOOK_EVERY, for_all=True)
    jobs.register(reminders.ENDED, reminders.tell_ended, reminders.LOOK_FOR_ENDED_EVERY, for_all=True)
    jobs.register(due_editions.JOB, due_editions.by_clock, due_editions.LOOK_EVERY)
    jobs.register(events.JOB, webhook_sending.run, webhook_sending.LOOK_EVERY)
    jobs.register(hits.JOB, hits.store, hits.LOOK_EVERY)
    jobs.register(announcements.JOB, announcements.run, announcements.LOOK_EVERY, for_all=True)
    jobs.register(subscriptions.JOB, alert_sending.send_due, alert_sending.LOOK_EVERY, longest=alert_sending.LONGEST)
    jobs.register(subscriptions.CLEANING, subscriptions.clean, subscriptions.CLEAN_EVERY, for_all=True)
    jobs.register(waiting.JOB, waiting.look, waiting.LOOK_EVERY, longest=waiting.LONGEST)
    jobs.register(confirming.JOB, press_sending.send_due, press_sending.LOOK_EVERY)
    jobs.register(planning.CLEANING, planning.clean, planning.CLEAN_EVERY, for_all=True)
    jobs.register(enquiries.JOB, enquiries.erase_old, enquiries.EVERY, for_all=True)
    jobs.register(storing.JOB, storing.store, storing.STORE_EVERY)
    jobs.register(storing.CLEANING, storing.clean, storing.CLEAN_EVERY, for_all=True)
    jobs.register(jobs.NOTING, jobs.note_outcomes, jobs.NOTE_EVERY)
