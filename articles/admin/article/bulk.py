"""Actions for many articles on the list: a plan first, then a report of each article."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from contacts.admin.base import with_names
from contacts.cldr.ordering import ChoicesByName
from contacts.models.text_fields import LinesFormField
from contacts.validators import read_id

from ...desk import bulk
from .pages import ArticlePages


class Choices(forms.ModelChoiceField):
    iterator = ChoicesByName

    def clean(self, value):
        try:
            return super().clean(value)
        except OverflowError as error:  # a number that no database has
            raise forms.ValidationError(self.error_messages["invalid_choice"]) from error


class BulkForm(forms.Form):
    """What an action asks for beside the articles: the row to be chosen, or a text."""

    def __init__(self, action, user, data=None):
        super().__init__(data)
        if action.choices:
            rows = with_names(action.choices(user))
            self.fields["chosen"] = Choices(rows, label=rows.model._meta.verbose_name)
        if action.reason:
            self.fields["reason"] = LinesFormField(label=action.reason, widget=forms.Textarea(attrs={"rows": 3}))


class BulkActions(ArticlePages):
    """The page with the plan and the report."""

    def urls(self):
        return [("together/<slug:name>/", self.bulk_view, "articles_article_together")]

    @method_decorator(require_POST)
    def bulk_view(self, request, name):
        """The plan; with the button “Do it”, the report."""
        action = bulk.ACTIONS.get(name)
        if action is None:
            raise Http404
        if action not in bulk.allowed(request.user):
            raise PermissionDenied
        versions = read_versions(request.POST.getlist("article"))
        if not versions:
            return HttpResponseRedirect(reverse("admin:articles_article_changelist"))
        return self.bulk_page(request, action, versions)

    def bulk_page(self, request, action, versions, is_cut=False):
        """The page about these articles, {number: version or None}."""
        is_asked = "asked" in request.POST
        form = BulkForm(action, request.user, request.POST if is_asked else None)
        articles = list(bulk.articles_of(request.user, versions).values())
        is_complete = not form.fields or (is_asked and form.is_valid())
        given = getattr(form, "cleaned_data", {}) if is_complete else {}
        is_done = is_complete and "do" in request.POST
        lines = []
        if is_done:
            lines = bulk.carry_out(request.user, action, articles, versions, **given)
        elif is_complete:
            lines = bulk.plan(request.user, action, articles, **given)
        return self.page(request, "admin/articles/article/together.html", {
            "action": action, "title": action.label, "form": form, "lines": lines, "articles": articles,
            "is_done": is_done, "is_cut": is_cut, "limit": bulk.LIMIT,
            "happening": sum(not line.refused for line in lines),
        })  # fmt: skip


def actions(user):
    """What `ModelAdmin.get_actions` returns."""
    return {action.name: (_begin(action), action.name, action.label) for action in bulk.allowed(user)}


def _begin(action):
    """The action as Django's list calls it: shows the plan for the first articles that were chosen."""

    @admin.action(description=action.label)
    def begin(model_admin, request, queryset):
        versions = dict(queryset.values_list("pk", "version")[: bulk.LIMIT + 1])
        first, is_cut = dict(list(versions.items())[: bulk.LIMIT]), len(versions) > bulk.LIMIT
        return BulkActions(model_admin).bulk_page(request, action, first, is_cut)

    return begin


def read_versions(texts):
    """{number: version} of texts such as “12:3”; others are left out."""
    found = {}
    for text in texts[: bulk.LIMIT]:
        number, version = map(read_id, text.partition(":")[::2])
        if number is not None and version is not None:
            found[number] = version
    return found
