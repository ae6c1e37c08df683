"""The admin of translations: what their source changed, "up to date" in one click, languages that are not wanted."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseRedirect, QueryDict
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ... import permissions
from ...models import Article
from ...publishing import four_eyes, workflow
from ...publishing.workflow import Refused
from ...translating import panel, source_states
from ...translating.begin import waive, want


class ArticleTranslating:
    """For the ModelAdmin: the panel beside a translation and its views."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/up-to-date/", view(require_POST(self.up_to_date_view)), name="articles_article_up_to_date"),
            path("<int:pk>/waive/<slug:language>/", view(require_POST(self.waive_view)), name="articles_article_waive"),
            *super().get_urls(),
        ]

    def article_context(self, request, article):
        context = super().article_context(request, article)
        panel.note_behind(context["versions"])
        waived = set(article.source.waived_languages.values_list("language", flat=True))
        names = dict(context["missing_languages"])
        context |= {
            "missing_languages": [(code, name) for code, name in names.items() if code not in waived],
            "waived_languages": [(code, name) for code, name in names.items() if code in waived],
        }
        if article.translation_of_id and article.state not in source_states.CLOSED:
            context["source_panel"] = panel.panel(article, request.user) | {
                "may_confirm": _may_confirm(request.user, article),
                "may_release": self._may_release(request.user, article),
            }
        return context

    def _may_release(self, user, article):
        """Whether "looked at" approves a held translation again: others only say that it is right."""
        state = source_states.state_of(article)
        if not state or state.translation_id != article.pk or not state.is_held:
            return False
        step = workflow.MOVES["approve"]
        return workflow.may_make(step, article, user) and not four_eyes.is_needed(article, user)

    def up_to_date_view(self, request, pk):
        """Somebody has looked at the changes of the source, and the translation is right."""
        article = self._get_article(request, pk)
        if not article.translation_of_id or article.state in source_states.CLOSED:
            raise Http404
        if not _may_confirm(request.user, article):
            raise PermissionDenied
        self._confirm(request, article, request.POST.get("revision", ""))
        return self._to_form(article)

    def response_change(self, request, obj):
        """The button in the panel saves the form first, and so loses nothing."""
        response = super().response_change(request, obj)
        if "_up_to_date" in request.POST and obj.translation_of_id and _may_confirm(request.user, obj):
            self._confirm(request, Article.objects.get(pk=obj.pk), request.POST["_up_to_date"])
            return self._to_form(obj)
        return response

    def _confirm(self, request, article, seen):
        """`seen`: id of the revision of the source that the editor has seen, "-" before it if of an edition to come."""
        of_copy, number = seen.startswith("-"), seen.removeprefix("-")
        try:
            with transaction.atomic():
                release = self._may_release(request.user, article)
                if of_copy and not panel.edition_to_come(article.translation_of, request.user):
                    raise source_states.SourceMoved
                source_states.confirm(article, request.user, number, of_edition_to_come=of_copy)
                if release:
                    workflow.move(article, "approve", by=request.user)
        except source_states.SourceMoved:
            messages.error(request, _("The source has changed again since you opened this page. Look at it once more."))
        except Refused as refused:
            messages.error(request, " ".join(map(str, refused.errors.values())))
        else:
            messages.success(request, _("It is noted that this translation is up to date with its source."))

    def waive_view(self, request, pk, language):
        """The story will not have this language; or, with `wanted`, it may have it after all."""
        article = self._get_article(request, pk)
        source = (article.revises or article).source
        if language == source.language or language not in dict(settings.LANGUAGES):
            raise Http404
        if not self._may_translate(request.user, source):
            raise PermissionDenied
        if "wanted" in request.POST:
            want(source, language, request.user)
            told = _("“%(headline)s” may be translated into this language: %(language)s.")
        else:
            waive(source, language, request.user)
            told = _("“%(headline)s” will not be translated into this language: %(language)s.")
        name = _(dict(settings.LANGUAGES)[language])
        messages.success(request, told % {"headline": source.headline, "language": name})
        if request.POST.get("next") == "board":
            filters = QueryDict(request.POST.get("filters", "")).urlencode()
            address = reverse("admin:articles_article_translations")
            return HttpResponseRedirect(f"{address}?{filters}" if filters else address)
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[pk]))


def _may_confirm(user, article):
    """Whether the user may say that a translation is up to date: if they may edit it and see its source."""
    is_open = article.state not in source_states.CLOSED
    return is_open and permissions.may_edit(user, article) and panel.visible_source(article, user) is not None
