"""The admin of translations: what their source changed, "up to date" in one click, languages that are not wanted."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ... import permissions
from ...models import Article
from ...publishing import four_eyes, workflow
from ...publishing.workflow import Refused
from ...translating import panel, source_states
from ...translating.begin import get_or_begin_translation, missing_languages, waive, want
from ..article.pages import ArticlePages, to_form


class ArticleTranslating(ArticlePages):
    """The panels about the language versions of a story and about the source of a translation, and their views."""

    def urls(self):
        return [
            ("<int:pk>/translate/<slug:language>/", self.translate_view, "articles_article_translate"),
            ("<int:pk>/up-to-date/", require_POST(self.up_to_date_view), "articles_article_up_to_date"),
            ("<int:pk>/waive/<slug:language>/", require_POST(self.waive_view), "articles_article_waive"),
        ]

    def context(self, request, article):
        source, visible = article.source, permissions.visible(request.user, Article.objects.all())
        versions = list(Article.objects.versions_of(article.revises or article).filter(revises=None))
        seen = set(visible.filter(pk__in=[version.pk for version in versions]).values_list("pk", flat=True))
        shown = [version for version in versions if version.pk in seen]
        panel.note_behind(shown)
        may_begin = not article.revises_id and may_translate(request.user, source)
        missing = missing_languages(source).items() if may_begin else ()
        waived = set(source.waived_languages.values_list("language", flat=True))
        context = {
            "source": panel.visible_source(article, request.user),
            "versions": sorted(shown, key=lambda version: (version.translation_of_id is not None, version.language)),
            "in_work": [version.get_language_display() for version in versions if version.pk not in seen],
            "missing_languages": [(code, name) for code, name in missing if code not in waived],
            "waived_languages": [(code, name) for code, name in missing if code in waived],
        }
        if article.translation_of_id and article.state not in source_states.CLOSED:
            context["source_panel"] = panel.panel(article, request.user) | {
                "may_confirm": _may_confirm(request.user, article),
                "may_release": _may_release(request.user, article),
            }
        return context

    @method_decorator(require_POST)
    def translate_view(self, request, pk, language):
        """Create a draft in another language with the source's facets, and open it."""
        article = self.get_article(request, pk)
        source = _source_to_translate(request.user, article, language)
        translation, is_new = get_or_begin_translation(source, language, request.user)
        if not permissions.may(request.user, "view", translation):  # limited to others: only its existence is said
            name = _(dict(settings.LANGUAGES)[language])
            messages.info(request, _("%(language)s: somebody is at work on this translation.") % {"language": name})
            return to_form(article)
        if not is_new:
            messages.info(request, _("There is a translation into this language already."))
        return to_form(translation)

    def up_to_date_view(self, request, pk):
        """Somebody has looked at the changes of the source, and the translation is right."""
        article = self.get_article(request, pk)
        if not article.translation_of_id or article.state in source_states.CLOSED:
            raise Http404
        if not _may_confirm(request.user, article):
            raise PermissionDenied
        _confirm(request, article, request.POST.get("revision", ""))
        return to_form(article)

    def waive_view(self, request, pk, language):
        """The story will not have this language; or, with `wanted`, it may have it after all."""
        article = self.get_article(request, pk)
        source = _source_to_translate(request.user, article, language)
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
        return to_form(article)


def may_translate(user, source, has_right=permissions.may):
    return has_right(user, "translate", source) or has_right(user, "write", source)


def confirm_if_asked(request, article):
    """Whether the button in the panel was pressed, which saves the form first and so loses nothing."""
    is_asked = "_up_to_date" in request.POST and article.translation_of_id and _may_confirm(request.user, article)
    if is_asked:
        _confirm(request, Article.objects.get(pk=article.pk), request.POST["_up_to_date"])
    return bool(is_asked)


def _source_to_translate(user, article, language):
    """The source of the story, for those who may translate it into the language."""
    source = (article.revises or article).source
    if language == source.language or language not in dict(settings.LANGUAGES):
        raise Http404
    if not may_translate(user, source):
        raise PermissionDenied
    return source


def _confirm(request, article, seen):
    """`seen`: id of the revision of the source that the editor has seen, "-" before it if of an edition to come."""
    of_copy, number = seen.startswith("-"), seen.removeprefix("-")
    try:
        with transaction.atomic():
            release = _may_release(request.user, article)
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


def _may_release(user, article):
    """Whether "looked at" approves a held translation again: others only say that it is right."""
    state = source_states.state_of(article)
    if not state or state.translation_id != article.pk or not state.is_held:
        return False
    step = workflow.MOVES["approve"]
    return workflow.may_make(step, article, user) and not four_eyes.is_needed(article, user)


def _may_confirm(user, article):
    """Whether the user may say that a translation is up to date: if they may edit it and see its source."""
    is_open = article.state not in source_states.CLOSED
    return is_open and permissions.may_edit(user, article) and panel.visible_source(article, user) is not None
