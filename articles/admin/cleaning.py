"""Shows editors what the HTML cleaner changed: after a paste, and after a save beside each field."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from js_asset import Media

from contacts.cldr.formats import labelled

from ..html import TooComplex, clean_with_report, sentences
from .article.pages import ArticlePages

LARGEST = 2 * 2**20  # bytes of HTML; less than DATA_UPLOAD_MAX_MEMORY_SIZE
SESSION_KEY = "cleaning_notes"  # {"articles.article 5 body": [sentence, …]}
MOST_FIELDS = 20
# What is not reported about a paste, because the editor shows the result.
VISIBLE = {"style_read", "list_recognised", "paragraphs_made"}


class EditorPages:
    """For a ModelAdmin whose forms have rich text, in fields of its own or in inlines. The first of its bases.

    Gives the editor's inline script the nonce of the Content-Security-Policy, and tells after a save what the cleaner
    changed.
    """

    def render_change_form(self, request, context, *args, **kwargs):
        if "media" in context:
            context["media"] = Media.from_media(context["media"], nonce=request.csp_nonce)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        # A step of the workflow may lead to another article, such as the public one that took over its working copy.
        shown = getattr(request, "moved_article", form.instance)
        tell(request, shown, form, shown)
        for row in (row for formset in formsets for row in formset.forms):
            if row.instance.pk:
                tell(request, shown, row, row.instance)


def tell(request, page, form, row):
    """Keep the form's notes for the fields of `row`, and show them on the next page with links to that of `page`."""
    form_url = reverse(f"admin:{page._meta.app_label}_{page._meta.model_name}_change", args=[page.pk])
    for name, notes in getattr(form, "cleaning_notes", {}).items():
        kept = request.session.get(SESSION_KEY, {})
        kept.pop(_key(row, name), None)
        request.session[SESSION_KEY] = dict([*kept.items(), (_key(row, name), notes)][-MOST_FIELDS:])
        field = form[name]
        label = capfirst(str(field.label))
        link = format_html('<a href="{}#{}">{}</a>', form_url, notes_id(field), label)
        messages.warning(request, format_html(labelled("{}", "{}"), link, " ".join(notes)))


def _key(row, name):
    return f"{row._meta.label_lower} {row.pk} {name}"


def notes_id(field):
    return f"{field.id_for_label}_notes"


def notes_about(request, field):
    """The notes to show beside the field: of this refused form, or else those of the last save, once."""
    form = field.form
    if form.is_bound:
        return getattr(form, "cleaning_notes", {}).get(field.name, [])
    kept = request.session.get(SESSION_KEY, {})
    notes = kept.pop(_key(form.instance, field.name), [])
    if notes:
        request.session[SESSION_KEY] = kept
    return notes


class PastedHTML(ArticlePages):
    """The view that admin-editor.js asks to clean what is pasted."""

    def urls(self):
        return [("clean-html/", require_POST(self.clean_html_view), "articles_clean_html")]

    def clean_html_view(self, request):
        """The body of the request, cleaned as a save would, with notes about it: {"html": …, "notes": […]}.

        For everybody who may use the editor anywhere. Refusals have notes and no HTML.
        """
        if not _may_use_editor(request, self.admin_site):
            raise PermissionDenied
        if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
            too_large = _("The formatted text is larger than %(size)s.") % {"size": filesizeformat(LARGEST)}
            return JsonResponse({"notes": [too_large]}, status=413)
        html = request.body.decode(errors="replace")
        # Browsers copy full addresses. Pictures of this site's library are known by their paths.
        html = html.replace(request.build_absolute_uri(settings.MEDIA_URL), settings.MEDIA_URL)
        try:
            cleaned = clean_with_report(html)
        except TooComplex as error:
            return JsonResponse({"notes": error.messages}, status=422)
        findings = [found for found in cleaned.findings if found.code not in VISIBLE]
        has_pictures = any(found.code == "remote_picture" for found in findings)
        return JsonResponse({"html": cleaned.html, "notes": sentences(findings), "hasPictures": has_pictures})


def _may_use_editor(request, site):
    return any(
        admin.has_change_permission(request) or admin.has_add_permission(request)
        for admin in site._registry.values()
        if isinstance(admin, EditorPages)
    )
