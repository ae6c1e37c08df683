"""What happens when an article's form is saved: words, rows, facets, revision, and the move that was asked for."""

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from contacts.admin.base import SaveOnlyChanges, has_changed

from ... import permissions
from ...models import Article
from ...publishing import after_save, editions, revisions, workflow
from ...publishing.revisions import Stale, claim_version
from ...publishing.workflow import Refused
from .columns import SHOWN_STATES

# Moves that ask for a reason, or take something away, get a page of their own first.
TAKES_AWAY = {"withdraw", "remove", "discard", "keep"}


def needs_page(step):
    return bool(step.reason) or step.name in TAKES_AWAY


class ArticleSaving(SaveOnlyChanges):
    def may_change(self, user, article):
        """A public text changes by a new edition; only who may approve it corrects it in place.

        Where two people must see every text, nobody does that alone.
        """
        if article.state == Article.State.GONE:
            return False
        if (
            not article.revises_id
            and article.state in ("approved", "withdrawn")
            and (article.first_published_at or article.is_live)
        ):
            return not settings.FOUR_EYES and permissions.may(user, "approve", article)
        return permissions.may_edit(user, article)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """A refused move takes the save back with it; the form comes again with the editor's words."""
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
        return form

    def get_formset_kwargs(self, request, obj, inline, prefix):
        inline.formset_refusal = getattr(request, "refusal", {}).get(getattr(inline, "relation", None), "")
        return super().get_formset_kwargs(request, obj, inline, prefix)

    def _create_formsets(self, request, obj, change):
        formsets, inlines = super()._create_formsets(request, obj, change)
        for formset, inline in zip(formsets, inlines, strict=True):
            formset.refusal = getattr(inline, "formset_refusal", "")
        return formsets, inlines

    def save_model(self, request, article, form, change):
        """A stored article is written by `save_related`, where it is known whether its rows have changed."""
        if not change:
            article.created_by = article.updated_by = request.user
            article.save()

    def save_related(self, request, form, formsets, change):
        if change and has_changed(form, formsets):
            article = form.instance
            article.updated_by = request.user
            article.version = form.cleaned_data["version"]
            claim_version(article)
            article.save(update_fields=[*form.changed_columns(), "updated_by", "updated_at"])
        super().save_related(request, form, formsets, change)
        request.moved = self._move(request, form.instance)

    def after_change(self, request, form):
        article = form.instance
        if article.slug != form.stored_slug and article.first_published_at and not article.revises_id:
            editions.remember_slug(article, form.stored_slug)
        after_save.sync(article)
        self._write_history(request.user, article)
        after_save.announce_public_change(article)

    def _write_history(self, user, article):
        if Article.objects.readable().filter(pk=article.pk).exists():
            revisions.publish_edition(article, user)
        else:
            revisions.record(article, user)
        workflow.recall_approval(article, user)

    def _move(self, request, article):
        name = request.POST.get("_move")
        if not name:
            return article
        with transaction.atomic():
            return workflow.move(article, name, by=request.user)

    def response_add(self, request, obj, post_url_continue=None):
        return self._after(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        return self._after(request, obj) or super().response_change(request, obj)

    def _after(self, request, obj):
        """Stay with the article that was moved; a move that needs a word more gets its page."""
        asked = request.POST.get("_ask")
        if asked in workflow.MOVES:
            return HttpResponseRedirect(reverse("admin:articles_article_move", args=[obj.pk, asked]))
        name = request.POST.get("_move")
        if not name:
            return None
        return self.moved(request, workflow.MOVES[name], request.moved)

    def moved(self, request, step, article):
        messages.success(request, told(step, article))
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))


def told(step, article):
    """Where the move has led. An approval whose date is past has published: its address says so."""
    if step.name in workflow.WORKING_COPY_MOVES:
        return _("Done: %(move)s. “%(headline)s”") % {"move": step.label, "headline": article.headline}
    if article.shown_state == workflow.LIVE and not article.revises_id:
        now = _("“%(headline)s” is public now.") % {"headline": article.headline}
        return format_html('{} <a href="{}">{}</a>', now, article.get_absolute_url(), _("View on site"))
    state = SHOWN_STATES[article.shown_state]
    return _("“%(headline)s” is now: %(state)s.") % {"headline": article.headline, "state": state}
