"""Many files at once with the same credit, rights and tags: a page of the library, with a report of each file."""

from dataclasses import dataclass, field
from pathlib import PurePath

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import JsonResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from contacts.plain_text import one_line

from ...media.storage import NotStored
from .clearance import sentences
from .uploads import delete_stored

MOST = 50  # files of one request


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Takes several files; each is checked by its own form."""

    widget = FilesInput

    def clean(self, data, initial=None):
        files = data if isinstance(data, list | tuple) else [data]
        if not any(files):
            raise ValidationError(self.error_messages["required"], code="required")
        if len(files) > MOST:
            raise ValidationError(_("Choose at most %(most)s files at once."), params={"most": MOST})
        return files


@dataclass
class Result:
    """What became of a file: its address in the library, or the sentences why it was refused."""

    name: str
    row: object = None
    address: str = ""
    errors: list = field(default_factory=list)

    @property
    def answer(self):
        return {"name": self.name, "text": str(self.row or ""), "address": self.address, "errors": self.errors}


class ManyFiles:
    """For a ModelAdmin of the library; `shared_fields` are those that all files of one upload have in common."""

    shared_fields = ()
    own_fields = ()  # those that `texts_of` fills for each file
    read_from_files = ()  # those that may stay empty, because files often say them
    accept = ""

    def get_urls(self):
        view = self.admin_site.admin_view(self.many_view)
        return [path("add-many/", view, name=f"articles_{self.opts.model_name}_many"), *super().get_urls()]

    def many_view(self, request):
        """The page; with `Accept: application/json` the report as {"files": [{name, text, address, errors}]}."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = self._shared_form(request)
        results = []
        if request.method == "POST" and form.is_valid():
            results = [self._take(request, upload, form) for upload in form.cleaned_data["files"]]
        wants_json = "application/json" in request.headers.get("accept", "")
        if request.method == "POST" and wants_json:
            return JsonResponse({"files": [one.answer for one in results], "errors": sentences(form)})
        taken = [one for one in results if not one.errors]
        context = self.admin_site.each_context(request) | {
            "title": _("Add many files"), "opts": self.opts, "form": form, "results": results, "taken": len(taken),
            "refused": len(results) - len(taken), "list_address": self._address("changelist"),
        }  # fmt: skip
        return TemplateResponse(request, "admin/articles/many.html", context)

    def _shared_form(self, request):
        base = self.get_form(request, fields=self.shared_fields)
        accepted = {"accept": self.accept} if self.accept else {}

        class Shared(base):
            files = FilesField(label=_("files"), widget=FilesInput(attrs=accepted))
            language = forms.ChoiceField(label=_("language of titles and texts"), choices=settings.LANGUAGES)
            field_order = ["files", "language"]

            def _post_clean(self):
                """No row is made of what the files have in common."""

        sent = (request.POST, request.FILES) if request.method == "POST" else ()
        form = Shared(*sent, initial={"language": request.LANGUAGE_CODE})
        for name in self.read_from_files:
            form.fields[name].required = False
        return form

    def _take(self, request, upload, shared):
        """Store one file with all that belongs to it, or nothing. Returns a Result."""
        result = Result(upload.name)
        texts = self.texts_of(upload)
        data = {name: shared.data.get(name, "") for name in self.shared_fields} | {
            "language": shared.cleaned_data["language"]
        }
        data |= {name: text for name, text in texts.items() if text and not data.get(name, "").strip()}
        form = self.get_form(request, fields=["file", *self.own_fields, *self.shared_fields])(
            data, MultiValueDict({"file": [upload]})
        )
        if not form.is_valid():
            result.errors = sentences(form)
            return result
        try:
            result.row = self.store_one(request, form, shared.cleaned_data["language"], texts)
        except NotStored as error:
            result.errors = list(error.messages)
        else:
            result.address = self._address("change", result.row.pk)
        return result

    def store_one(self, request, form, language, texts):
        """Store the file of a valid form with its texts, {field: text} in the language. Returns the row."""
        row = self.save_form(request, form, change=False)
        try:
            with transaction.atomic():
                self.save_model(request, row, form, change=False)
                self.add_texts(row, language, texts)
                self.log_addition(request, row, [{"added": {}}])
                self.after_change(request, form)
        except BaseException:
            delete_stored(request)
            raise
        return row

    def _address(self, page, *args):
        return reverse(f"admin:articles_{self.opts.model_name}_{page}", args=args)

    def texts_of(self, upload):
        """{field: text} of what only this file has: a title from its name, and what its photographer wrote into it."""
        return {"title": title_from(upload.name)}

    def add_texts(self, row, language, texts):
        """Store the translated texts of a new row; for subclasses."""


def title_from(name):
    """ "three_things-2026.mp4" gives "three things 2026"."""
    return one_line(PurePath(name).stem.replace("_", " ").replace("-", " "))[:200] or name[:200]
