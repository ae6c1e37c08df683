"""The pages of review links: one revision in the public template, and the fact check with its answers."""

from django import forms
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from contacts.models.text_fields import LinesFormField

from ...media.serving import private_file
from ...models import ReviewAnswer
from ...personal_links import review_links
from .revision_page import file_keys, of_revision
from .text_parts import parts
from .views import article_answer, in_office_time, page_context, private_view

LONGEST_REMARK = ReviewAnswer._meta.get_field("text").max_length


def _found(token):
    link = review_links.find(token)
    if link is None:
        raise Http404
    return link


@private_view
def review(request, token):
    link = _found(token)
    shown = of_revision(link.revision)
    if request.method == "POST":
        return _answer(request, token, link, shown)
    if request.method == "GET":
        review_links.note_opening(link)
    return _page(request, token, link, shown)


@private_view
@require_safe
def review_media(request, token, name):
    _row, response = private_file(request, name, file_keys(_found(token).revision))
    return response


def _page(request, token, link, shown, form=None, problem="", status=200):
    with override(shown.article.language):
        context = page_context(shown.article, shown.ids, shown.links)
        context |= {"notice": "articles/private/_review_notice.html", "link": link, "problem": problem}
        context |= {"until": in_office_time(link.expires_at, shown.article)}
        template = "articles/article.html"
        if link.may_answer:
            template, numbered = "articles/private/fact_check.html", parts(shown.article)
            form = form or RemarksForm(numbered)
            context |= {"parts": [(part, form[f"remark-{part.number}"]) for part in numbered], "form": form}
            context |= {"answers": link.answers.all(), "sent": request.GET.get("sent", "")}
    media = reverse("review-media", args=[token, "x"])[:-1]
    return article_answer(request, template, shown.article, context, media, file_keys(link.revision), status)


def _answer(request, token, link, shown):
    """Store what was answered. Whatever is refused is shown again with the sentence that says why."""
    if not link.may_answer:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    form = RemarksForm(parts(shown.article), request.POST)
    is_correct = "correct" in request.POST
    with override(shown.article.language):
        problem = form.problem(is_correct)
    if problem:
        return _page(request, token, link, shown, form, problem)
    try:
        review_links.answer(link, [] if is_correct else form.remarks())
    except review_links.TooMany:
        with override(shown.article.language):
            problem = _("This link was answered too often. Your remarks were not sent; try again in an hour.")
        return _page(request, token, link, shown, form, problem, status=429)
    sent = "correct" if is_correct else "remarks"
    response = HttpResponseRedirect(f"{reverse('review', args=[token])}?sent={sent}#answers")
    response.status_code = 303
    return response


class RemarksForm(forms.Form):
    """One field for each part of the text."""

    def __init__(self, numbered, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.numbered = numbered
        for part in numbered:
            widget = forms.Textarea(attrs={"rows": 4, "dir": "auto"})
            self.fields[f"remark-{part.number}"] = LinesFormField(
                label=_("Remark"), required=False, max_length=LONGEST_REMARK, widget=widget
            )

    def remarks(self):
        """[(number of the part, its beginning, text)] of what was written."""
        written = ((part, self.cleaned_data.get(f"remark-{part.number}")) for part in self.numbered)
        return [(part.number, part.about, text) for part, text in written if text]

    def problem(self, is_correct):
        """Why the answer cannot be taken, as a sentence; empty if it can."""
        if not self.is_valid():
            return _("Some remarks are too long. Nothing was sent yet.")
        if is_correct and self.remarks():
            return _("You wrote remarks. Send them, or delete them if the text is correct.")
        if not is_correct and not self.remarks():
            return _("You wrote no remark. If nothing needs to change, press “The text is correct”.")
        return ""
