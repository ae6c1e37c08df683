"""Further pages of the admin of articles: confirmation of a workflow step, start of a translation, preview."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
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
from ...publishing import four_eyes, merging, requirements, workflow
from ...publishing.locking import Stale
from ...publishing.workflow import Refused
from ...review.remarks import open_remarks
from ...translating.begin import get_or_begin_translation, missing_languages
from ...translating.panel import visible_source
from ..cleaning import clean_html
from .saving import ASKING, DESTRUCTIVE, NOTE_IN_SESSION, needs_confirmation


def next_steps(article):
    """The names of the steps that a state leads to: one of them is the primary button of the form.

    A new edition without a date is published at once: only one with a date can be approved for later.
    """
    return {"submit", "revise", "publish" if article.revises_id and article.publish_at is None else "approve"}


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
        """The article, for users who may see it (`get_queryset`); 404 for others."""
        article = self.get_queryset(request).filter(pk=pk).first()
        if article is None:
            raise Http404
        return article

    def _refuse_other_version(self, request, article):
        """Raise Stale if the page was opened before somebody else saved the article."""
        if request.POST.get("version", str(article.version)) != str(article.version):
            raise Stale

    def move_view(self, request, pk, name):
        """Explain a workflow step, ask for its reason, and take it."""
        article = self._get_article(request, pk)
        step = workflow.MOVES.get(name)
        if step is None or not workflow.may_make(step, article, request.user):
            messages.error(request, Refused.NOT_POSSIBLE)
            return self._to_form(article)
        errors = requirements.together(four_eyes.for_step(step, article, request.user), step.needs(article))
        reason = request.POST.get("reason", "") or typed_note(request, article)
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
            "warnings": self.to_acknowledge(step, article),
            "needs_look": step.name == "emergency", "note": step.note or workflow.NOTE,
            "open_remarks": open_remarks(article) if step.name in workflow.PUBLISHING_MOVES else (),
            "differences": merging.conflicts(article) if step.name == "keep" else (),
        })  # fmt: skip

    def _take_step(self, request, article, step, reason):
        self._refuse_other_version(request, article)
        warnings = self.to_acknowledge(step, article)
        if warnings and "acknowledged" not in request.POST:
            raise Refused(_("Read what the checks found first."))
        told = "\n".join(finding.sentence for finding in warnings)
        with transaction.atomic():
            moved = workflow.move(article, step.name, by=request.user, reason=reason, warnings=told)
        request.session.pop(NOTE_IN_SESSION, None)
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
        if not permissions.may(request.user, "view", translation):  # limited to others: only its existence is said
            name = _(dict(settings.LANGUAGES)[language])
            messages.info(request, _("%(language)s: somebody is at work on this translation.") % {"language": name})
            return self._to_form(article)
        if not is_new:
            messages.info(request, _("There is a translation into this language already."))
        return self._to_form(translation)

    def clean_html_view(self, request):
        """For the rich text editor: cleans HTML that is pasted into it."""
        return clean_html(request, self.admin_site)

    def preview_view(self, request, pk):
        """The article in its public template, for users who may view it; never cached, never indexed."""
        article = self._get_article(request, pk)
        with override(article.language):
            context = {"preview": True, "notice": "articles/private/_staff_notice.html"}
            response = render(request, "articles/article.html", article_page.context(article) | context)
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

    def _may_translate(self, user, source, has_right=permissions.may):
        return has_right(user, "translate", source) or has_right(user, "write", source)

    def _to_form(self, article):
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context |= self.article_context(request, obj)
        if context.get("errors") or context.get("refused"):
            # Discard messages of earlier requests: a success above the errors would mislead.
            list(messages.get_messages(request))
            context["messages"] = []
        return super().render_change_form(request, context, add, change, form_url, obj)

    def article_context(self, request, article):
        """What the panels beside the form show. Every mixin of the ModelAdmin adds its own to what `super()` gives."""
        source, visible = article.source, permissions.visible(request.user, Article.objects.all())
        may_translate = self._may_translate(request.user, source)
        versions = list(Article.objects.versions_of(article.revises or article).filter(revises=None))
        seen = set(visible.filter(pk__in=[version.pk for version in versions]).values_list("pk", flat=True))
        steps = workflow.moves_for(article, request.user)
        nexts = [step for step in steps if step.name in next_steps(article)]
        # A step that somebody else must take is not offered as the primary button.
        next_step = next((step for step in nexts if not four_eyes.for_step(step, article, request.user)), None)
        return {
            "next_step": next_step,
            "next_step_asks": next_step is not None and next_step.name in ASKING,
            "other_steps": [(step, needs_confirmation(step)) for step in steps if step is not next_step],
            "source": visible_source(article, request.user),
            "versions": sorted((version for version in versions if version.pk in seen), key=_source_first),
            "in_work": [version.get_language_display() for version in versions if version.pk not in seen],
            "missing_languages": missing_languages(source).items() if may_translate and not article.revises_id else (),
            "working_copy": visible.filter(revises=article).first(),
            "past_moves": [(move, label_of(move)) for move in article.moves.select_related("by")[:20]],
            "past_revisions": article.revisions.select_related("by").defer("content")[:20],
        }


def _source_first(version):
    return version.translation_of_id is not None, version.language


def typed_note(request, article):
    """The note that was typed in the form before the step had to be confirmed."""
    kept = request.session.get(NOTE_IN_SESSION) if request.method == "GET" else None
    return kept[1] if kept and kept[0] == article.pk else ""


def label_of(move):
    return label_named(move.name)


def label_named(name):
    step = workflow.MOVES.get(name)
    return step.label if step else workflow.OTHER_MOVES.get(name, name)
