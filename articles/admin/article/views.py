"""Pages of an article's admin besides list and form: a move that asks why, a new translation, what happened."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ... import permissions
from ...models import Article
from ...publishing import after_save, merging, revisions, workflow
from ...publishing.revisions import Stale
from ...publishing.workflow import Refused
from .saving import TAKES_AWAY, needs_page


class ArticleViews:
    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/move/<slug:name>/", view(self.move_view), name="articles_article_move"),
            path("<int:pk>/translate/<slug:language>/", view(self.translate_view), name="articles_article_translate"),
            *super().get_urls(),
        ]

    def _seen(self, request, pk):
        article = self.get_queryset(request).filter(pk=pk).first()
        if article is None:
            raise Http404
        return article

    def move_view(self, request, pk, name):
        """Says what a move does, asks for the reason, makes it."""
        article = self._seen(request, pk)
        step = workflow.MOVES.get(name)
        if step is None or not workflow.may_make(step, article, request.user):
            messages.error(request, _("This is not possible now, or not allowed to you."))
            return self._to_form(article)
        errors, reason = {}, request.POST.get("reason", "")
        if request.method == "POST":
            try:
                return self._make(request, article, step, reason)
            except Refused as refused:
                errors = refused.errors
            except Stale as stale:
                errors = {"": str(stale)}
        return TemplateResponse(request, "admin/articles/article/move.html", {
            **self.admin_site.each_context(request), "opts": self.opts, "original": article, "step": step,
            "title": step.label, "takes_away": step.name in TAKES_AWAY, "errors": errors.items(), "reason": reason,
            "reason_error": errors.get("reason", ""),
            "differences": merging.conflicts(article) if step.name == "keep" else (),
        })  # fmt: skip

    def _make(self, request, article, step, reason):
        with transaction.atomic():
            moved = workflow.move(article, step.name, by=request.user, reason=reason)
        return self.moved(request, step, moved)

    @method_decorator(require_POST)
    def translate_view(self, request, pk, language):
        """A draft in another language, with the source's facets, ready for the translator."""
        article = self._seen(request, pk)
        source = (article.revises or article).source
        if language == source.language or language not in dict(settings.LANGUAGES):
            raise Http404
        if not (permissions.may(request.user, "translate", source) or permissions.may(request.user, "write", source)):
            raise PermissionDenied
        translation, is_new = begun_translation(source, language, request.user)
        if not is_new:
            messages.info(request, _("There is a translation into this language already."))
        return self._to_form(translation)

    def _to_form(self, article):
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context |= self._about(request, obj)
        if context.get("errors"):
            # A success that another window has not told yet would stand above the refusal: read and not shown.
            list(messages.get_messages(request))
            context["messages"] = []
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _about(self, request, article):
        source = article.source
        translating = permissions.may(request.user, "translate", source) or permissions.may(
            request.user, "write", source
        )
        return {
            "moves": [(step, needs_page(step)) for step in workflow.moves_for(article, request.user)],
            "source": article.translation_of,
            "versions": [source, *source.translations.filter(revises=None).order_by("language")],
            "missing_languages": missing_languages(source).items() if translating and not article.revises_id else (),
            "working_copy": Article.objects.filter(revises=article).first(),
            "past_moves": [(move, label_of(move)) for move in article.moves.select_related("by")[:20]],
            "past_revisions": article.revisions.select_related("by").defer("content")[:20],
        }


def label_of(move):
    step = workflow.MOVES.get(move.name)
    return step.label if step else workflow.AUTOMATIC_MOVES.get(move.name, move.name)


def begun_translation(source, language, by):
    """(the translation, whether it was begun now): somebody else may press the button at the same moment."""
    tries = 3
    while True:
        if found := source.translations.filter(revises=None, language=language).first():
            return found, False
        try:
            return begin_translation(source, language, by), True
        except IntegrityError:  # this translation, or its address, was written after we looked
            tries -= 1
            if not tries:
                raise


@transaction.atomic
def begin_translation(source, language, by):
    article = Article.objects.create(
        language=language, translation_of=source, headline=source.headline, slug=_free_slug(source.slug, language),
        kind=source.kind, dateline_place=source.dateline_place, publish_at=source.publish_at,
        press_from=source.press_from, created_by=by, updated_by=by,
    )  # fmt: skip
    after_save.copy_facets(source, article)
    after_save.refresh_listed([article.pk])
    revisions.record(article, by)
    return article


def _free_slug(slug, language):
    taken = set(Article.objects.filter(language=language, slug__startswith=slug[:190]).values_list("slug", flat=True))
    number, free = 1, slug
    while free in taken:
        number += 1
        free = f"{slug[:190]}-{number}"
    return free


def missing_languages(source):
    """{code: name} of the languages into which nobody has begun to translate the source."""
    have = {source.language, *source.translations.filter(revises=None).values_list("language", flat=True)}
    return {code: name for code, name in settings.LANGUAGES if code not in have}
