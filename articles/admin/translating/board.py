"""The page of the translation board in the admin, with its filters by office, kind and age."""

from datetime import timedelta

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from contacts.cldr.collation import sort_key
from contacts.models import Office

from ... import permissions
from ...kinds import kind_choices
from ...models import Article
from ...translating.board import STORIES, Board, bars, newest_stories
from ..article.pages import ArticlePages
from .panel import may_translate

ROWS = 50
AGES = {
    "7": gettext_lazy("a week"),
    "30": gettext_lazy("a month"),
    "90": gettext_lazy("three months"),
    "365": gettext_lazy("a year"),
}
STATE_NAMES = {
    "current": gettext_lazy("up to date"),
    "behind": gettext_lazy("behind the source"),
    "work": gettext_lazy("in work"),
    "missing": gettext_lazy("missing"),
    "waived": gettext_lazy("not wanted"),
}


class BoardForm(forms.Form):
    office = forms.ChoiceField(label=gettext_lazy("office"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("kind"), required=False)
    age = forms.ChoiceField(label=gettext_lazy("published within"), required=False)

    def __init__(self, *args):
        super().__init__(*args)
        offices = [(str(office.pk), office.local_name) for office in Office.objects.with_name().order_by()]
        every = ("", _("All"))
        self.fields["office"].choices = [every, *sorted(offices, key=lambda choice: sort_key(choice[1]))]
        self.fields["kind"].choices = [every, *kind_choices()]
        self.fields["age"].choices = [every, *AGES.items()]


class TranslationBoard(ArticlePages):
    def urls(self):
        return [("translations/", require_safe(self.translations_view), "articles_article_translations")]

    def translations_view(self, request):
        if not self.model_admin.has_view_permission(request):
            raise PermissionDenied
        form = BoardForm(request.GET)
        visible = permissions.visible(request.user, Article.objects.all())
        stories = self._stories(visible, form.cleaned_data) if form.is_valid() else []
        board = Board(stories, visible)
        page = Paginator(stories, ROWS).get_page(request.GET.get("p"))
        may = {story.pk: may_translate(request.user, story, permissions.holds) for story in page.object_list}
        return self.page(request, "admin/articles/article/translations.html", {
            "title": _("Translations"), "form": form, "page": page, "languages": board.languages,
            "rows": [(*row, may[row[0].pk]) for row in board.rows(page.object_list)],
            "numbers": board.numbers(), "state_names": STATE_NAMES, "bars": bars(board.debt()),
            "most": STORIES, "has_most": len(stories) == STORIES,
        })  # fmt: skip

    def _stories(self, visible, chosen):
        since = timezone.now() - timedelta(days=int(chosen["age"])) if chosen["age"] else None
        return newest_stories(visible, chosen["office"], chosen["kind"], since)
