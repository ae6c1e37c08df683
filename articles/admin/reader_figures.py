"""The page “Readers” of the admin, for the site and for one article, and the panel beside an article."""

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from ..desk.charts import bars
from ..reader_figures import labels
from ..reader_figures.figures import Figures, of_article
from .article.pages import ArticlePages

DAYS = {
    "30": gettext_lazy("a month"),
    "90": gettext_lazy("three months"),
    "365": gettext_lazy("a year"),
}


class PeriodForm(forms.Form):
    days = forms.ChoiceField(label=gettext_lazy("period"), choices=DAYS.items(), required=False)


class ReaderPages(ArticlePages):
    def urls(self):
        view = require_safe(self.readers_view)
        return [
            ("readers/", view, "articles_article_readers"),
            ("<int:pk>/readers/", view, "articles_article_readers_of"),
        ]

    def readers_view(self, request, pk=None):
        if not self.model_admin.has_view_permission(request):
            raise PermissionDenied
        article = self.get_article(request, pk) if pk else None
        form = PeriodForm(request.GET)
        days = int((form.is_valid() and form.cleaned_data["days"]) or "30")
        figures = Figures(timezone.now().date(), days, article)
        numbers = figures.by_day()
        return self.page(request, "admin/articles/article/readers.html", {
            "title": _("Readers"), "article": article, "form": PeriodForm(initial={"days": days}),
            "is_on": settings.READER_FIGURES, "total": sum(numbers), "dates": figures.dates, "bars": bars(numbers),
            "by_day": [(day, number) for day, number in zip(figures.dates, numbers, strict=True) if number][::-1],
            "lists": self._lists(request, figures, article),
        })  # fmt: skip

    def _lists(self, request, figures, article):
        """[(heading, [(label, number, share of the first)])]; a label may be an article or a file."""
        found = [] if article else [(_("Most read"), figures.articles(request.user))]
        found += [
            (_("Languages"), [(labels.of_language(code), number) for code, number in figures.languages()]),
            (_("Sites that led here"), figures.sites()),
            (_("Downloads"), [(labels.of_file(file), number) for file, number in figures.downloads()]),
        ]
        if not article:
            found.append((_("Other pages"), labels.of_pages(figures.lists())))
        return [
            (heading, [(label, number, round(100 * number / rows[0][1], 1)) for label, number in rows])
            for heading, rows in found
            if rows
        ]

    def context(self, request, article):
        if not settings.READER_FIGURES or not article.is_live:
            return {}
        return {"readers": of_article(article, timezone.now().date())}
