"""The forms of old addresses: of one row, of a file, and of an address to try."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...importing.tables.reading import LARGEST
from ...media.formats.text_encoding import ENCODINGS
from ...models import OldAddress
from ...models.moving_in import spelling
from ...old_addresses import checking, finding

CODE = {"dir": "ltr", "class": "vTextField", "spellcheck": "false", "autocapitalize": "none"}


class OldAddressForm(forms.ModelForm):
    """`request`: of the page, set by the ModelAdmin. `leads_to`: where the example leads."""

    request, leads_to = None, ""

    example = forms.CharField(
        label=gettext_lazy("address to try"),
        required=False,
        max_length=finding.LONGEST,
        widget=forms.TextInput(attrs=CODE),
        help_text=gettext_lazy("An address of the former site. When you save, you are told where it leads."),
    )

    class Meta:
        model = OldAddress
        fields = ["address", "article", "path", "note"]
        widgets = {"address": forms.TextInput(attrs=CODE), "path": forms.TextInput(attrs=CODE)}
        help_texts = {
            "address": gettext_lazy(
                "Without the host: /news/2019/floods.html. Capitals and a slash at the end do not matter. "
                "In a pattern * is any one part between slashes, at the end all that follows: /old-site/press/*. "
                "{name} is one part that the page of this site can repeat: /news/*/{slug} leads to /en/news/{slug}/. "
                "Pages of this site always win: an old address counts where there is none."
            )
        }

    def clean_address(self):
        address = spelling.one_spelling(self.cleaned_data["address"])
        if "address" in self.changed_data:
            checking.refuse_own_address(self.request, address)
        return address

    def clean(self):
        given = super().clean()
        if given.get("path") and not given.get("article") and "path" in self.changed_data:
            try:
                given["article"], given["path"] = checking.target(self.request, given["path"])
            except ValidationError as error:
                self.add_error("path", error)
        if given.get("example") and not self.errors:
            self._try(given)
        return given

    def _try(self, given):
        row = OldAddress(address=given["address"], article=given.get("article"), path=given.get("path", ""))
        example = spelling.parsed(spelling.one_spelling(given["example"]))
        values = spelling.match(spelling.parsed(row.address), example)
        if values is None:
            self.add_error("example", _("This address does not fit the old address above."))
            return
        target = finding.target_of(row, values)
        if target and finding.asked(self.request, target)[0] == 404:
            self.leads_to = _("%(page)s, where there is no public page now") % {"page": target}
        else:
            self.leads_to = target


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("file"),
        help_text=gettext_lazy(
            "A CSV or Excel file with the columns “from” and “to”, and “note” if you like: in “to” the path of a page "
            "of this site. Other columns are left out. If one line is wrong, nothing is stored."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )
    encoding = forms.ChoiceField(
        label=gettext_lazy("encoding"),
        required=False,
        choices=[("", gettext_lazy("found out by the software")), *((one, one) for one in ENCODINGS)],
    )
    later = forms.BooleanField(
        label=gettext_lazy("Take lines whose page does not exist yet, too"),
        required=False,
        help_text=gettext_lazy("Readers get “not found” there until the page is public."),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise ValidationError(_("The file is larger than %(most)s MB.") % {"most": LARGEST // 1024**2})
        return file


class TryForm(forms.Form):
    address = forms.CharField(
        label=gettext_lazy("address"), max_length=finding.LONGEST, widget=forms.TextInput(attrs=CODE | {"size": 60})
    )
