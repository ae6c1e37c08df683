"""The history of an article in the admin: every revision and move; to view, compare and restore revisions."""

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404
from django.utils.dateparse import parse_datetime
from django.utils.decorators import method_decorator
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from contacts.validators import read_id

from ...models import Article
from ...pages.texts import pictures
from ...publishing import revisions, workflow
from ...publishing.locking import Stale
from ...publishing.requirements import Refused
from ...review import content_changes, history, restoring
from ..article.pages import ArticlePages, to_form
from ..article.steps import label_of
from ..display import cleaned_html


class ArticleHistory(ArticlePages):
    """The pages of the history, and what changed on top of the form of an article in review."""

    def urls(self):
        page = "<int:pk>/history/"
        return [
            (page, self.history_page, "articles_article_history"),
            (f"{page}compare/", require_safe(self.compare_page), "articles_article_compare"),
            (f"{page}<int:number>/", require_safe(self.revision_page), "articles_article_revision"),
            (f"{page}<int:number>/restore/", self.restore_revision_view, "articles_article_restore"),
            ("<int:pk>/read/", self.read_view, "articles_article_read"),
        ]

    def _history_page(self, request, article, template, title, **context):
        template = f"admin/articles/article/{template}.html"
        return self.page(request, template, {"original": article, "title": title, **context})

    def history_page(self, request, pk):
        article = self.get_article(request, pk)
        before = request.GET.get("before", "")
        moment = _moment(before)
        entries, has_more = history.entries(article, moment)
        return self._history_page(
            request, article, "history", _("History"), has_more=has_more, is_older=bool(moment),
            entries=[(entry, label_of(entry.move) if entry.move else "") for entry in entries],
        )  # fmt: skip

    def revision_page(self, request, pk, number):
        article = self.get_article(request, pk)
        revision = own_revision(article, number)
        shown = {"content": revision.content | content_html(revision.content)}
        shown |= {"facts": content_changes.facts(revision.content), "revision": revision}
        may_restore = restoring.may_restore(request.user, article)
        return self._history_page(request, article, "revision", _("Saved version"), may_restore=may_restore, **shown)

    def compare_page(self, request, pk):
        """Compares two revisions, the older one first. Without a second one: with the present text."""
        article = self.get_article(request, pk)
        chosen = [own_revision(article, request.GET.get(name)) for name in ("old", "new")]
        if chosen[0] is None:
            messages.error(request, _("Choose two versions."))
            return self.history_page(request, pk)
        chosen.sort(key=lambda one: (one is None, one and one.created_at, one and one.pk))
        contents = [one.content if one else revisions.content(article) for one in chosen]
        return self._history_page(
            request, article, "compare", _("What changed"), old=chosen[0], new=chosen[1],
            changes=content_changes.changes(*contents), is_whole=True,
        )  # fmt: skip

    @method_decorator(require_POST)
    def restore_revision_view(self, request, pk, number):
        article = self.get_article(request, pk)
        revision = own_revision(article, number)
        if not restoring.may_restore(request.user, article):
            raise PermissionDenied
        try:
            draft, lost = restoring.restore(article, revision.content, request.user)
        except (Refused, Stale) as error:
            messages.error(request, str(error))
            return to_form(article)
        messages.success(request, _("The earlier version was restored as a draft. Nothing public has changed."))
        if lost:
            messages.warning(request, restoring.told_lost(lost))
        return to_form(draft)

    @method_decorator(require_POST)
    def read_view(self, request, pk):
        """“I have read it”: from now on, what changes after this is shown to the reviewer."""
        article = self.get_article(request, pk)
        if history.note_reading(article, request.user, request.POST.get("version")):
            messages.success(request, _("It is noted that you have read this text."))
        else:
            messages.error(request, _("The text has changed since you opened this page. Look at it once more."))
        return to_form(article)

    def context(self, request, article):
        if request.method == "POST":  # a refused form has set what was typed
            article = Article.objects.get(pk=article.pk)
        if article.state == Article.State.IN_REVIEW and not self._is_own_refusal(request, article):
            review = history.review(article, request.user)
            if review.changes is None or review.changes.fields:
                return {"review": review}
        return {}

    def _is_own_refusal(self, request, article):
        """Whether an author's own save was refused: they are told why, and not what they changed themselves."""
        return request.method == "POST" and request.user in workflow.authors(article)


def own_revision(article, number):
    """The revision of the article; None for an empty number, which stands for the present text."""
    if number in ("", None):
        return None
    if (key := read_id(number)) is None:
        raise BadRequest(number)
    found = history.revisions_of(article).select_related("by").filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def content_html(content):
    """A revision's content, its HTML cleaned again, as it may be older than today's rules."""
    shown = revisions.tidy_content(content)
    for name in content_changes.HTML:
        html = cleaned_html(shown.get(name) or "")
        shown[name] = pictures.with_pictures(html) if isinstance(html, SafeString) else html
    return shown


def _moment(text):
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if text and (found is None or found.tzinfo is None):
        raise BadRequest(text)
    return found
