"""The embargo passes of a story: the panel beside the form, and the page that gives, lists and revokes them."""

import csv
from urllib.parse import quote

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_POST, require_safe

from contacts.public_pages import absolute

from ... import permissions
from ...models import Article, Pass, PassOpening
from ...personal_links import openings_table, passes, pasted_people
from .. import display
from ..article.pages import ArticlePages

MOST_PASSES, MOST_OPENINGS, LONGEST_LIST = 500, 100, 50_000
RIGHT = "publish"


class PassesForm(forms.Form):
    people = forms.CharField(
        label=gettext_lazy("journalists"),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        max_length=LONGEST_LIST,
        strip=False,
        help_text=gettext_lazy("One a line: name, outlet, e-mail address."),
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("languages"), choices=lambda: settings.LANGUAGES, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, story, *args, **kwargs):
        self.story = story
        super().__init__(*args, auto_id="pass_%s", **kwargs)

    def clean_people(self):
        """[{"name", "outlet", "email"}]"""
        found, problems = pasted_people.parse(self.cleaned_data["people"])
        known = {email.lower() for email in passes.current(self.story).values_list("email", flat=True)}
        problems += [
            _("%(email)s has a pass for this item already.") % {"email": person["email"]}
            for person in found
            if person["email"].lower() in known
        ]
        if problems:
            raise forms.ValidationError(problems)
        return found


class Passes(ArticlePages):
    def urls(self):
        return [
            ("<int:pk>/passes/", self.passes_view, "articles_article_passes"),
            ("<int:pk>/passes/openings.csv", require_safe(self.openings_view), "articles_article_pass_openings"),
            ("<int:pk>/passes/<int:given>/revoke/", self.revoke_pass_view, "articles_article_pass_revoke"),
        ]

    def passes_view(self, request, pk):
        """The passes of the story with their openings, and a form for more.

        The addresses of new passes are shown in the answer to the form, and never again.
        """
        story, versions = self._story(request, pk)
        initial = {"languages": list(dict.fromkeys(article.language for article in versions))}
        form, made = PassesForm(story, request.POST or None, initial=initial), []
        if request.method == "POST" and form.is_valid():
            made = self._give(request, story, versions, form.cleaned_data)
            form = PassesForm(story, initial=initial)
        rows = Pass.objects.filter(story=story).select_related("created_by", "revoked_by").order_by("-id")
        openings = PassOpening.objects.filter(given__story=story).select_related("given")
        return self.page(request, "admin/articles/article/passes.html", {
            "original": story, "title": _("Embargo passes"), "form": form, "made": made, "versions": versions,
            "total": rows.count(),
            "current": set(passes.current(story).values_list("pk", flat=True)),
            "passes": rows.annotate(opened=Count("openings"), last_opened=Max("openings__at"))[:MOST_PASSES],
            "openings": openings[:MOST_OPENINGS],
        })  # fmt: skip

    def openings_view(self, request, pk):
        """All passes of the story and what they opened, for a spreadsheet."""
        story, _versions = self._story(request, pk)
        response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="passes-{story.pk}.csv"'
        csv.writer(response).writerows(openings_table.rows(story))
        return response

    @method_decorator(require_POST)
    def revoke_pass_view(self, request, pk, given):
        story, _versions = self._story(request, pk)
        row = get_object_or_404(Pass, story=story, pk=given)
        passes.revoke(Pass.objects.filter(pk=row.pk), request.user)
        return HttpResponseRedirect(reverse("admin:articles_article_passes", args=[pk]))

    def _story(self, request, pk):
        """(the source of the article, the texts that passes can be for), for those who may give passes for it.

        These are the language versions that the user may see, each with its working copy after it.
        """
        story = story_of(self.get_article(request, pk))
        if story is None or not self.model_admin.get_queryset(request).filter(pk=story.pk).exists():
            raise Http404
        if not permissions.may(request.user, RIGHT, story):
            raise PermissionDenied
        rows = permissions.visible(request.user, Article.objects.all()).select_related("office", "revises")
        versions = [*rows.versions_of(story).filter(revises=None)]
        copies = {copy.revises_id: copy for copy in rows.filter(revises__in=versions)}
        return story, [row for one in versions for row in (one, copies.get(one.pk)) if row]

    def _give(self, request, story, versions, values):
        """[new pass, with its `address` and a `mailto` link]"""
        made = []
        for given, token in passes.make(story, request.user, values["people"], values["languages"]):
            given.address = absolute(request, reverse("press", args=[token]))
            given.mailto = _mailto(given, versions)
            made.append(given)
        return made

    def context(self, request, article):
        story = story_of(article)
        if not permissions.may(request.user, RIGHT, story):
            return {}
        return {
            "passes": {
                "number": passes.current(story).count(),
                "opened": PassOpening.objects.filter(given__story=story).count(),
                "is_open": passes.is_under_embargo(article),
                "is_public": article.is_live,
            }
        }


def story_of(article):
    return (article.revises or article).source


def _mailto(given, versions):
    """A mailto link with the URL of the pass, in the first of its languages."""
    own = [row for row in versions if row.language in given.languages] or versions
    article = next((row for row in own if row.revises_id and row.press_from), own[0])
    with override(article.language):
        until = str(display.office_moment(article.publish_at, article.office))
        subject = _("Under embargo: a text for you to read")
        lines = [given.name, "", _("You can read this text before it is public:"), given.address]
        if article.publish_at:
            lines += ["", _("Embargoed until %(date)s. Please do not pass on this link.") % {"date": until}]
    return f"mailto:{quote(given.email, safe='@')}?subject={quote(subject)}&body={quote(chr(10).join(lines))}"
