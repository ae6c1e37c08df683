"""The forms of the import of tables: a file, and what its columns are."""

from pathlib import PurePath

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.cldr.ordering import sorted_by_name
from contacts.models import Office, Region
from contacts.models.text_fields import LineFormField

from ...importing.tables import fields
from ...importing.tables.reading import LARGEST
from ...importing.tables.records import Mapping
from ...importing.tables.running import shared_values
from ...kinds import kind_choices
from ...media.formats.text_encoding import ENCODINGS
from ...models import ColumnMapping, Topic
from ...models.moving_in.column_mappings import headers_key

FOUND_OUT = [("", gettext_lazy("found out by the software")), *((one, one) for one in ENCODINGS)]


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("file"),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
        help_text=gettext_lazy("CSV in any encoding, or Excel (.xlsx): a header, and an article in each row."),
    )
    encoding = forms.ChoiceField(label=gettext_lazy("encoding"), required=False, choices=FOUND_OUT)

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise ValidationError(_("The file is larger than %(most)s MB.") % {"most": LARGEST // 1024**2})
        return file


class MappingForm(forms.Form):
    """A choice for each column, and what all rows share. `mapping`: the ColumnMapping of these headers, or None."""

    name = LineFormField(
        label=gettext_lazy("name of this mapping"),
        max_length=120,
        help_text=gettext_lazy(
            "Articles remember it as their source: with the same name, a later version of the table updates them."
        ),
    )
    language = forms.ChoiceField(label=gettext_lazy("language"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("kind"))
    office = forms.ChoiceField(label=gettext_lazy("issuing office"), required=False)
    region = forms.ChoiceField(label=gettext_lazy("region"), required=False)
    topic = forms.ChoiceField(label=gettext_lazy("topic"), required=False)
    order = forms.ChoiceField(
        label=gettext_lazy("dates such as 03/04/2019"),
        required=False,
        choices=[
            ("", gettext_lazy("found out by the software")),
            ("dmy", gettext_lazy("day first: 3 April")),
            ("mdy", gettext_lazy("month first: March 4")),
        ],
    )
    publish = forms.BooleanField(
        label=gettext_lazy("Articles that have a date, an office and a region are published"),
        required=False,
        help_text=gettext_lazy("Otherwise all come as drafts."),
    )

    def __init__(self, *args, table, mapping, file, **kwargs):
        self.table, self.mapping = table, mapping
        guessed = fields.guess(table)
        columns = {name: mapping.columns.get(name, "") for name in table.headers} if mapping else guessed
        shared = mapping.values if mapping else shared_values(Mapping({}))
        name = mapping.name if mapping else PurePath(file).stem[:120]
        initial = {f"column_{at}": columns[header] for at, header in enumerate(table.headers)}
        super().__init__(*args, initial={"name": name, **shared, **initial}, **kwargs)
        self._offer()
        choices = [("", _("(left out)")), *((one.code, one.label) for one in fields.FIELDS)]
        for at, header in enumerate(table.headers):
            self.fields[f"column_{at}"] = forms.ChoiceField(label=header, required=False, choices=choices)

    def _offer(self):
        nothing = [("", "–")]
        named = {
            "office": sorted_by_name(Office.objects.in_use().with_translations()),
            "region": sorted_by_name(Region.objects.in_use().with_translations()),
            "topic": sorted_by_name(Topic.objects.in_use().with_translations()),
        }
        for name, rows in named.items():
            self.fields[name].choices = [*nothing, *((row.code, row.name) for row in rows)]
        self.fields["language"].choices = [*nothing, *settings.LANGUAGES]
        self.fields["kind"].choices = kind_choices()
        if settings.FOUR_EYES:
            del self.fields["publish"]

    @property
    def shared(self):
        """The bound fields that are no columns."""
        return [field for field in self if not field.name.startswith("column_")]

    @property
    def columns(self):
        """[(bound field, the first cells of the column)]"""
        first = self.table.rows[:5]
        return [(self[f"column_{at}"], [row.cells[at] for row in first]) for at in range(len(self.table.headers))]

    def clean_name(self):
        name = self.cleaned_data["name"]
        others = ColumnMapping.objects.filter(name=name).exclude(headers=headers_key(self.table.headers))
        if others.exists():
            raise ValidationError(_("A mapping of other columns has this name."))
        return name

    def clean(self):
        given = super().clean()
        chosen = [given.get(f"column_{at}") for at in range(len(self.table.headers))]
        for code in fields.REQUIRED:
            if code not in chosen:
                text = _("Choose the column of this field: %(field)s.")
                self.add_error(None, text % {"field": fields.BY_CODE[code].label})
        for code in {one for one in chosen if one and not fields.BY_CODE[one].is_list and chosen.count(one) > 1}:
            text = _("Only one column can be this field: %(field)s.")
            self.add_error(None, text % {"field": fields.BY_CODE[code].label})
        if "language" not in chosen and not given.get("language"):
            self.add_error("language", _("No column is the language: choose that of all articles."))
        return given

    def save(self):
        """The ColumnMapping of these headers."""
        given = self.cleaned_data
        shared = {name: given.get(name, "") for name in ("language", "kind", "office", "region", "topic", "order")}
        columns = {header: given[f"column_{at}"] for at, header in enumerate(self.table.headers)}
        kept = {"name": given["name"], "columns": columns, "values": shared | {"publish": bool(given.get("publish"))}}
        return ColumnMapping.objects.update_or_create(headers=headers_key(self.table.headers), defaults=kept)[0]


class ReadAgainForm(forms.Form):
    """How the file is read: asked for when the first rows look wrong."""

    encoding = forms.ChoiceField(label=gettext_lazy("encoding"), required=False, choices=FOUND_OUT)
    header_line = forms.IntegerField(
        label=gettext_lazy("line of the header"),
        min_value=1,
        max_value=1000,
        widget=forms.NumberInput(attrs={"size": 4}),
    )
