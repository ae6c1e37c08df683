"""The page that begins a new edition: it asks for the kind of change and for the note that readers will see."""

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from contacts.admin.fields import Textarea, written_in
from contacts.models.text_fields import LinesFormField

from ...models import Article
from ...publishing import workflow
from ...publishing.locking import Stale
from ...publishing.requirements import Refused
from ...publishing.working_copies import CHANGE_FIELDS
from ..article.pages import refuse_other_version
from ..article.saving import response_moved

KINDS = [
    (Article.Change.MINOR, _("Minor change: spelling, layout, a link. Readers are not told.")),
    (Article.Change.MAJOR, _("Major change: new facts. Readers see the date and your note.")),
    (Article.Change.CORRECTION, _("Correction: something was wrong. Readers always see what it was.")),
]
WRONG_HELP = _("Of a correction: what the article said. Readers see it.")
NOTE_HELP = _("Of a major change: what is new. Of a correction: what the article says now. Readers see it.")


# The fields of a working copy, and of a public article that its editors may correct in place.
EDITION = (
    _("What this edition changes"),
    {"classes": ["change-fields"], "fields": ["change_kind", "was_wrong", "change_note"]},
)


class ChangeForm(forms.Form):
    """The notes can also be written later, in the working copy: they are needed for its approval."""

    change_kind = forms.ChoiceField(label=_("Kind of change"), choices=KINDS, widget=forms.RadioSelect)
    was_wrong = LinesFormField(
        label=_("What was wrong"), required=False, widget=Textarea(attrs={"rows": 2}), help_text=WRONG_HELP
    )
    change_note = LinesFormField(
        label=_("Note to readers"), required=False, widget=Textarea(attrs={"rows": 2}), help_text=NOTE_HELP
    )

    def __init__(self, *args, language="", **options):
        super().__init__(*args, **options)
        for name in ("was_wrong", "change_note"):
            self.fields[name].widget.attrs |= written_in(language)


def new_edition_page(pages, request, article, step):
    """The response to the step “revise”. `pages`: the `ArticlePages` that is asked for it."""
    notice = getattr(request, "notice_of_return", "")
    is_sent = request.method == "POST"
    form = ChangeForm(request.POST if is_sent else None, language=article.language)
    errors = [notice] if notice else []
    if is_sent and not notice and form.is_valid():
        try:
            return response_moved(request, step, _begin_edition(request, article, form))
        except (Refused, Stale) as refused:
            errors = [str(refused)]
    return pages.page(request, "admin/articles/article/new_edition.html", {
        "original": article, "title": step.label, "step": step, "form": form, "errors": errors,
    })  # fmt: skip


@transaction.atomic
def _begin_edition(request, article, form):
    refuse_other_version(request, article)
    copy = workflow.move(article, "revise", by=request.user)
    for name in CHANGE_FIELDS:
        setattr(copy, name, form.cleaned_data[name])
    copy.save(update_fields=CHANGE_FIELDS)
    return copy
