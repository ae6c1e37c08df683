"""Saving the form of an article in the admin: its fields and inlines, a revision, and a workflow step if requested."""

from datetime import UTC, datetime

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from contacts.admin.base import SaveOnlyChanges, has_changed
from contacts.models.membership import name_of

from ... import permissions
from ...models import Article, Move
from ...publishing import locking, workflow, working_copies
from ...publishing.afterwards import deleted_copy
from ...publishing.locking import Stale, claim_version
from ...publishing.workflow import Refused
from ...review.remarks import open_remarks
from ..checking.checks import to_acknowledge
from ..display import STATE_LABELS
from ..extra_texts.in_form import warn_of_quotes
from ..translating import machine, panel
from .pages import to_form

# Steps that remove something; like those that need a reason they are confirmed on a page of their own.
DESTRUCTIVE = {"withdraw", "remove", "discard", "keep"}
ASKING = {"revise"}  # steps with another page of questions

NOTE_IN_SESSION, MOST_OF_A_NOTE = "step_note", 5000


def needs_confirmation(step):
    return bool(step.reason or step.note) or step.name in DESTRUCTIVE | ASKING


class ArticleSaving(SaveOnlyChanges):
    """For the ModelAdmin: what happens when the form of an article is posted."""

    answering = frozenset({"_move", "_confirm", "_machine_read"})

    def may_change(self, user, article):
        """Whether the user may change the article in its form, see `permissions.may_change`."""
        return permissions.may_change(user, article)

    def watched(self, article):
        return {"version": article.version}  # a workflow step changes no field of the form

    def main_row(self, article):
        return article.revises_id

    def why_copy_is_gone(self, main_row, since):
        since = datetime.fromtimestamp(since, UTC)
        if Move.objects.filter(article=main_row, name="discard", at__gte=since).exists():
            told = _("This working copy was discarded after you opened it. Nothing was saved.")
        else:
            told = _("This edition was published after you opened it. Nothing was saved. To go on, start a new one.")
        public = Article.objects.filter(pk=main_row).first()
        return (told, public) if public else ("", None)

    def last_change(self, article, since):
        return name_of(article.updated_by, article.updated_by_name), article.updated_at

    def lock_row(self, article):
        locking.lock_parents(article)
        return super().lock_row(article)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """If the workflow refuses the step, save nothing: show the form again with the posted data and the reasons."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refused as refused:
            request.refusal = refused.errors
        except Stale:
            request.refusal = {}
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.refusal = getattr(request, "refusal", {})
        own = {inline.relation for inline in self.inlines if hasattr(inline, "relation")}
        form.refusal = {name: text for name, text in form.refusal.items() if name not in own}
        form.is_next_edition = obj is not None and permissions.has_readers(obj)
        return form

    def get_formset_kwargs(self, request, obj, inline, prefix):
        inline.formset_refusal = getattr(request, "refusal", {}).get(getattr(inline, "relation", None), "")
        return super().get_formset_kwargs(request, obj, inline, prefix)

    def _create_formsets(self, request, obj, change):
        formsets, inlines = super()._create_formsets(request, obj, change)
        for formset, inline in zip(formsets, inlines, strict=True):
            formset.refusal = getattr(inline, "formset_refusal", "")
        return formsets, inlines

    def render_change_form(self, request, context, *args, **kwargs):
        if context.get("errors"):
            # Discard messages of earlier requests: a success above the errors would mislead.
            list(messages.get_messages(request))
            context["messages"] = []
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request, article, form, change):
        """Store a new article. `save_related` stores an existing one: it knows whether the inlines have changed."""
        if not change:
            article.created_by = article.updated_by = request.user
            save_with_free_slug(article, form)

    def save_related(self, request, form, formsets, change):
        if change and has_changed(form, formsets):
            article = form.instance
            article.updated_by = request.user
            claim_version(article)
            save_with_free_slug(article, form, update_fields=[*form.changed_columns(), "updated_by", "updated_at"])
        super().save_related(request, form, formsets, change)
        request.moved_article = self._take_step(request, form.instance)

    def after_change(self, request, form):
        article = form.instance
        if article.slug != form.stored_slug and not article.revises_id:
            working_copies.remember_slug(article, form.stored_slug)
        workflow.after_edit(article, request.user, is_told=True)

    def _take_step(self, request, article):
        """Take the step of the button, unless its page must show something first; the article that it leads to."""
        name, reason = request.POST.get("_move"), request.POST.get("_note", "").strip()
        if not name:
            return article
        step = workflow.MOVES.get(name)
        # What a submission lacks is said before the warnings.
        is_possible = step is not None and workflow.may_make(step, article, request.user) and not step.needs(article)
        if is_possible and to_acknowledge(step, article):
            request.step_to_confirm = name  # its page shows the warnings
            return article
        if name in workflow.PUBLISHING_MOVES and open_remarks(article).exists():
            workflow.check(article, name, request.user, reason=reason)
            request.step_to_confirm = name  # its page shows the remarks
            return article
        with transaction.atomic():
            return workflow.move(article, name, by=request.user, reason=reason)

    def response_add(self, request, obj, post_url_continue=None):
        return self._response_after_step(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        response = self._response_after_step(request, obj) or super().response_change(request, obj)
        is_confirmed = panel.confirm_if_asked(request, obj) or machine.confirm_if_asked(request, obj)
        return to_form(obj) if is_confirmed else response

    def _response_after_step(self, request, obj):
        """The response after a step: its confirmation page if it needs one, else the form of the moved article."""
        to_confirm = request.POST.get("_confirm") or getattr(request, "step_to_confirm", None)
        if to_confirm in workflow.MOVES:
            if note := request.POST.get("_note", "").strip():
                request.session[NOTE_IN_SESSION] = [obj.pk, note[:MOST_OF_A_NOTE]]  # for the page of the step
            return HttpResponseRedirect(reverse("admin:articles_article_move", args=[obj.pk, to_confirm]))
        name = request.POST.get("_move")
        if not name:
            return None
        return response_moved(request, workflow.MOVES[name], request.moved_article)

    def delete_model(self, request, obj):
        deleted_copy.keep_deleted_copy(obj, request.user)
        super().delete_model(request, obj)


def response_moved(request, step, article):
    """Say what has become of the article, and go on to its form."""
    messages.success(request, result_message(step, article))
    warn_of_quotes(request, step, article)
    return to_form(article)


def save_with_free_slug(article, form, **options):
    """Save; somebody else may have stored an article with the same slug after the form was checked."""
    while True:
        try:
            with transaction.atomic():
                return article.save(**options)
        except IntegrityError:
            others = Article.objects.filter(language=article.language, slug=article.slug, revises=None)
            if not others.exclude(pk=article.revises_id or article.pk).exists():
                raise
            if not form.has_automatic_slug:
                raise Refused({"slug": _("Another article in this language has this slug.")}) from None
            article.slug = form.cleaned_data["slug"] = form.free_slug(form.cleaned_data)


def result_message(step, article):
    """Says the article's new state, with a link if it is public: approving publishes where the date has passed."""
    if step.name in workflow.WORKING_COPY_MOVES:
        return _("Done: %(move)s. “%(headline)s”") % {"move": step.label, "headline": article.headline}
    if article.shown_state == workflow.LIVE and not article.revises_id:
        now = _("“%(headline)s” is public now.") % {"headline": article.headline}
        return format_html('{} <a href="{}">{}</a>', now, article.get_absolute_url(), _("View on site"))
    state = STATE_LABELS[article.shown_state]
    return _("“%(headline)s” is now: %(state)s.") % {"headline": article.headline, "state": state}
