"""The forms of “New article from a text”: the text, and the fields that were read from it, for an editor to confirm."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from contacts.admin.fields import DateInput, SeveralChoices, Textarea, written_in
from contacts.cldr.ordering import sorted_by_name
from contacts.models import Contact, Country, Office, Region

from ... import permissions
from ...importing.from_text import LARGEST, matching
from ...kinds import kind_choices
from ...models import Topic
from .doubtful import by_field

MOST_CONTACTS = 300  # that are offered beside those that fit


class TextForm(forms.Form):
    """The text as it is pasted, or a file with it."""

    text = forms.CharField(
        label=_("text"), required=False, strip=False, widget=Textarea(attrs={"rows": 14, "dir": "auto"}),
        help_text=_("A press release as text or HTML, in English, French, Spanish, Arabic, Russian or Chinese."),
    )  # fmt: skip
    file = forms.FileField(
        label=_("or a file"), required=False, widget=forms.FileInput(attrs={"accept": ".txt,.html,.htm"}),
        help_text=_("A text or HTML file in UTF-8. You can drop it here."),
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("language"), required=False, choices=[("", _("as the text says")), *settings.LANGUAGES]
    )

    def clean_file(self):
        """The text of the file, "" without one."""
        file = self.cleaned_data["file"]
        if not file:
            return ""
        if file.size > LARGEST:
            raise ValidationError(_("The text is larger than %(size)s."), params={"size": filesizeformat(LARGEST)})
        try:
            return file.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise ValidationError(_("This is no text in UTF-8. Open it, copy its text and paste it above.")) from None

    def clean(self):
        values = super().clean()
        if not self.errors and not (values.get("text", "").strip() or values.get("file")):
            raise ValidationError(_("Paste a text, or choose a file."))
        return values

    @property
    def whole_text(self):
        return self.cleaned_data.get("file") or self.cleaned_data["text"]


SAID = ("text", "speaker", "role")
# {field of the form: the name in the Reading, that is also the anchor of its passage}
READ = {
    "draft_language": "language", "kind": "kind", "headline": "headline", "summary": "standfirst",
    "dateline_place": "place", "dateline_country": "country", "day": "date", "region": "region",
}  # fmt: skip


class DraftForm(forms.Form):
    """What was read, filled in. `reading`: a Reading; `user`: who confirms it.

    Its rows of contacts, quotes, links and left-out passages have the numbers of those in the reading.
    """

    draft_language = forms.ChoiceField(label=_("language"), choices=settings.LANGUAGES)
    kind = forms.ChoiceField(label=_("kind"), choices=kind_choices)
    headline = forms.CharField(label=_("headline"), max_length=250, widget=Textarea(attrs={"rows": 2}))
    summary = forms.CharField(label=_("standfirst"), required=False, widget=Textarea(attrs={"rows": 3}))
    dateline_place = forms.CharField(label=_("dateline place"), max_length=120, required=False)
    dateline_country = forms.ModelChoiceField(Country.objects.none(), label=_("dateline country"), required=False)
    day = forms.DateField(
        label=_("date of publication"), required=False, widget=DateInput,
        help_text=_("The draft gets this date with the time 00:00 of its office; change that there. Empty: no date."),
    )  # fmt: skip
    region = forms.ModelChoiceField(Region.objects.none(), label=_("region"), required=False)
    office = forms.ModelChoiceField(Office.objects.none(), label=_("issuing office"), required=False)
    topics = SeveralChoices(
        Topic.objects.none(), label=_("topics"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, reading, user, data=None):
        self.reading, self.user = reading, user
        super().__init__(data, initial=self._single_values(), auto_id="read_%s")
        self._offer_rows()
        language = self.data.get("draft_language") or self.initial["draft_language"]
        for name in ("headline", "summary", "dateline_place"):
            self.fields[name].widget.attrs |= written_in(language)
        self._add_contacts()
        self._add_quotes(written_in(language))
        self._add_links(written_in(language))
        for number, passage in enumerate(reading.left_out):
            self.fields[f"out-{number}"] = forms.BooleanField(label=passage.value, required=False)

    @cached_property
    def matches(self):
        """[[Match]] for each contact of the reading."""
        return [matching.contacts_for(person) for person in self.reading.contacts]

    def _single_values(self):
        reading, value = self.reading, {}
        for name, source in READ.items():
            found = getattr(reading, source)
            value[name] = found.value if found else ""
        value["kind"] = value["kind"] or "news"
        codes = dict(settings.LANGUAGES)
        read = value["draft_language"]
        value["draft_language"] = next((code for code in codes if code.split("-")[0] == read), settings.LANGUAGE_CODE)
        if reading.embargo or self.doubts.get("embargo"):
            value["day"] = ""  # the date of the text may be before the hour of its embargo
        value["day"] = value["day"] if len(value["day"]) == len("2024-05-03") and value["day"][0] != "-" else ""
        return value

    def _offer_rows(self):
        country = matching.country_for(self.reading)
        first = [found[0] for found in self.matches if found]
        offices = permissions.offices(self.user, Office.objects.all())
        office = matching.office_for(self.reading, first, offices)
        if office.row is None and not permissions.everywhere(self.user, "write"):
            own = [row.office_id for row in permissions.memberships(self.user) if row.office_id]
            office = matching.Match(offices.filter(pk__in=own[:1]).first())
        found = {
            "dateline_country": country, "region": matching.region_for(self.reading, country), "office": office,
        }  # fmt: skip
        choices = {
            "dateline_country": Country.objects.all(), "region": Region.objects.in_use(), "office": offices.open(),
        }  # fmt: skip
        for name, match in found.items():
            field = self.fields[name]
            field.queryset = choices[name]
            field.choices = [("", "–"), *((row.pk, row.name) for row in sorted_by_name(choices[name].with_name()))]
            field.match = match
            self.initial[name] = match.row.pk if match.row else ""
        self.fields["office"].required = not permissions.everywhere(self.user, "write")
        topics = matching.topics_in(self.reading)
        self.fields["topics"].queryset = Topic.objects.filter(pk__in=[topic.pk for topic in topics])
        self.fields["topics"].choices = [(topic.pk, topic.name) for topic in topics]

    def _add_contacts(self):
        others = []
        if self.reading.contacts:
            others = sorted_by_name(Contact.objects.in_use().with_name()[:MOST_CONTACTS])
        for number, found in enumerate(self.matches):
            fitting = [(match.row.pk, match.row.name) for match in found]
            known = {key for key, _name in fitting}
            choices = [("", _("none: leave the passage at the end of the text")), (_("These fit"), fitting)]
            choices.append((_("Others"), [(row.pk, row.name) for row in others if row.pk not in known]))
            field = forms.TypedChoiceField(
                label=_("contact"), required=False, coerce=int, empty_value=None,
                choices=[one for one in choices if one[1]],
            )  # fmt: skip
            field.match = found[0] if found else matching.Match()
            self.fields[f"contact-{number}"] = field
            self.initial[f"contact-{number}"] = field.match.row.pk if field.match.row and field.match.sure else ""

    def _add_quotes(self, attributes):
        for number, said in enumerate(self.reading.quotes):
            for name, found, options in (
                ("text", said.text, {"label": _("words"), "widget": Textarea(attrs={"rows": 3, **attributes})}),
                ("speaker", said.speaker, {"label": _("speaker"), "max_length": 160}),
                ("role", said.role, {"label": _("function"), "max_length": 200}),
            ):
                field = forms.CharField(required=False, **options)
                field.widget.attrs |= attributes
                self.fields[f"quote-{number}-{name}"] = field
                self.initial[f"quote-{number}-{name}"] = found.value if found else ""
            self.fields[f"quote-{number}-take"] = forms.BooleanField(label=_("Keep as a quote"), required=False)
            self.initial[f"quote-{number}-take"] = bool(said.speaker)

    def _add_links(self, attributes):
        """Links that are not within the text are offered as related links, with their addresses as titles."""
        for number, link in enumerate(self.reading.links):
            self.fields[f"link-{number}-title"] = forms.CharField(
                label=_("title"), required=False, max_length=200, widget=forms.TextInput(attributes)
            )
            self.initial[f"link-{number}-title"] = link.value.partition("://")[2].rstrip("/")[:200]
            self.fields[f"link-{number}-take"] = forms.BooleanField(label=_("Add to the related links"), required=False)
            self.initial[f"link-{number}-take"] = link.sure and link.value not in self.reading.body

    def clean(self):
        values = super().clean()
        for number in range(len(self.reading.quotes)):
            if values.get(f"quote-{number}-take"):
                for name in ("text", "speaker"):
                    if not values.get(f"quote-{number}-{name}", "").strip():
                        self.add_error(f"quote-{number}-{name}", _("Fill this in, or do not keep the quote."))
        for number in range(len(self.reading.links)):
            if values.get(f"link-{number}-take") and not values.get(f"link-{number}-title", "").strip():
                self.add_error(f"link-{number}-title", _("Give the link a title, or leave it out."))
        return values

    # For the template

    @cached_property
    def doubts(self):
        """As `doubtful.by_field` has them."""
        return by_field(self.reading)

    def rows(self):
        """[(bound field, Found or None, anchor, doubts)] of the fields that exist once."""
        found = {name: getattr(self.reading, source) for name, source in READ.items()}
        anchors = {**READ, "kind": "label"}
        return [
            (self[name], found.get(name), anchors.get(name, ""), self.doubts.get(anchors.get(name), []))
            for name in (*READ, "office")
        ]

    def contacts(self):
        """[(number, [(label, Found)] of what was read, bound field, doubts)]"""
        return [
            (number, _shown(one), self[f"contact-{number}"], self.doubts.get(f"contact-{number}-name", []))
            for number, one in enumerate(self.reading.contacts)
        ]

    def quotes(self):
        """[(bound field of the box, [(bound field, Found or None, anchor, doubts)] of words, speaker and function)]"""
        names = [[f"quote-{number}-{name}" for name in SAID] for number in range(len(self.reading.quotes))]
        return [
            (
                self[f"quote-{number}-take"],
                [
                    (self[name], getattr(one, part), name, self.doubts.get(name, []))
                    for name, part in zip(names[number], SAID, strict=True)
                ],
            )
            for number, one in enumerate(self.reading.quotes)
        ]

    def links(self):
        """[(Found, bound fields: take, title)]"""
        return [
            (one, self[f"link-{number}-take"], self[f"link-{number}-title"])
            for number, one in enumerate(self.reading.links)
        ]

    def left_out(self):
        """The bound fields of the boxes."""
        return [self[f"out-{number}"] for number in range(len(self.reading.left_out))]


def _shown(person):
    labels = {"name": _("name"), "role": _("function"), "office": _("office"), "email": _("e-mail")}
    found = [(label, getattr(person, name)) for name, label in labels.items() if getattr(person, name)]
    return [*found, *((_("telephone"), phone) for phone in person.phones)]
