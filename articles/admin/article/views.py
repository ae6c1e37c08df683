"""Further pages of the admin of articles: confirmation of a workflow step, start of a translation, preview."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.cache import patch_cache_control
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from ... import permissions
from ...models import Article
from ...pages import article_page
from ...publishing import after_save, merging, revisions, slugs, workflow
from ...publishing.revisions import Stale
from ...publishing.workflow import Refused
from ..cleaning import clean_html
from .saving import DESTRUCTIVE, needs_confirmation


class ArticleViews:
    """For the ModelAdmin: the views below, and the context that the form's template needs."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("clean-html/", view(require_POST(self.clean_html_view)), name="articles_clean_html"),
            path("<int:pk>/preview/", view(require_safe(self.preview_view)), name="articles_article_preview"),
            path("<int:pk>/move/<slug:name>/", view(self.move_view), name="articles_article_move"),
            path("<int:pk>/translate/<slug:language>/", view(self.translate_view), name="articles_article_translate"),
            *super().get_urls(),
        ]

    def _get_article(self, request, pk):
        article = self.get_queryset(request).filter(pk=pk).first()
        if article is None:
            raise Http404
        return article

    def move_view(self, request, pk, name):
        """Explain a workflow step, ask for its reason, and take it."""
        article = self._get_article(request, pk)
        step = workflow.MOVES.get(name)
        if step is None or not workflow.may_make(step, article, request.user):
            messages.error(request, _("This is not possible now, or not allowed to you."))
            return self._to_form(article)
        errors, reason = {}, request.POST.get("reason", "")
        if notice := getattr(request, "notice_of_return", ""):
            errors = {"": notice}
        elif request.method == "POST":
            try:
                return self._take_step(request, article, step, reason)
            except Refused as refused:
                errors = refused.errors
            except Stale as stale:
                errors = {"": str(stale)}
        return TemplateResponse(request, "admin/articles/article/move.html", {
            **self.admin_site.each_context(request), "opts": self.opts, "original": article, "step": step,
            "title": step.label, "is_destructive": step.name in DESTRUCTIVE, "errors": errors.items(), "reason": reason,
            "reason_error": errors.get("reason", ""),
            "differences": merging.conflicts(article) if step.name == "keep" else (),
        })  # fmt: skip

    def _take_step(self, request, article, step, reason):
        if request.POST.get("version", str(article.version)) != str(article.version):
            raise Stale
        with transaction.atomic():
            moved = workflow.move(article, step.name, by=request.user, reason=reason)
        return self.response_moved(request, step, moved)

    @method_decorator(require_POST)
    def translate_view(self, request, pk, language):
        """Create a draft in another language with the source's facets, and open it."""
        article = self._get_article(request, pk)
        source = (article.revises or article).source
        if language == source.language or language not in dict(settings.LANGUAGES):
            raise Http404
        if not self._may_translate(request.user, source):
            raise PermissionDenied
        translation, is_new = get_or_begin_translation(source, language, request.user)
        if not is_new:
            messages.info(request, _("There is a translation into this language already."))
        return self._to_form(translation)

    def clean_html_view(self, request):
        """For the rich text editor: cleans HTML that is pasted into it."""
        return clean_html(request, self.admin_site)

    def preview_view(self, request, pk):
        """The article in its public template, for users who may view it; never cached, never indexed."""
        article = self.get_queryset(request).filter(pk=pk).first()
        if article is None or not self.has_view_permission(request, article):
            raise Http404
        with override(article.language):
            response = render(request, "articles/article.html", article_page.context(article) | {"preview": True})
        patch_cache_control(response, private=True, no_store=True)
        response["X-Robots-Tag"] = "noindex"
        response["Referrer-Policy"] = "no-referrer"
        return response

    def view_on_site(self, article):
        """The public page, or the preview while there is none; nothing for a removed article."""
        if article.state == Article.State.GONE:
            return None
        if Article.objects.readable().filter(pk=article.pk).exists():
            return article.get_absolute_url()
        return reverse("admin:articles_article_preview", args=[article.pk])

    def _may_translate(self, user, source):
        return permissions.may(user, "translate", source) or permissions.may(user, "write", source)

    def _to_form(self, article):
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context |= self._article_context(request, obj)
        if context.get("errors") or context.get("refused"):
            # Discard messages of earlier requests: a success above the errors would mislead.
            list(messages.get_messages(request))
            context["messages"] = []
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _article_context(self, request, article):
        source = article.source
        may_translate = self._may_translate(request.user, source)
        return {
            "moves": [(step, needs_confirmation(step)) for step in workflow.moves_for(article, request.user)],
            "source": article.translation_of,
            "versions": [source, *source.translations.filter(revises=None).order_by("language")],
            "missing_languages": missing_languages(source).items() if may_translate and not article.revises_id else (),
            "working_copy": Article.objects.filter(revises=article).first(),
            "past_moves": [(move, label_of(move)) for move in article.moves.select_related("by")[:20]],
            "past_revisions": article.revisions.select_related("by").defer("content")[:20],
        }


def label_of(move):
    step = workflow.MOVES.get(move.name)
    return step.label if step else workflow.AUTOMATIC_MOVES.get(move.name, move.name)


def get_or_begin_translation(source, language, by):
    """(the translation, whether it was created now). Another user may create it at the same moment."""
    tries = 3
    while True:
        if found := source.translations.filter(revises=None, language=language).first():
            return found, False
        try:
            return begin_translation(source, language, by), True
        except IntegrityError:  # this translation, or its slug, was stored in the meantime
            tries -= 1
            if not tries:
                raise


@transaction.atomic
def begin_translation(source, language, by):
    article = Article.objects.create(
        language=language, translation_of=source, headline=source.headline, slug=slugs.free(source.slug, language),
        kind=source.kind, dateline_place=source.dateline_place, publish_at=source.publish_at,
        press_from=source.press_from, created_by=by, updated_by=by,
    )  # fmt: skip
    after_save.copy_facets(source, article)
    after_save.refresh_listed([article.pk])
    revisions.record(article, by)
    return article


def missing_languages(source):
    """{code: name} of the languages that have no translation of the source, not even a draft."""
    have = {source.language, *source.translations.filter(revises=None).values_list("language", flat=True)}
    return {code: name for code, name in settings.LANGUAGES if code not in have}
