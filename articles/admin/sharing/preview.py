"""The article in its public template: as it is stored, and as it is in the form now, of which nothing is saved."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from contacts.languages import content_language

from ...models import RelatedLink
from ...pages import article_page
from ...pages.private.views import HEADERS
from ...publication_day import OfficeZones
from ..article.pages import ArticlePages

NO_SLUG = "preview"


class Previews(ArticlePages):
    def urls(self):
        view = require_POST(self.unsaved_preview_view)
        return [
            ("<int:pk>/preview/", require_safe(self.preview_view), "articles_article_preview"),
            ("unsaved-preview/", view, "articles_article_add_preview"),
            ("<int:pk>/unsaved-preview/", view, "articles_article_unsaved_preview"),
        ]

    def preview_view(self, request, pk):
        """For users who may view the article; never cached, never indexed."""
        article = self.get_article(request, pk)
        with override(article.language):
            context = {"preview": True, "notice": "articles/private/_staff_notice.html"}
            response = render(request, "articles/article.html", article_page.context(article) | context)
        patch_cache_control(response, private=True, no_store=True)
        response["X-Robots-Tag"] = "noindex"
        response["Referrer-Policy"] = "no-referrer"
        return response

    def unsaved_preview_view(self, request, pk=None):
        own, stored = self.model_admin, self.get_article(request, pk) if pk else None
        if not (own.has_change_permission(request, stored) if stored else own.has_add_permission(request)):
            raise PermissionDenied
        form = own.get_form(request, stored, change=bool(stored))(request.POST, instance=stored)
        form.is_valid()  # gives the instance what was posted
        article = form.instance
        formsets, _inlines = own._create_formsets(request, article, change=bool(stored))
        are_valid = [formset.is_valid() for formset in formsets]
        ids, links = _rows(formsets, article)
        _complete(article)
        with override(article.language):
            context = article_page.context(article, ids, links) | {
                "preview": True, "lost": True, "switch": {}, "alternates": {}, "is_unsaved": True,
                "has_errors": bool(form.errors) or not all(are_valid), "notice": "articles/private/_staff_notice.html",
            }  # fmt: skip
            response = render(request, "articles/article.html", context)
        for header, value in HEADERS.items():
            response[header] = value
        return response


def _complete(article):
    """What a page needs and the form may leave empty."""
    article.slug = article.slug or NO_SLUG
    article.language = content_language(article.language)
    article.published_on = OfficeZones().day(article.publish_at, article.office_id)
    article.updated_at = timezone.now()


def _rows(formsets, article):
    """(ids of the related rows as of `article_page.row_ids`, related links) that the formsets hold, in their order."""
    ids, links = {row.target: [] for row in article_page.ROWS}, []
    for formset in formsets:
        kept = [form.cleaned_data for form in formset.forms if _is_kept(form)]
        kept.sort(key=lambda values: values["order"] if values.get("order") is not None else len(kept))
        if formset.model is RelatedLink:
            links = [(values["url"], values.get("title", "")) for values in kept if values.get("url")]
        elif target := getattr(formset.model, "target", ""):
            found = (values.get(target) for values in kept)
            ids[target] = list(dict.fromkeys(getattr(row, "pk", row) for row in found if row))
    if article.pk:
        stored = article_page.row_ids(article)
        shown = {getattr(formset.model, "target", "") for formset in formsets if not formset.is_read_only}
        ids |= {target: rows for target, rows in stored.items() if target not in shown}
    return ids, links


def _is_kept(form):
    values = getattr(form, "cleaned_data", None)
    return bool(values) and not values.get("DELETE")
