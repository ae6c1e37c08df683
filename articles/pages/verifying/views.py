"""The page on which anybody checks whether a text or a file is ours. Nothing of a post is kept, no cookie is set."""

from django import forms
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from contacts.public_pages import public_form, size_of_post
from contacts.visitors.limits import is_too_often

from ...publication_day import OfficeZones
from .. import editions
from . import files, verdicts

MOST, SECONDS = 30, 600  # questions of one client in a slot of time
BESIDE_FILE = 1024 * 1024  # bytes of a post


class VerifyForm(forms.Form):
    text = forms.CharField(
        label=_("Text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "dir": "auto"}),
        help_text=_("A whole text or a part of it. White space, quotation marks and capital letters do not count."),
    )
    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_(
            "A picture, a document, a text or a press kit from this site. A picture that others have made smaller is "
            "unknown."
        ),
    )
    reference = forms.CharField(
        label=_("Reference, address or SHA-256"),
        required=False,
        max_length=1500,  # browsers give an Arabic address with six characters for each letter
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("Such as 2026-00012, the address of an article, or the SHA-256 of an edition or a file."),
    )

    def clean_text(self):
        text = self.cleaned_data["text"]
        if verdicts.is_too_long(text):
            raise ValidationError(_("The text is too long. Paste a part of it."))
        return text if text.strip() else ""

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and (file.size > files.MOST_BYTES or getattr(file, "failure", None)):
            raise ValidationError(too_large())
        return file

    def clean(self):
        if not self.errors and not any(self.cleaned_data.get(name) for name in self.fields):
            raise ValidationError(_("Paste a text, choose a file or type a reference."))
        return self.cleaned_data


def too_large():
    limit = filesizeformat(files.MOST_BYTES)
    return _("The file is larger than %(limit)s. Type its SHA-256 instead.") % {"limit": limit}


@public_form
def verify(request):
    if request.method != "POST":
        return _page(request, VerifyForm())
    if is_too_often(request, "verify", MOST, SECONDS):
        problem = _("Too many questions from your network. Try again in ten minutes.")
        return _page(request, VerifyForm(), problem=problem, status=429)
    if size_of_post(request) > files.MOST_BYTES + BESIDE_FILE:
        return _page(request, VerifyForm(), problem=too_large(), status=413)
    form = VerifyForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=400)
    return _page(request, form, found=_verdicts(request, form.cleaned_data))


def _verdicts(request, asked):
    """The answer about the first of text, file and reference that was given."""
    if asked["text"]:
        found = [verdicts.of_text(request, asked["text"])]
    elif asked["file"]:
        found = files.of_file(request, asked["file"].name, asked["file"].read(files.MOST_BYTES))
    else:
        found = files.of_sha256(asked["reference"]) or verdicts.of_reference(request, asked["reference"])
    zones = OfficeZones()
    for one in filter(lambda one: one.edition, found):
        one.day = editions.day_of(one.edition, one.article, zones.name(one.article.office_id))
    return found


def _page(request, form, found=(), problem="", status=200):
    context = {"form": form, "verdicts": found, "problem": problem}
    return render(request, "articles/verify.html", context, status=status)
